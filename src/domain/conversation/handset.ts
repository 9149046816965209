import type { UseCase } from '../triggers/use-case.ts';
import { MAX_MEDIA } from './media.ts';

/** One text on a simulated phone. Numbers are E.164. */
export interface HandsetMessage {
  /** The simulated carrier's id of the text. */
  id: string;
  from: string;
  to: string;
  body: string;
  /** How many pictures it carries. */
  mediaCount: number;
  at: number;
  direction: 'received' | 'sent';
  /** Whether the line has it; true of everything received. */
  isDelivered: boolean;
}

/** Longest text that a phone sends, in UTF-16 units: what carriers take as one message. */
export const MAX_HANDSET_TEXT_LENGTH = 1600;

/** What a phone takes along with a text. It makes its pictures smaller, as real ones do. */
export const HANDSET_MEDIA = { count: MAX_MEDIA, bytesEach: 1_000_000, bytesInAll: 5_000_000 };

/** As the page of the phone hands it over: in base64. */
export interface HandsetMedia {
  contentType: string;
  data: string;
}

export const HANDSET_KINDS = ['ordinary', 'landline', 'unreachable', 'blocked'] as const;
export type HandsetKind = (typeof HANDSET_KINDS)[number];

/** Last four digits of the phones on which texting fails, and the carrier error each stands for. */
export const HANDSET_ENDINGS = [
  { ending: '0006', kind: 'landline', error: 30006 },
  { ending: '0003', kind: 'unreachable', error: 30003 },
  { ending: '0010', kind: 'blocked', error: 21610 },
] as const satisfies readonly { ending: string; kind: HandsetKind; error: number }[];

/** How the phone with this number takes texts. Works on 10 digits and on E.164. */
export function handsetKind(number: string): HandsetKind {
  return HANDSET_ENDINGS.find((special) => number.endsWith(special.ending))?.kind ?? 'ordinary';
}

/** A line that a simulated phone may call or write to. */
export interface LineToCall {
  practiceName: string;
  id: string;
  name: string;
  /** E.164. */
  number: string;
  triggers: { useCase: UseCase; language: string }[];
}

/** What a phone system's own log would show of firing a trigger. */
export interface SimulatedCall {
  useCase: UseCase;
  sent: { CALLER_ID_NUMBER: string; call_id: string; waited_seconds: number };
  status: number;
  answer: unknown;
}
