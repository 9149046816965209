/** What asking staff about consent does to the state. */
import type { ConsentDialog, State } from './state.ts';

export function consentAsked(state: State, conversationId: string, becomes: ConsentDialog['becomes']): State {
  return { ...state, consentDialog: { conversationId, becomes, isBusy: false, error: null } };
}

export function consentSent(state: State): State {
  return withDialog(state, { isBusy: true, error: null });
}

export function consentRefused(state: State, error: string): State {
  return withDialog(state, { isBusy: false, error });
}

export function consentLeft(state: State): State {
  return state.consentDialog === null ? state : { ...state, consentDialog: null };
}

/** An answer may come when the dialog has long been closed. */
function withDialog(state: State, changes: Pick<ConsentDialog, 'isBusy' | 'error'>): State {
  const { consentDialog } = state;
  return consentDialog === null ? state : { ...state, consentDialog: { ...consentDialog, ...changes } };
}
