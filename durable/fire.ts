import * as rules from '../src/domain/conversation-rules.ts';
import type { Firing } from '../src/domain/firing.ts';
import { AUTOMATIC_TEXT_LIFETIME_MS } from '../src/domain/outbox-rules.ts';
import type { ConversationStore } from './conversation-store.ts';
import { refusalHere } from './do-not-text.ts';
import { isLandline, isToBeLookedUp, refuseLandline } from './line-type.ts';
import type { Recorder } from './recorder.ts';

/** `look-up-first`: nothing is recorded; fire again with what the carrier says about the caller's number. */
export type FireResult =
  | { outcome: 'texting' | 'duplicate' | 'opted-out' | 'landline' | 'not-textable' }
  | { outcome: 'look-up-first' };

/** A trigger fired for this caller: what history has to say about it is decided and recorded in one turn. */
export function fire(store: ConversationStore, recorder: Recorder, firing: Firing): FireResult {
  if (recorder.messageWithId(firing.messageId)) return { outcome: 'duplicate' };
  if (refusalHere(store) !== null) return { outcome: 'opted-out' };
  const cannotText = store.state?.summary.cannotText ?? null;
  if (cannotText !== null) return { outcome: cannotText === 'landline' ? 'landline' : 'not-textable' };
  if (isToBeLookedUp(store, firing)) return { outcome: 'look-up-first' };
  const cannotGetIt = isLandline(store, firing);
  recorder.record(() => {
    const { messageId: id, text: body, firedAt, useCase, waitedSeconds } = firing;
    const { summary } = recorder.stateOrBegun(firing, firing.language);
    const expiresAt = firedAt + AUTOMATIC_TEXT_LIFETIME_MS;
    const call = { useCase, firedAt, waitedSeconds };
    const message = recorder.add(summary.lastSeq, { id, kind: 'automatic', body, call }, expiresAt);
    if (firing.lineType !== null) store.keepLineType(firing.lineType);
    store.become(rules.afterAutomaticText(summary, message, useCase));
    if (cannotGetIt) refuseLandline(store, recorder, message.seq);
  });
  return { outcome: cannotGetIt ? 'landline' : 'texting' };
}
