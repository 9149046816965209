import { signal } from '@preact/signals';
import { isAnythingWritten } from '../inbox/actions/sending.ts';
import { notify } from '../inbox/actions/session-actions.ts';
import { isAnythingUnsaved } from './unsaved.ts';

/** While true, the page on screen is older than what the server has. */
export const isNewVersionReady = signal(false);

/** When this tab last loaded itself anew, so that it does not do so over and over. */
const RELOADED_AT = 'offhook reloaded at';
const ONCE_IN_MS = 60_000;

/**
 * To be asked when a script did not come. After a deploy the parts of the old page are gone for good: where nothing
 * would be lost the page loads itself anew, else it says so. False where the page is not to blame.
 */
export async function isNewVersion(): Promise<boolean> {
  if (!(await isOutdated())) return false;
  const isLoop = Date.now() - Number(sessionStorage.getItem(RELOADED_AT) ?? 0) < ONCE_IN_MS;
  if (isLoop || isAnythingWritten() || isAnythingUnsaved()) {
    isNewVersionReady.value = true;
  } else {
    sessionStorage.setItem(RELOADED_AT, String(Date.now()));
    location.reload();
  }
  return true;
}

/** Of what somebody has asked for. */
export async function partMissing(): Promise<void> {
  if (!(await isNewVersion()))
    notify('This part of the page could not be loaded. Check the connection and try again.');
}

/** The names of scripts change with what is in them; only an answer that is Offhook's own page counts. */
async function isOutdated(): Promise<boolean> {
  const mine = document.querySelector('link[rel="modulepreload"]')?.getAttribute('href');
  try {
    const answer = await fetch('/', { cache: 'no-cache' });
    const page = await answer.text();
    return answer.ok && page.includes('/assets/inbox.js') && !page.includes(mine ?? '');
  } catch {
    return false;
  }
}
