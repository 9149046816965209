import { goToPage } from './actions/navigation.ts';
import { notify } from './actions/session-actions.ts';

/** Nothing about anybody: when this browser last said it. */
const SAID_AT = 'offhook passkey hint';
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** To managers and admins who signed in with a password, once a week in a browser that could do with less. */
export function hintAtPasskeys(): void {
  const saidAt = Number(localStorage.getItem(SAID_AT) ?? 0);
  if (Date.now() - saidAt < WEEK_MS || !canHavePasskeys()) return;
  localStorage.setItem(SAID_AT, String(Date.now()));
  const add = () => goToPage({ name: 'account' });
  notify(
    'With a passkey you sign in without typing, and nobody can trick you out of a password.',
    add,
    'Add one',
  );
}

/** Only at a host name, which an address in numbers is not. */
function canHavePasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && !/^[\d.]+$|:/.test(location.hostname);
}
