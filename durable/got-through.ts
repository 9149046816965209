import { type Activity, type Decision, withDecisions } from '../src/domain/activity/activity.ts';
import { waitingTexts, withAnswered, withoutWaiting } from '../src/domain/calls/call-history.ts';
import type { GotThrough } from '../src/domain/calls/firing.ts';
import * as rules from '../src/domain/conversation/conversation-rules.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

/** The caller got through: texts that wait for this call are called off, and a hang-up that follows is none. */
export function gotThrough(
  id: string,
  store: ConversationStore,
  recorder: Recorder,
  { callKey, at, activity }: GotThrough,
): { outcome: 'answered'; activity: Activity } {
  const waiting = waitingTexts(store.history, at, { callKey, at });
  const history = withAnswered(withoutWaiting(store.history, waiting), { callKey, at });
  const { state } = store;
  if (state === undefined) recorder.rememberForNow(() => store.putHistory(history));
  else if (waiting.length === 0) store.transaction(() => store.putHistory(history));
  else
    recorder.record(() => {
      recorder.cancelWaiting(waiting, 'got-through');
      store.keepHistory(history);
      store.become(rules.afterCancelling(state.summary));
    });
  const words =
    waiting.length === 0
      ? 'The caller got through to a person. A hang-up of this call will not lead to a text.'
      : 'The caller got through to a person: the text that was waiting was called off.';
  const decision: Decision = { check: 'got-through', isPassed: false, words };
  return {
    outcome: 'answered',
    activity: {
      ...withDecisions(activity, decision),
      outcome: 'answered',
      heldUntil: null,
      conversationId: state === undefined ? null : id,
      messageId: null,
    },
  };
}
