import {
  type Activity,
  type ActivityOutcome,
  type Decision,
  withDecisions,
} from '../src/domain/activity/activity.ts';
import { withAnswerUsed, withCall } from '../src/domain/calls/call-history.ts';
import { decideJourney, type HistoryReason, type JourneyDecision } from '../src/domain/calls/call-journey.ts';
import type { Firing } from '../src/domain/calls/firing.ts';
import * as rules from '../src/domain/conversation/conversation-rules.ts';
import { AUTOMATIC_TEXT_LIFETIME_MS } from '../src/domain/conversation/outbox-rules.ts';
import type { ConversationStore } from './conversation-store.ts';
import { refusalHere } from './do-not-text.ts';
import { isLandline, isToBeLookedUp, refuseLandline } from './line-type.ts';
import type { Recorder } from './recorder.ts';

/**
 * `activity` is for the route to record where no message carries it to the inbox. `look-up-first`: nothing is
 * recorded; fire again with what the carrier says about the caller's number.
 */
export type FireResult =
  | { outcome: 'look-up-first' }
  | { outcome: 'texting'; activity: null }
  | { outcome: 'held'; until: number; activity: null }
  | { outcome: HistoryReason | 'dry-run'; activity: Activity | null };

/** Most carriers have taken a text by then, and the inbox is told of the call and of its text in one go. */
const TOLD_WITHIN_MS = 250;

/** Staff see the text that was not sent. */
const LANDLINE: Decision = {
  check: 'line-type',
  isPassed: false,
  words: 'The carrier says that this is a landline: it cannot get texts.',
};

type Spared = Extract<JourneyDecision, { isText: false }>;

/** A trigger fired for this caller: what history has to say about it is decided and recorded in one turn. */
export function fire(id: string, store: ConversationStore, recorder: Recorder, firing: Firing): FireResult {
  const { callKey, useCase, firedAt: at } = firing;
  const report = { callKey, useCase, at };
  const decided = decideJourney({
    report,
    // Remembered for longer than the calls are.
    isRecorded: recorder.messageWithId(firing.messageId) !== null,
    history: store.history,
    refusal: refusalHere(store),
    cannotText: store.state?.summary.cannotText ?? null,
    rules: firing.rules,
  });
  // Of a landline too: staff see the text that was not sent.
  const hasConversation = store.state !== undefined || (decided.isText && !firing.isDryRun);
  const about = (
    outcome: ActivityOutcome,
    decisions: Decision[],
    heldUntil: number | null = null,
  ): Activity => ({
    ...withDecisions(firing.activity, ...decided.decisions, ...decisions),
    outcome,
    heldUntil,
    conversationId: hasConversation ? id : null,
    messageId: outcome === 'texting' || outcome === 'held' ? firing.messageId : null,
  });
  if (firing.isDryRun) return { outcome: 'dry-run', activity: about('dry-run', [dryRun(decided)]) };
  if (!decided.isText) return spare(decided, firing, about(decided.reason, []), { store, recorder });

  if (isToBeLookedUp(store, firing)) return { outcome: 'look-up-first' };
  const cannotGetIt = isLandline(store, firing);
  const heldUntil = cannotGetIt ? null : heldUntilOf(firing);
  const activity = cannotGetIt
    ? about('landline', [LANDLINE])
    : about(heldUntil === null ? 'texting' : 'held', leaving(heldUntil, firing), heldUntil);
  recorder.record(() => {
    const { messageId, text: body, waitedSeconds } = firing;
    const { summary } = recorder.stateOrBegun(firing, firing.language);
    recorder.cancelWaiting(decided.replaces, 'pressed-key');
    const call = { useCase, firedAt: at, waitedSeconds, heldUntil };
    const expiresAt = (heldUntil ?? at) + AUTOMATIC_TEXT_LIFETIME_MS;
    const written = { id: messageId, kind: 'automatic', body, call } as const;
    const message = recorder.add(summary.lastSeq, written, { expiresAt, activity });
    const textSeq = message.seq;
    store.keepHistory(withCall(store.history, { ...report, textSeq, heldUntil, isSecond: false }));
    if (firing.lineType !== null) store.keepLineType(firing.lineType);
    store.become(rules.afterAutomaticText(summary, message, useCase));
    if (cannotGetIt) refuseLandline(store, recorder, textSeq);
  }, TOLD_WITHIN_MS);
  if (cannotGetIt) return { outcome: 'landline', activity: null };
  return heldUntil === null
    ? { outcome: 'texting', activity: null }
    : { outcome: 'held', until: heldUntil, activity: null };
}

/** No text. What the next report has to be held against is remembered; staff hear of callers who call again. */
function spare(
  { reason, callNumber }: Spared,
  firing: Firing,
  activity: Activity,
  { store, recorder }: { store: ConversationStore; recorder: Recorder },
): FireResult {
  const { callKey, useCase, firedAt: at } = firing;
  const call = { callKey, useCase, at, textSeq: null, heldUntil: null, isSecond: reason === 'same-journey' };
  switch (reason) {
    case 'duplicate':
      break;
    case 'answered': {
      const used = withAnswerUsed(store.history, call);
      if (used !== store.history) store.transaction(() => store.putHistory(used));
      break;
    }
    case 'opted-out':
    case 'landline':
    case 'not-textable':
    case 'same-journey':
      store.transaction(() => store.putHistory(withCall(store.history, call)));
      break;
    case 'live-conversation':
    case 'cooldown':
      recorder.record(() => {
        const { summary } = recorder.stateOrBegun(firing, firing.language);
        const event = { name: 'called-again', detail: String(callNumber) } as const;
        const message = recorder.addEvent(summary.lastSeq, event, null, activity);
        store.keepHistory(withCall(store.history, call));
        store.become(rules.afterCallingAgain(summary, message));
      });
      return { outcome: reason, activity: null };
  }
  return { outcome: reason, activity };
}

/** Null where it leaves at once. */
function heldUntilOf({ firedAt, rules: { holdSeconds }, heldUntil }: Firing): number | null {
  const until = Math.max(heldUntil ?? 0, holdSeconds === 0 ? 0 : firedAt + holdSeconds * 1000);
  return until > firedAt ? until : null;
}

function leaving(
  heldUntil: number | null,
  { rules: { holdSeconds }, heldUntil: opensAt }: Firing,
): Decision[] {
  if (heldUntil === null)
    return [{ check: 'text', isPassed: true, words: 'The text was handed over at once.' }];
  const words =
    opensAt === null
      ? `The text waits ${holdSeconds} seconds, in case the caller gets through.`
      : 'The practice is closed: the text waits until it opens.';
  return [{ check: 'hold', isPassed: true, words }];
}

function dryRun(decided: JourneyDecision): Decision {
  const words = decided.isText
    ? 'A dry run: without it, a text would leave now.'
    : 'A dry run: no text would leave without it either.';
  return { check: 'dry-run', isPassed: false, words };
}
