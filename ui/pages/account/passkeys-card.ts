import { useSignal } from '@preact/signals';
import {
  MAX_PASSKEY_NAME_LENGTH,
  type OwnWaysIn,
  type Passkey,
} from '../../../src/domain/people/passkeys.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { type Answer, focusSoon, minute, notify, session } from '../../shell/page.ts';
import { makePasskey } from '../../shell/passkeys.ts';
import { addPasskey, removePasskey, renamePasskey } from './account-api.ts';
import { ConfirmMe } from './confirm-me.ts';

interface PasskeysCard {
  ways: OwnWaysIn;
  email: string;
  timeZone: string;
  changed: () => void;
}

/** By which passkeys I sign in. */
export function PasskeysCard({ ways, email, timeZone, changed }: PasskeysCard): VNode {
  const { passkeys, hasPassword, host } = ways;
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const renamed = useSignal<string | null>(null);
  const removed = useSignal<Passkey | null>(null);
  /** What waits until it is shown that it is me. */
  const waiting = useSignal<(() => void) | null>(null);

  async function act<T>(change: () => Promise<Answer<T>>, done: string): Promise<boolean> {
    if (isBusy.peek()) return false;
    isBusy.value = true;
    error.value = null;
    const answer = await change();
    isBusy.value = false;
    if (!answer.ok && answer.code === 'confirm-first') {
      waiting.value = () => void act(change, done);
      return false;
    }
    error.value = answer.ok ? null : answer.message;
    if (answer.ok) notify(done);
    changed();
    return answer.ok;
  }
  async function make(): Promise<Answer<unknown>> {
    const made = await makePasskey({ for: 'account' });
    return made.ok ? addPasskey(made.value) : made;
  }
  async function rename(event: SubmitEvent, { id }: Passkey): Promise<void> {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name')).trim();
    if (await act(() => renamePasskey(id, name), `Named: ${name}`)) {
      renamed.value = null;
      focusSoon('#passkeys-title');
    }
  }
  async function remove(): Promise<void> {
    const one = removed.peek();
    if (one === null) return;
    removed.value = null;
    await act(() => removePasskey(one.id), `Removed: ${one.name}`);
    focusSoon('#passkeys-title');
  }

  const wish = session.value?.passkey;
  return html`<section class="section" aria-labelledby="passkeys-title">
    <div class="section__head">
      <h2 class="section__title" id="passkeys-title" tabindex="-1">Passkeys</h2>
      <button type="button" class=${wish === 'none' ? 'button' : 'button button--primary'} aria-disabled=${isBusy.value ? 'true' : undefined} onClick=${() => void act(make, 'Passkey added. Next time, choose “Use a passkey instead”.')}>${icon('plus')}Add a passkey</button>
    </div>
    ${
      wish === 'none'
        ? null
        : html`<p class="callout callout--plain">${
            wish === 'needed'
              ? 'Managers and admins need a passkey here. Add one to go on.'
              : 'Managers and admins can do a lot here. With a passkey nobody can trick you out of a password.'
          }</p>`
    }
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${icon('alert')}<span>${error.value}</span></p>`}</div>
    ${
      passkeys.length === 0
        ? html`<p class="field__help">None yet. Your phone, your computer or a security key can keep one: you then sign in with a fingerprint, a look or a PIN, without a password.</p>`
        : html`<ul class="rows">${passkeys.map(row)}</ul>`
    }
    <${ConfirmDialog}
      id="remove-passkey"
      title="Remove this passkey?"
      text=${`“${removed.value?.name ?? ''}” no longer signs you in. Delete it on the device that keeps it too.`}
      does="Remove"
      isDangerous=${true}
      isOpen=${removed.value !== null}
      isBusy=${isBusy.value}
      error=${null}
      confirm=${() => void remove()}
      cancel=${() => {
        removed.value = null;
      }}
    />
    <${ConfirmMe}
      isOpen=${waiting.value !== null}
      hasPassword=${hasPassword}
      hasPasskey=${passkeys.some((one) => one.host === host)}
      email=${email}
      confirmed=${() => {
        const next = waiting.peek();
        waiting.value = null;
        next?.();
      }}
      cancel=${() => {
        waiting.value = null;
      }}
    />
  </section>`;

  function row(one: Passkey): VNode {
    const { id, name } = one;
    const when = (at: number) => formatListTime(at, minute.value, timeZone);
    const used = one.usedAt === null ? 'not used yet' : `last used ${when(one.usedAt)}`;
    if (renamed.value === id)
      return html`<li class="rows__row" key=${id}>
        <form class="account__rename" onSubmit=${(event: SubmitEvent) => void rename(event, one)}>
          <input name="name" id="passkey-name" aria-label=${`Name of ${name}`} value=${name} maxlength=${MAX_PASSKEY_NAME_LENGTH} required />
          <button type="submit" class="button button--primary">Save</button>
          <button type="button" class="button button--quiet" onClick=${() => {
            renamed.value = null;
          }}>Cancel</button>
        </form>
      </li>`;
    return html`<li class="rows__row" key=${id} data-passkey-id=${id}>
      <div class="rows__main">
        <p class="account__browser"><strong>${name}</strong></p>
        <p class="rows__more">Since ${when(one.madeAt)} · ${used}${one.host === host ? null : ` · works at ${one.host} only`}</p>
      </div>
      <div class="rows__end">
        <button type="button" class="button" onClick=${() => {
          renamed.value = id;
          focusSoon('#passkey-name');
        }}>Rename${hidden(` ${name}`)}</button>
        <button type="button" class="button button--quiet" onClick=${() => {
          removed.value = one;
        }}>Remove…${hidden(` ${name}`)}</button>
      </div>
    </li>`;
  }
}
