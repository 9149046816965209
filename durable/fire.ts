import * as rules from '../src/domain/conversation-rules.ts';
import type { Firing } from '../src/domain/firing.ts';
import { AUTOMATIC_TEXT_LIFETIME_MS } from '../src/domain/outbox-rules.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

export type FireResult = { outcome: 'texting' | 'duplicate' | 'opted-out' | 'landline' | 'not-textable' };

/** A trigger fired for this caller: what history has to say about it is decided and recorded in one turn. */
export function fire(store: ConversationStore, recorder: Recorder, firing: Firing): FireResult {
  if (recorder.messageWithId(firing.messageId)) return { outcome: 'duplicate' };
  const { consent, cannotText } = store.state?.summary ?? { consent: null, cannotText: null };
  if (consent?.state === 'opted-out') return { outcome: 'opted-out' };
  if (cannotText !== null) return { outcome: cannotText === 'landline' ? 'landline' : 'not-textable' };
  recorder.record(() => {
    const { messageId: id, text: body, firedAt, useCase, waitedSeconds } = firing;
    const { summary } = recorder.stateOrBegun(firing, firing.language);
    const expiresAt = firedAt + AUTOMATIC_TEXT_LIFETIME_MS;
    const call = { useCase, firedAt, waitedSeconds };
    const message = recorder.add(summary.lastSeq, { id, kind: 'automatic', body, call }, expiresAt);
    store.become(rules.afterAutomaticText(summary, message, useCase));
  });
  return { outcome: 'texting' };
}
