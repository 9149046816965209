import { isAnythingUnsaved } from '../../shell/unsaved.ts';
import { announce } from '../announcer.ts';
import { api } from '../api.ts';
import { INBOX } from '../route.ts';
import { forgotWriting, noticed, signedIn, signedOut, unreachable } from '../state/session-changes.ts';
import type { Session } from '../state/state.ts';
import { change, route, session } from '../store.ts';
import { writing } from '../writing-aids.ts';
import { focusScreen, goTo } from './navigation.ts';

export async function start(): Promise<void> {
  const answer = await api.session();
  if (answer.ok) enter(answer.value);
  else if (answer.status === 401) change(signedOut, null);
  else change(unreachable, answer.message);
}

/** Answers what went wrong, or null. */
export async function signIn(email: string, password: string): Promise<string | null> {
  const answer = await api.signIn(email, password);
  if (!answer.ok) return answer.message;
  enterAs(answer.value);
  return null;
}

/** Of whoever has just signed in. */
export function enterAs(session: Session): void {
  enter(session);
  focusScreen();
  if (session.passkey === 'asked')
    void import('../passkey-hint.ts').then(({ hintAtPasskeys }) => hintAtPasskeys());
}

export async function signOut(): Promise<void> {
  await writing.peek()?.sendAll();
  const answer = await api.signOut();
  if (!answer.ok && answer.status !== 401) {
    notify(answer.message);
    return;
  }
  change(forgotWriting);
  change(signedOut, null);
  goTo({ ...INBOX, practiceId: null }, { isReplacing: true });
}

export async function signOutIdle(session: Session): Promise<void> {
  change(
    signedOut,
    `You were signed out after ${session.idleMinutes} minutes without activity. What you were writing is still here.`,
    isAnythingUnsaved(),
  );
  await api.signOut();
}

export function sessionOver(): void {
  change(signedOut, 'You were signed out. Sign in to go on.', isAnythingUnsaved());
}

/** Winds up the server's idle clock, and notices that the session is over: a refused socket does not say why. */
export async function checkSession(): Promise<void> {
  const answer = await api.session();
  if (!answer.ok && answer.status === 401) sessionOver();
  const current = session.peek();
  // Whoever signed out while the answer was under way stays so. Else what this person may do may have changed.
  if (answer.ok && current !== null && JSON.stringify(answer.value) !== JSON.stringify(current))
    change(signedIn, answer.value);
}

const NOTICE_MS = 8000;
let noticeTimer = 0;

/** Says something on screen and to screen readers; `undo`, or what else is offered, while it shows. */
export function notify(text: string, undo: (() => void) | null = null, offers = 'Undo'): void {
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => change(noticed, null), NOTICE_MS);
  change(noticed, { text, undo, offers });
  announce(text);
}

function enter(session: Session): void {
  change(signedIn, session);
  const first = session.practices[0];
  if (route.peek().practiceId === null && first !== undefined)
    goTo({ practiceId: first.id }, { isReplacing: true });
}
