/** What the page holds of the queue and of what is closed, and what answers and frames do to it. Pure. */
import type { CallBack, CallBackState } from '../../../src/domain/calls/call-back.ts';

export interface Queue {
  state: CallBackState;
  callBacks: CallBack[];
  nextCursor: string | null;
}

export function emptyQueue(state: CallBackState): Queue {
  return { state, callBacks: [], nextCursor: null };
}

export function withPage(
  before: Queue,
  callBacks: CallBack[],
  nextCursor: string | null,
  isFirst: boolean,
): Queue {
  const kept = isFirst ? [] : before.callBacks;
  const known = new Set(kept.map(({ id }) => id));
  return { ...before, callBacks: [...kept, ...callBacks.filter(({ id }) => !known.has(id))], nextCursor };
}

/** One that was opened, changed, closed or opened again, by whoever it was. */
export function withCallBack(before: Queue, callBack: CallBack): Queue {
  const others = before.callBacks.filter(({ id }) => id !== callBack.id);
  const isHere = (callBack.closed === null) === (before.state === 'open');
  if (!isHere) return { ...before, callBacks: others };
  const isKnown = others.length < before.callBacks.length;
  const last = others.at(-1);
  // Further down than what is loaded, it comes with its page.
  const isBelow = last !== undefined && before.nextCursor !== null && order(before.state)(callBack, last) > 0;
  if (!isKnown && isBelow) return before;
  return { ...before, callBacks: [...others, callBack].sort(order(before.state)) };
}

/** The longest waiting first; of the closed ones the latest. */
function order(state: CallBackState): (a: CallBack, b: CallBack) => number {
  return state === 'open'
    ? (a, b) => (a.id < b.id ? -1 : 1)
    : (a, b) => (b.closed?.at ?? 0) - (a.closed?.at ?? 0) || (a.id < b.id ? 1 : -1);
}
