import { isSameJson } from '../../../src/domain/text/same-json.ts';
import type { Route } from '../route.ts';
import { type Notice, type Session, type State, withoutPractice } from './state.ts';

export function signedIn(state: State, session: Session): State {
  const isSameWriter = state.writerId === session.staff.id;
  return {
    ...state,
    entry: { phase: 'signed-in', session },
    writerId: session.staff.id,
    kept: null,
    drafts: isSameWriter ? state.drafts : new Map(),
    unsent: isSameWriter ? state.unsent : new Map(),
  };
}

/** Nothing that was on screen stays in memory but what this person was writing: in a page too, if `keepsPage`. */
export function signedOut(state: State, note: string | null, keepsPage = false): State {
  const { entry, route, kept } = state;
  const practices = entry.phase === 'signed-in' ? entry.session.practices : [];
  const practice = practices.find(({ id }) => id === route.practiceId);
  const page = practice !== undefined && route.page !== null ? { practice, page: route.page } : kept;
  return {
    ...withoutPractice(state),
    entry: { phase: 'signed-out', note },
    kept: keepsPage ? page : null,
  };
}

/** Signing out on purpose, on a shared machine: nothing stays at all. */
export function forgotWriting(state: State): State {
  return { ...state, writerId: null, kept: null, drafts: new Map(), unsent: new Map() };
}

export function unreachable(state: State, message: string): State {
  return { ...state, entry: { phase: 'unreachable', message } };
}

export function moved(state: State, to: Route): State {
  // The same object as long as it says the same, so that nothing is asked for anew.
  const route = isSameJson(state.route.filter, to.filter) ? { ...to, filter: state.route.filter } : to;
  if (state.route.practiceId !== route.practiceId) return { ...withoutPractice(state), route };
  if (state.route.conversationId === route.conversationId) return { ...state, route };
  // What was asked or looked at there is closed.
  return { ...state, route, consentDialog: null, largePicture: null };
}

export function noticed(state: State, notice: Notice | null): State {
  return { ...state, notice };
}

export function idleWarned(state: State, isIdleWarned: boolean): State {
  return state.isIdleWarned === isIdleWarned ? state : { ...state, isIdleWarned };
}
