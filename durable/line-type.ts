/** What kind of line a caller has: asked of the carrier before the first automatic text, where the line wants that. */
import { carrierOf } from '../src/carriers/carrier.ts';
import type { Firing } from '../src/domain/calls/firing.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

/** Once for each caller: not where it was answered, and not where a text has come from. */
export function isToBeLookedUp(store: ConversationStore, { line, lineType }: Firing): boolean {
  const isAskedFor = line.looksUpLineType && lineType === null && store.lineType === null;
  return isAskedFor && carrierOf(line.carrier).lineTypeOf !== undefined;
}

/** What has been answered before, or a text from there, counts for more than an answer that came meanwhile. */
export function isLandline(store: ConversationStore, { lineType }: Firing): boolean {
  return lineType === 'landline' && store.lineType === null;
}

/** Within `record`: staff see the text that was not sent, and why, as if the carrier had refused it. */
export function refuseLandline(store: ConversationStore, recorder: Recorder, seq: number): void {
  store.outbox.refuse(seq, Date.now(), 'landline');
  recorder.failure(seq, 'landline');
}
