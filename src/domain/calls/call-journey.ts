import type { Check, Decision } from '../activity/activity.ts';
import type { ConversationSummary } from '../conversation/conversation-summary.ts';
import type { TextRefusal } from '../conversation/text-refusal.ts';
import type { TriggerRules } from '../triggers/trigger-rules.ts';
import type { UseCase } from '../triggers/use-case.ts';
import { type AnsweredCall, type CallHistory, isSameCall, waitingTexts } from './call-history.ts';

/**
 * One caller, one text. A journey is one call of one caller, in however many reports: the key that was pressed,
 * the hang-up, a vendor's retries. Phone systems report in any order, also at the same moment, and some without an
 * id of the call; a conversation takes the reports one by one, and what is decided here is all it needs.
 */
export interface CallReport extends AnsweredCall {
  useCase: UseCase;
}

export type HistoryReason =
  | 'duplicate'
  | 'answered'
  | 'opted-out'
  | 'landline'
  | 'not-textable'
  | 'same-journey'
  | 'live-conversation'
  | 'cooldown';

export type JourneyDecision = { decisions: Decision[] } & (
  | { isText: true; replaces: number[] }
  /** `callNumber`: the how-manieth call of the last day it is, where staff should hear of it. */
  | { isText: false; reason: HistoryReason; callNumber: number | null }
);

export interface Looked {
  report: CallReport;
  /** There is a text of this call for this use case. */
  isRecorded: boolean;
  history: CallHistory;
  /** Why nothing may be texted to this caller at all. */
  refusal: TextRefusal | null;
  /** Learnt from the carrier. */
  cannotText: ConversationSummary['cannotText'];
  rules: Pick<TriggerRules, 'cooldownMinutes' | 'liveMinutes'>;
}

/** What one look found: words for people, and the reason where it ends there. */
interface Found {
  words: string;
  stop: HistoryReason | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** In this order: a retry is a retry whatever else holds, and what the caller wished goes before what spares them. */
const LOOKS: readonly (readonly [Check, (looked: Looked) => Found])[] = [
  ['same-call', sameCall],
  ['got-through', gotThrough],
  ['consent', consent],
  ['line-type', lineType],
  ['same-journey', sameJourney],
  ['live-conversation', liveConversation],
  ['cooldown', cooldown],
];

export function decideJourney(looked: Looked): JourneyDecision {
  const decisions: Decision[] = [];
  for (const [check, look] of LOOKS) {
    const { words, stop } = look(looked);
    decisions.push({ check, isPassed: stop === null, words });
    if (stop === null) continue;
    const isAgain = stop === 'live-conversation' || stop === 'cooldown';
    return { isText: false, reason: stop, callNumber: isAgain ? callNumber(looked) : null, decisions };
  }
  return { isText: true, replaces: replacedBy(looked), decisions };
}

function sameCall({ report, history, isRecorded }: Looked): Found {
  const { callKey, useCase } = report;
  const isKnown =
    isRecorded ||
    (callKey !== null && history.calls.some((one) => one.callKey === callKey && one.useCase === useCase));
  if (isKnown)
    return { words: 'This call was reported before: a repeat by the phone system.', stop: 'duplicate' };
  return passed(
    callKey === null
      ? 'The phone system gave no id of the call, so repeats cannot be told.'
      : 'The first report of this call for this use case.',
  );
}

/** Who got through and then pressed a key asks for a text all the same. */
function gotThrough({ report, history }: Looked): Found {
  const isAnswered = history.answered.some((one) => isSameCall(one, report));
  return isAnswered && report.useCase === 'abandoned-call'
    ? {
        words: 'The caller got through to a person: this was the end of a call, not a hang-up.',
        stop: 'answered',
      }
    : passed(
        isAnswered
          ? 'The caller got through, and asked for a text.'
          : 'Nobody is known to have answered this call.',
      );
}

function consent({ refusal }: Looked): Found {
  switch (refusal) {
    case 'opted-out':
      return { words: 'This caller has opted out of texts from this line.', stop: 'opted-out' };
    case 'do-not-text':
      return { words: 'This number is on the do-not-text list of the enterprise.', stop: 'opted-out' };
    case null:
      return passed('The caller has not opted out of texts from this line.');
  }
}

function lineType({ cannotText }: Looked): Found {
  switch (cannotText) {
    case 'landline':
      return { words: 'This is a landline: it cannot get texts.', stop: 'landline' };
    case 'invalid-number':
      return { words: 'The carrier said that this number cannot get texts.', stop: 'not-textable' };
    case null:
      return passed('Nothing speaks against this number getting texts.');
  }
}

function sameJourney(looked: Looked): Found {
  if (otherReport(looked) === undefined) return passed('No other trigger was fired for this call.');
  if (replacedBy(looked).length > 0)
    return passed('The caller pressed the key: the text that was waiting is replaced by this one.');
  return {
    words: 'Another trigger was fired for this call already: one call, one text.',
    stop: 'same-journey',
  };
}

function liveConversation({ report, history, rules }: Looked): Found {
  const minutes = minutesSince(history.lastTextAt, report.at);
  if (minutes === null) return passed('The caller and staff are not texting.');
  const when = `The last text between the caller and staff was ${ago(minutes)}`;
  return minutes < rules.liveMinutes
    ? {
        words: `${when}: they are in touch (counted for ${rules.liveMinutes} minutes).`,
        stop: 'live-conversation',
      }
    : passed(`${when}, longer than the ${rules.liveMinutes} minutes that count as being in touch.`);
}

function cooldown(looked: Looked): Found {
  const { report, history, rules } = looked;
  const replaced = replacedBy(looked);
  const last = history.calls.findLast(({ textSeq }) => textSeq !== null && !replaced.includes(textSeq));
  const minutes = minutesSince(last?.at ?? null, report.at);
  if (minutes === null) return passed('No earlier call led to a text.');
  const when = `An earlier call led to a text ${ago(minutes)}`;
  return minutes < rules.cooldownMinutes
    ? { words: `${when}: the next one is due after ${rules.cooldownMinutes} minutes.`, stop: 'cooldown' }
    : passed(`${when}, longer than the ${rules.cooldownMinutes} minutes between texts.`);
}

/**
 * The report of this call for the other use case. Where either came without an id they are taken for one call,
 * unless that one has its counterpart already: key, hang-up and hang-up are two calls.
 */
function otherReport({ report, history }: Looked): AnsweredCall | undefined {
  const other = history.calls.findLast((one) => one.useCase !== report.useCase && isSameCall(one, report));
  if (other === undefined || (other.callKey !== null && report.callKey !== null)) return other;
  const hasCounterpart = history.calls.some(
    ({ useCase, at }) => useCase === report.useCase && at >= other.at,
  );
  return hasCounterpart ? undefined : other;
}

/** Pressing the key says more than hanging up, so its text takes the place of one that still waits. */
function replacedBy(looked: Looked): number[] {
  const { report, history } = looked;
  if (report.useCase !== 'call-to-text' || otherReport(looked) === undefined) return [];
  return waitingTexts(history, report.at, report);
}

function callNumber({ report, history }: Looked): number {
  return history.calls.filter(({ at, isSecond }) => !isSecond && report.at - at < DAY_MS).length + 1;
}

function minutesSince(since: number | null, at: number): number | null {
  return since === null ? null : Math.max(0, Math.floor((at - since) / MINUTE_MS));
}

function ago(minutes: number): string {
  if (minutes === 0) return 'less than a minute ago';
  return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
}

function passed(words: string): Found {
  return { words, stop: null };
}
