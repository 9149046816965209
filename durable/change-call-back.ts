import type { CallBack } from '../src/domain/calls/call-back.ts';
import { type CallBackChange, changedCallBack } from '../src/domain/calls/call-back-rules.ts';
import type { StaffRef } from '../src/domain/conversation/message.ts';
import type { CallBackStore } from './call-back-store.ts';

export type CallBackResult =
  | { outcome: 'changed' | 'unchanged'; callBack: CallBack }
  | { outcome: 'claimed' | 'closed'; by: string }
  /** The caller called again since, so what was closed goes on there. */
  | { outcome: 'open-again' }
  | { outcome: 'not-found' };

/** What a staff member does with a call-back task. */
export function changeCallBack(
  store: CallBackStore,
  id: string,
  change: CallBackChange,
  staff: StaffRef,
  now: number,
): CallBackResult {
  const before = store.withId(id);
  if (before === null) return { outcome: 'not-found' };
  const result = changedCallBack(before, change, staff, now);
  if (result.outcome !== 'changed') return result;
  const isReopened = before.closed !== null && result.callBack.closed === null;
  if (isReopened && store.openOf(before.line.id, before.caller) !== null) return { outcome: 'open-again' };
  store.replace(before, result.callBack);
  return result;
}
