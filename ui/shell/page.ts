/**
 * The contract between the shell and a page beside the inbox, and all that a page may use of the shell.
 * A test checks that pages import nothing of ui/inbox but through here.
 *
 * To add a page:
 * 1. its name in page-names.ts, its entry in pages.ts: the rail then has its link;
 * 2. ui/pages/{name}/page.ts, which exports `Page`, a `PageView`, and beside it page.css. Both are fetched
 *    when the page is first opened, and `npm test` holds them to the budget in scripts/build-ui.ts;
 * 3. the view draws everything in `main`: first `pageHead({ title })` of ui/design, whose h1 the keyboard
 *    goes to when the page is opened, then the parts of ui/design. The shell has drawn the rail, the banner,
 *    the notice and the idle dialog, keeps the inbox's socket, and ends the session.
 *
 * What a page knows lives in its component and goes with it: when another page, another practice or the
 * sign-in takes its place. So nothing about callers is kept at the top of a module.
 */
import type { VNode } from '../design/html.ts';
import type { Practice } from '../inbox/state/state.ts';

export interface PageProps {
  /** The one on screen, with what this person may do in it; another one mounts the page anew. */
  practice: Practice;
  /** The parts of the address after the page's name; change them with `goToPage`. */
  path: readonly string[];
  search: URLSearchParams;
}

export type PageView = (props: PageProps) => VNode | null;

/** For what a connection that came back asks for, where the server then stumbles. */
export { againLater } from '../inbox/actions/again.ts';
export { goToPage, pageHref } from '../inbox/actions/navigation.ts';
/** `checkSession` asks again who is signed in and what they may see, after a change to it. */
export { checkSession, notify, signOut } from '../inbox/actions/session-actions.ts';
export { announce } from '../inbox/announcer.ts';
/** `request` ends the session on screen when the server says it is over; `practicePath` begins its paths. */
export { type Answer, practicePath, request } from '../inbox/api.ts';
export { minute, now } from '../inbox/clock.ts';
export { focusNow, focusSoon, focusTitle } from '../inbox/focus.ts';
export { connection, counts, session } from '../inbox/store.ts';
export { useActivityFrames, useFrames } from './frames.ts';
export { useUnsaved } from './unsaved.ts';
