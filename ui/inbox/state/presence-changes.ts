import type { State } from './state.ts';

/** Nobody has said for a while that they are writing. */
export function nobodyTypes(state: State): State {
  return { ...state, present: state.present.map((one) => ({ ...one, isTyping: false })) };
}
