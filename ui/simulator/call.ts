/** A call to a line as it goes on, worked out from the time alone: nothing has to be kept in step. */
import type { LineToCall } from '../../src/domain/conversation/handset.ts';
import type { UseCase } from '../../src/domain/triggers/use-case.ts';

/** The key that trades the hold for a text. */
export const TEXT_KEY = '5';

const RINGING_MS = 2600;
const GREETING_MS = 3000;
/** A real phone system offers it after half a minute or more; a demonstration cannot wait that long. */
const OFFERED_AFTER_MS = 6500;

export interface PhoneCall {
  /** What the phone system calls this call, in every webhook about it. */
  id: string;
  line: LineToCall;
  language: string;
  startedAt: number;
  /** When the key was pressed; null until then. */
  pressedAt: number | null;
  /** Everything that was typed on the keypad. */
  typed: string;
  /** Null: shown as soon as the key is offered. */
  isKeypadOpen: boolean | null;
}

/** What the caller hears. */
export type Moment = 'ringing' | 'greeting' | 'holding' | 'offered' | 'texting';

export function momentOf(call: PhoneCall, now: number): Moment {
  if (call.pressedAt !== null) return 'texting';
  const sinceAnswer = now - call.startedAt - RINGING_MS;
  if (sinceAnswer < 0) return 'ringing';
  if (sinceAnswer < GREETING_MS) return 'greeting';
  if (sinceAnswer < OFFERED_AFTER_MS || !hasTrigger(call, 'call-to-text')) return 'holding';
  return 'offered';
}

export function hasTrigger({ line, language }: PhoneCall, useCase: UseCase): boolean {
  return line.triggers.some((trigger) => trigger.useCase === useCase && trigger.language === language);
}

/** Since the phone system picked up; 0 while it rings. */
export function waitedMs(call: PhoneCall, now: number): number {
  return Math.max(0, now - call.startedAt - RINGING_MS);
}

export function showsKeypad(call: PhoneCall, now: number): boolean {
  return call.isKeypadOpen ?? momentOf(call, now) === 'offered';
}
