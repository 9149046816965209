import { useSignal } from '@preact/signals';
import type { WaysIn } from '../../../src/domain/people/single-sign-on.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { showPasskey } from '../../shell/passkeys.ts';
import { isAnythingUnsaved } from '../../shell/unsaved.ts';
import { isAnythingWritten } from '../actions/sending.ts';
import { enterAs } from '../actions/session-actions.ts';
import { api, request } from '../api.ts';
import type { Session } from '../state/state.ts';

const BEGIN = '/api/session/single-sign-on';

/** Under e-mail and password; fetched after the form is there, which works without it. */
export function OtherWays(): VNode {
  const ways = useSignal<WaysIn>({ singleSignOn: null, isOnlyWay: false });
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => {
    void request<WaysIn>('GET', '/api/session/ways', undefined, { isAsking: true }).then((answer) => {
      if (answer.ok) ways.value = answer.value;
    });
    return followWindow();
  }, []);

  async function withPasskey(): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = null;
    const used = await showPasskey();
    const answer = used.ok
      ? await request<Session>('POST', '/api/session/passkey', { passkey: used.value }, { isAsking: true })
      : used;
    isBusy.value = false;
    if (answer.ok) enterAs(answer.value);
    else error.value = answer.message;
  }

  const { singleSignOn, isOnlyWay } = ways.value;
  const byOrganization =
    singleSignOn === null
      ? null
      : html`<a class=${isOnlyWay ? 'button button--primary button--wide' : 'button button--wide'} href=${BEGIN} onClick=${besideWhatIsWritten}>
          ${icon('lock')}Continue with ${singleSignOn}
        </a>`;
  return html`
    <p class="sign-in__or">${isOnlyWay ? 'Here people come in through their organization. All else is for admins in an emergency.' : 'or'}</p>
    ${byOrganization}
    <button type="button" class="button button--wide" aria-disabled=${isBusy.value ? 'true' : undefined} onClick=${() => void withPasskey()}>
      ${icon('person')}${isBusy.value ? 'Waiting for your device…' : 'Use a passkey instead'}
    </button>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${icon('alert')}<span>${error.value}</span></p>`}</div>
  `;
}

/** The way to the provider leaves the page, and with it what is being written: then it goes by a window beside it. */
function besideWhatIsWritten(event: MouseEvent): void {
  if (!isAnythingWritten() && !isAnythingUnsaved()) return;
  // Where no window may be opened, the link is followed.
  if (window.open(`${BEGIN}?window=1`, 'offhook-sign-in', 'popup,width=520,height=720') !== null)
    event.preventDefault();
}

/** Says that somebody came in, in whatever window. */
function followWindow(): () => void {
  const windows = new BroadcastChannel('offhook signed in');
  windows.onmessage = async () => {
    const answer = await api.session();
    if (answer.ok) enterAs(answer.value);
  };
  return () => windows.close();
}
