import type { Decision } from '../activity/activity.ts';
import { atHours } from '../hours/hours-rule.ts';
import type { Schedule } from '../hours/schedule.ts';
import { type CallerNumber, readCaller } from '../numbers/phone-number.ts';
import type { TriggerRules } from './trigger-rules.ts';

/** A text about a call this long ago would puzzle its reader more than help; some phone systems retry for 85 minutes. */
const STALE_AFTER_MS = 60 * 60_000;

/** `caller` is E.164, as far as it could be read. */
export type TriggerDecision = { decisions: Decision[]; caller: string | null } & (
  | { decision: 'text'; caller: string; text: string; heldUntil: number | null }
  | {
      decision: 'skip';
      reason: 'withheld' | 'not-textable' | 'opted-out' | 'trigger-off' | 'stale' | 'closed';
    }
  | { decision: 'refuse'; problem: 'missing-caller' | 'unreadable-caller' }
);

export interface Asked {
  /** As the phone system gave it; null if it gave none. */
  caller: string | null;
  /** The name of the field that it came in, if the reader told. */
  callerFrom: string | null;
  /** Epoch ms, of the call, if the phone system told it. */
  happenedAt: number | null;
  now: number;
  trigger: { isOn: boolean; text: string; rules: TriggerRules };
  /** Null: always open. */
  schedule: Schedule | null;
  /** E.164. Our own lines and main numbers: a text to one of them would come back to us. */
  ownNumbers: ReadonlySet<string>;
  /** E.164. The enterprise's do-not-text list. */
  doNotText: ReadonlySet<string>;
}

/**
 * What is decided without the caller's history. What is wrong with the number is told first, so that a
 * trigger that is still off shows whoever sets it up whether the number arrives.
 */
export function decideTrigger(asked: Asked): TriggerDecision {
  const { happenedAt, now, trigger, schedule, ownNumbers, doNotText } = asked;
  const decisions: Decision[] = [];
  const passed = (check: Decision['check'], words: string) =>
    decisions.push({ check, isPassed: true, words });
  const stopped = (check: Decision['check'], words: string) =>
    decisions.push({ check, isPassed: false, words });

  if (asked.caller === null) {
    stopped('caller', 'No field of the request names the caller. Send the number as CALLER_ID_NUMBER.');
    return { decision: 'refuse', problem: 'missing-caller', caller: null, decisions };
  }
  const read = readCaller(asked.caller);
  const where = asked.callerFrom === null ? '' : ` in “${asked.callerFrom}”`;
  if (read.kind !== 'textable') {
    stopped('caller', wordsFor(read, where));
    switch (read.kind) {
      case 'withheld':
      case 'not-textable':
        return { decision: 'skip', reason: read.kind, caller: null, decisions };
      case 'unreadable':
        return { decision: 'refuse', problem: 'unreadable-caller', caller: null, decisions };
    }
  }
  const { number: caller } = read;
  passed(
    'caller',
    `The number came${where} ${formOf(asked.caller)}, and can be texted as far as its digits tell.`,
  );
  if (ownNumbers.has(caller)) {
    stopped('own-number', 'This is one of our own numbers: a text to it would come back to us.');
    return { decision: 'skip', reason: 'not-textable', caller, decisions };
  }
  passed('own-number', 'It is none of our own lines and main numbers.');
  if (doNotText.has(caller)) {
    stopped('do-not-text', 'This number is on the do-not-text list of the enterprise.');
    return { decision: 'skip', reason: 'opted-out', caller, decisions };
  }
  passed('do-not-text', 'It is not on the do-not-text list.');
  if (!trigger.isOn) {
    stopped('switched-on', 'The trigger is switched off.');
    return { decision: 'skip', reason: 'trigger-off', caller, decisions };
  }
  passed('switched-on', 'The trigger is on.');
  if (happenedAt !== null && now - happenedAt >= STALE_AFTER_MS) {
    stopped('time-of-call', `The call was ${agoWords(now - happenedAt)}: too long for a text to make sense.`);
    return { decision: 'skip', reason: 'stale', caller, decisions };
  }
  passed(
    'time-of-call',
    happenedAt === null
      ? 'The request tells no time, so it is now.'
      : `The call was ${agoWords(now - happenedAt)}: recent enough.`,
  );
  const hours = atHours(trigger, schedule, now);
  switch (hours.does) {
    case 'nothing':
      stopped('hours', closedWords(trigger.rules));
      return { decision: 'skip', reason: 'closed', caller, decisions };
    case 'hold':
      passed('hours', 'The practice is closed: the text waits until it opens.');
      return { decision: 'text', caller, text: hours.text, heldUntil: hours.until, decisions };
    case 'text':
      passed('hours', hoursWords(trigger.rules, hours.isOpen));
      return { decision: 'text', caller, text: hours.text, heldUntil: null, decisions };
  }
}

function hoursWords({ hoursRule }: TriggerRules, isOpen: boolean): string {
  if (hoursRule === 'always') return 'This trigger texts around the clock.';
  return isOpen ? 'The practice is open.' : 'The practice is closed: its other text is used.';
}

function closedWords({ hoursRule }: TriggerRules): string {
  return hoursRule === 'hold'
    ? 'The practice is closed, and its hours tell no opening that the text could wait for.'
    : 'The practice is closed, and this trigger does nothing then.';
}

type NoText = Exclude<CallerNumber, { kind: 'textable' }>;

function wordsFor(read: NoText, where: string): string {
  switch (read.kind) {
    case 'withheld':
      return `The caller withheld the number: what came${where} is empty, or says so.`;
    case 'unreadable':
      return `What came${where} is not a phone number.`;
    case 'not-textable':
      return `The number that came${where} ${NOT_TEXTABLE_WORDS[read.why]}`;
  }
}

const NOT_TEXTABLE_WORDS: Record<Extract<NoText, { kind: 'not-textable' }>['why'], string> = {
  'toll-free': 'is toll-free: nobody reads texts there.',
  premium: 'is a premium number, which is never texted.',
  fictional: 'is one of those reserved for stories: it belongs to nobody.',
  foreign: 'is in another country, which this line does not text.',
};

/** How it was written, so that whoever set the phone system up recognises it. */
function formOf(raw: string): string {
  const text = raw.trim().toLowerCase();
  if (/^"?[^"<]*"?\s*<|^sips?:/.test(text)) return 'as a SIP address';
  if (text.startsWith('tel:')) return 'as a tel: address';
  if (text.startsWith('+')) return 'with a plus and its country code';
  const digits = text.replace(/\D/g, '').length;
  return `as ${digits} digits`;
}

function agoWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes === 1) return 'a minute ago';
  return minutes < 120 ? `${minutes} minutes ago` : `${Math.floor(minutes / 60)} hours ago`;
}
