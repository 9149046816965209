import * as rules from '../src/domain/conversation/conversation-rules.ts';
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { StaffRef } from '../src/domain/conversation/message.ts';
import {
  type CallerMatch,
  callerWith,
  isSameCaller,
  type LinkedPatient,
} from '../src/domain/patients/caller-match.ts';
import type { ChangeResult } from './conversation-results.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Recorder } from './recorder.ts';

/** Who a conversation's caller is: what the directory says of the number, and what staff say, which goes before it. */

/** `linked` undefined: who tells of the number knows nothing of what staff said. */
export function recordMatch(
  store: ConversationStore,
  recorder: Recorder,
  match: CallerMatch,
  linked: LinkedPatient | null | undefined,
): { outcome: 'recorded' | 'nothing-to-record' } {
  store.toldMatchAt = Date.now();
  const summary = store.state?.summary;
  if (!summary || isSameCaller(rules.matched(summary, match, linked).caller, summary.caller))
    return { outcome: 'nothing-to-record' };
  recorder.record(() => store.become(rules.afterMatching(summary, match, linked)));
  return { outcome: 'recorded' };
}

export function linkByStaff(
  store: ConversationStore,
  recorder: Recorder,
  before: ConversationSummary,
  { linked, match, by }: { linked: LinkedPatient | null; match: CallerMatch; by: StaffRef },
): ChangeResult {
  const { caller } = before;
  const was = caller.linked ?? null;
  const isSame = was?.id === linked?.id && isSameCaller(callerWith(caller.number, match, linked), caller);
  if (isSame || (was === null && linked === null)) return { outcome: 'changed', conversation: before };
  const conversation = recorder.record(() => {
    const event =
      linked === null
        ? ({ name: 'unlinked', detail: was?.name ?? null } as const)
        : ({ name: 'linked', detail: linked.name } as const);
    const message = recorder.addEvent(before.lastSeq, event, by);
    const after = rules.afterLinking(before, match, linked, message);
    store.become(after);
    return after;
  });
  return { outcome: 'changed', conversation };
}
