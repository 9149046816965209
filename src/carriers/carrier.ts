import type { DeliveryStatus } from '../domain/delivery-status.ts';
import type { FailureReason } from '../domain/failure-reason.ts';
import type { CarrierName } from '../domain/firing.ts';
import type { Env } from '../env.ts';
import { simulator } from './simulator.ts';

/** A claimed text on its way to a carrier. Numbers are E.164. */
export interface TextOut {
  conversationId: string;
  messageId: string;
  attempt: number;
  from: string;
  to: string;
  body: string;
}

/** `later` means that the carrier surely did not take it; `unknown` that it may have. */
export type SendOutcome =
  | { outcome: 'accepted'; carrierId: string }
  | { outcome: 'refused'; reason: FailureReason }
  | { outcome: 'later' }
  | { outcome: 'unknown' };

/** What became of a text that was claimed and then forgotten by a crash or a time-out. */
export type LookUpOutcome = { found: 'yes'; carrierId: string } | { found: 'no' } | { found: 'unknown' };

/** What a carrier tells about a text it took. */
export interface DeliveryReport {
  conversationId: string;
  messageId: string;
  attempt: number;
  status: DeliveryStatus;
  reason: FailureReason | null;
}

/** One file per carrier. Neither call throws: what goes wrong is an outcome. */
export interface Carrier {
  send(env: Env, text: TextOut): Promise<SendOutcome>;
  lookUp(env: Env, text: TextOut): Promise<LookUpOutcome>;
}

export function carrierOf(name: CarrierName): Carrier {
  switch (name) {
    case 'simulator':
      return simulator;
  }
}
