import type { CarrierName, Line, LineType } from '../domain/calls/firing.ts';
import type { DeliveryStatus } from '../domain/conversation/delivery-status.ts';
import type { FailureReason } from '../domain/conversation/failure-reason.ts';
import type { CarrierCheck } from '../domain/practice/line-settings.ts';
import type { Env } from '../env.ts';
import { kannel } from './kannel.ts';
import type { MediaOutcome } from './media-download.ts';
import { simulator } from './simulator.ts';
import { telnyx } from './telnyx.ts';
import { twilio } from './twilio.ts';
import type { CarriedText } from './webhooks.ts';

/** A claimed text on its way to a carrier. Numbers are E.164. */
export interface TextOut {
  conversationId: string;
  messageId: string;
  attempt: number;
  from: string;
  to: string;
  body: string;
}

/** `later` means that the carrier surely did not take it, and may say how long to wait; `unknown` that it may have. */
export type SendOutcome =
  | { outcome: 'accepted'; carrierId: string }
  | { outcome: 'refused'; reason: FailureReason }
  | { outcome: 'later'; delayMs: number | null }
  | { outcome: 'unknown' };

/**
 * What became of a text that was claimed and then forgotten by a crash or a time-out. `not-yet`: not among the
 * carrier's texts, but too early to be sure that it never will be; it is asked again.
 */
export type LookUpOutcome = { found: 'yes'; carrierId: string } | { found: 'no' | 'not-yet' | 'unknown' };

/** What a carrier tells about a text it took. */
export interface DeliveryReport {
  conversationId: string;
  messageId: string;
  attempt: number;
  status: DeliveryStatus;
  reason: FailureReason | null;
}

/** Oldest first. `isComplete` is false where the carrier did not tell all. */
export interface ReceivedTexts {
  texts: CarriedText[];
  isComplete: boolean;
}

/** One file per carrier. What goes wrong is an outcome and not thrown, but where it says so. */
export interface Carrier {
  /** STOP, START and HELP are answered by the carrier itself; a second answer from us would be one too many. */
  answersKeywords: boolean;
  send(env: Env, text: TextOut): Promise<SendOutcome>;
  /** `claimedAt`: when this attempt was claimed, since attempts of one text differ in nothing else. */
  lookUp(env: Env, text: TextOut, claimedAt: number): Promise<LookUpOutcome>;
  /** Absent where the carrier cannot tell. May throw; `line-type.ts` is how it is asked. */
  lineTypeOf?(env: Env, number: string): Promise<LineType>;
  /**
   * The texts that came in for a line since then, with the ids that their webhooks had or should have had.
   * Not where the carrier cannot be asked for them.
   */
  receivedTexts?(env: Env, line: Line, since: number): Promise<ReceivedTexts>;
  /**
   * Asks the carrier, in a way that sends and costs nothing, whether it knows our credentials and has this number.
   * Only where no setting is missing; `carrier-check.ts` is how it is asked. May throw.
   */
  check(env: Env, number: string): Promise<CarrierCheck>;
  /** Of one that its webhooks told of. What the bytes are is for the asker to find out, and never to believe. */
  fetchMedia(env: Env, reference: string): Promise<MediaOutcome>;
}

export function carrierOf(name: CarrierName): Carrier {
  switch (name) {
    case 'simulator':
      return simulator;
    case 'kannel':
      return kannel;
    case 'twilio':
      return twilio;
    case 'telnyx':
      return telnyx;
  }
}
