import { effect } from '@preact/signals';
import { checkSession, signOutIdle } from './actions/session-actions.ts';
import { watchIdle } from './idle.ts';
import { idleWarned } from './state/session-changes.ts';
import { change, session } from './store.ts';

let stayHere: (() => void) | null = null;

/** Watches whoever is signed in. */
export function followIdle(): void {
  effect(() => {
    const current = session.value;
    if (current === null) return;
    const { stay, stop } = watchIdle(current.idleMinutes, {
      onWarning: () => change(idleWarned, true),
      onStay: () => change(idleWarned, false),
      onIdle: () => void signOutIdle(current),
      tellServer: () => void checkSession(),
    });
    stayHere = stay;
    return stop;
  });
}

export function staySignedIn(): void {
  stayHere?.();
}
