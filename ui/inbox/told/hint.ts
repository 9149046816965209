import { notify } from '../actions/session-actions.ts';
import { notice } from '../store.ts';
import { turnOnAway } from './away.ts';

/** Nothing about anybody: that this browser said it. */
const SAID = 'offhook told hint';
/** Whoever has just signed in is busy with other things. */
const AFTER_MS = 60_000;

/** Once in a browser, to whoever has not decided yet, and never by the browser's own question. */
export function hintAtAway(): void {
  if (!('Notification' in window) || Notification.permission !== 'default') return;
  if (localStorage.getItem(SAID) !== null) return;
  setTimeout(() => {
    if (notice.peek() !== null || localStorage.getItem(SAID) !== null) return;
    localStorage.setItem(SAID, 'yes');
    notify(
      'Offhook can tell you when a caller is waiting and you are elsewhere, without names or texts.',
      () =>
        void turnOnAway().then((problem) => notify(problem ?? 'You will be told. My account changes it.')),
      'Turn on',
    );
  }, AFTER_MS);
}
