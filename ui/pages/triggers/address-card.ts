import { useSignal } from '@preact/signals';
import { OLD_ADDRESS_HOURS } from '../../../src/domain/triggers/managed-trigger.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { formatUntil } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { triggerTitle } from '../../design/trigger-words.ts';
import { announce, goToPage, minute, notify } from '../../shell/page.ts';
import { type OldUse, useOldUse } from './old-use.ts';
import type { Opened } from './opened.ts';

/** The secret address: hidden until somebody asks, replaced or ended only after a second thought. */
export function AddressCard({ opened }: { opened: Opened }): VNode {
  const { trigger, api, practice } = opened;
  const url = useSignal<string | null>(null);
  const asking = useSignal<'rotate' | 'revoke' | null>(null);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const until = trigger.address.previousUntil;

  async function fetchUrl(): Promise<string | null> {
    const answer = await api.address(trigger.id);
    error.value = answer.ok ? null : answer.message;
    return answer.ok ? answer.value.url : null;
  }

  async function show(): Promise<void> {
    url.value = url.value === null ? await fetchUrl() : null;
  }

  async function rotate(): Promise<void> {
    isBusy.value = true;
    const answer = await api.rotate(trigger.id, trigger.address.masked);
    isBusy.value = false;
    if (!answer.ok) {
      error.value = answer.message;
      if (answer.status === 409) await opened.reload();
      return;
    }
    asking.value = null;
    opened.changed(answer.value.trigger);
    url.value = await fetchUrl();
    notify('The address is new. Give it to your phone system.');
  }

  async function revoke(): Promise<void> {
    isBusy.value = true;
    const answer = await api.revoke(trigger.id);
    isBusy.value = false;
    if (!answer.ok && answer.status !== 404) {
      error.value = answer.message;
      return;
    }
    asking.value = null;
    notify(`Revoked: ${triggerTitle(trigger)}`);
    goToPage({}, { isReplacing: true });
    await opened.reload();
  }

  const ask = (what: 'rotate' | 'revoke') => () => {
    error.value = null;
    asking.value = what;
  };
  const cancel = () => {
    asking.value = null;
  };
  const oldUse = useOldUse(opened);

  return html`<section class="card" aria-labelledby="address-title">
    <div class="section__head">
      <h2 class="section__title" id="address-title">Address</h2>
      <button type="button" class="button button--quiet button--small" aria-pressed=${String(url.value !== null)} onClick=${() => void show()}>
        ${icon('eye')}${url.value === null ? 'Show' : 'Hide'}
      </button>
    </div>
    <div class="code">
      <code>${url.value ?? trigger.address.masked}</code>
      <${CopyButton} text=${url.value ?? fetchUrl} what="the address" announce=${announce} />
    </div>
    ${until === null ? null : oldAddress(until, oldUse, practice.timeZone)}
    <p class="field__help">Whoever knows it can have any number texted. Give it to your phone system only.</p>
    <div role="alert">${error.value === null || asking.value !== null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      <button type="button" class="button" onClick=${ask('rotate')}>Replace…</button>
      <button type="button" class="button" onClick=${ask('revoke')}>Revoke…</button>
    </div>
    <${ConfirmDialog}
      id="rotate"
      title="Replace the address?"
      text=${
        until === null
          ? `You get a new one. The old one works for ${OLD_ADDRESS_HOURS} hours more, so that you can change your phone system in peace.`
          : `You get a new one, and this one works for ${OLD_ADDRESS_HOURS} hours more. The one before it ends now: make sure that your phone system no longer calls it.`
      }
      isOpen=${asking.value === 'rotate'}
      isBusy=${isBusy.value}
      error=${error.value}
      does="Replace"
      confirm=${() => void rotate()}
      cancel=${cancel}
    />
    <${ConfirmDialog}
      id="revoke"
      title="Revoke this trigger?"
      text="Its address ends at once and for good, and callers get no text from it. Its text and rules go with it. To pause it, switch it off instead."
      isOpen=${asking.value === 'revoke'}
      isBusy=${isBusy.value}
      error=${error.value}
      does="Revoke"
      isDangerous
      confirm=${() => void revoke()}
      cancel=${cancel}
    />
  </section>`;
}

function oldAddress(until: number, use: OldUse, timeZone: string): VNode {
  const when = (at: number) => formatUntil(at, minute.value, timeZone);
  const used =
    use.is === 'unknown'
      ? ''
      : use.at === null
        ? ' None of the last calls came to it.'
        : ` It was last called ${when(use.at)}: something still uses it.`;
  return html`<p class="callout callout--warn">${icon('clock')}<span>The old address works until ${when(until)}.${used}</span></p>`;
}
