import { carrierOf } from '../src/carriers/carrier.ts';
import { waitingTexts } from '../src/domain/calls/call-history.ts';
import type { TextIn } from '../src/domain/calls/firing.ts';
import { automaticAnswerTo } from '../src/domain/conversation/automatic-answer.ts';
import * as rules from '../src/domain/conversation/conversation-rules.ts';
import { meaningOf } from '../src/domain/conversation/text-in-meaning.ts';
import type { ConversationStore } from './conversation-store.ts';
import { heardOfList } from './do-not-text.ts';
import type { Recorder } from './recorder.ts';

/** Of a conversation that a caller began by texting, where no patient's language is known. */
const DEFAULT_LANGUAGE = 'en';

/** A text from the caller: what it means, what it is answered with by itself, all in one transaction. */
export function receive(
  store: ConversationStore,
  recorder: Recorder,
  text: TextIn,
): { outcome: 'received' | 'duplicate' } {
  if (recorder.messageWithId(text.messageId)) return { outcome: 'duplicate' };
  recorder.record(() => {
    const { messageId: id, body, media, isRecovered = false } = text;
    const { summary: before, ...told } = recorder.stateOrBegun(
      text,
      text.match?.language ?? DEFAULT_LANGUAGE,
    );
    const summary = heardOfList(store, recorder, before, text.doNotText);
    store.keepLineType('unknown');
    const now = Date.now();
    const at = isRecovered ? text.at : now;
    // Unless it was lost on its way, it comes after all that is known, also where the clock ran back meanwhile.
    const knownAt = summary.consent.state === 'unknown' ? 0 : summary.consent.at;
    const meaning = meaningOf(body, summary.consent, isRecovered ? at : Math.max(now, knownAt));
    let { lastSeq } = summary;
    recorder.cancelWaiting(waitingTexts(store.history, now), 'texted-first');
    store.keepHistory({ ...store.history, lastTextAt: now });
    if (summary.state !== 'open')
      lastSeq = recorder.addEvent(lastSeq, { name: 'reopened', detail: null }, null).seq;
    const message = recorder.add(lastSeq, { id, kind: 'text-in', body, media, at });
    lastSeq = message.seq;
    if (meaning.event) lastSeq = recorder.addEvent(lastSeq, meaning.event, null).seq;
    if (meaning.event?.name === 'opted-out') recorder.withdraw(now);
    const answer = automaticAnswerTo({
      ...text,
      meaning,
      language: summary.language,
      doNotText: summary.doNotText,
      carrierAnswersKeywords: carrierOf(text.line.carrier).answersKeywords,
      repliedAfterHoursOf: told.repliedAfterHoursOf,
      toldEmergencyOf: told.toldEmergencyOf,
    });
    if (answer) lastSeq = recorder.addAnswer(lastSeq, answer, now).seq;
    if (answer?.afterHours) store.keepAfterHours(answer.afterHours);
    store.become({ ...rules.afterTextIn(summary, message, meaning, text.redFlag), lastSeq });
  });
  return { outcome: 'received' };
}
