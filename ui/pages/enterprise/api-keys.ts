import { useSignal } from '@preact/signals';
import { API_KEY_SCOPES, type ApiKey } from '../../../src/domain/people/api-key.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { formatDay, formatInFull } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge, emptyState, hidden } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { announce, focusSoon, minute, notify } from '../../shell/page.ts';
import { enterpriseApi } from './enterprise-api.ts';
import { notThere, useLoaded } from './loaded.ts';
import { MakeKey } from './make-key.ts';

interface Made {
  key: ApiKey;
  secret: string;
}

/** By which programs come in: what each is good for, and whether anything still uses it. */
export function ApiKeys({ timeZone }: { timeZone: string }): VNode {
  const loaded = useLoaded(enterpriseApi.keys);
  const isMaking = useSignal(false);
  const made = useSignal<Made | null>(null);
  const revoking = useSignal<ApiKey | null>(null);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  const current = loaded.answer.value;

  const isMade = (one: Made) => {
    isMaking.value = false;
    made.value = one;
    announce('The key is ready to be copied');
    focusSoon('#key-made-title');
    void loaded.load();
  };
  async function revoke(key: ApiKey): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = await enterpriseApi.revokeKey(key.id);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    revoking.value = null;
    if (made.peek()?.key.id === key.id) made.value = null;
    notify(`${key.name} is revoked. What used it is refused from now on.`);
    focusSoon('#make-key');
    await loaded.load();
  }

  return html`<div class="enterprise-page__cards">
    <p class="section__aside">Programs come in by a key, each to one practice and no further than its scopes say. What they change stands in the audit log under its name.</p>
    <div class="form__actions">
      <button type="button" class="button button--primary" id="make-key" onClick=${() => {
        isMaking.value = true;
      }}>${icon('plus')}Make a key</button>
    </div>
    ${made.value === null ? null : shownOnce(made.value)}
    ${current?.ok ? list(current.value.keys) : notThere(loaded, 'keys')}
    <${Sheet} id="new-key" title="Make a key" isOpen=${isMaking.value} close=${() => {
      isMaking.value = false;
    }}>
      ${isMaking.value ? html`<${MakeKey} made=${isMade} />` : null}
    </${Sheet}>
    <${ConfirmDialog}
      id="revoke-key"
      title=${`Revoke “${revoking.value?.name ?? ''}”?`}
      text="Whatever uses it is refused at once. It cannot be taken back: a new key would have to be made."
      does="Revoke"
      isDangerous=${true}
      isOpen=${revoking.value !== null}
      isBusy=${isBusy.value}
      error=${error.value}
      confirm=${() => {
        if (revoking.value !== null) void revoke(revoking.value);
      }}
      cancel=${() => {
        revoking.value = null;
      }}
    />
  </div>`;

  function shownOnce({ key, secret }: Made): VNode {
    return html`<section class="card key-made" aria-labelledby="key-made-title">
      <h2 class="section__title" id="key-made-title" tabindex="-1">${key.name}, for ${key.practice.name}</h2>
      <p class="callout callout--warn">${icon('lock')}<span>Copy it now: you will not see it again.</span></p>
      <div class="code"><code>${secret}</code><${CopyButton} text=${secret} what="the key" announce=${announce} /></div>
      <p class="field__help">Keep it where your program keeps its secrets. It is sent as the header “Authorization: Bearer …”.</p>
      <div class="form__actions"><button type="button" class="button" onClick=${() => {
        made.value = null;
        focusSoon('#make-key');
      }}>Done</button></div>
    </section>`;
  }

  function list(keys: ApiKey[]): VNode {
    if (keys.length === 0)
      return html`<div class="rows">${emptyState('lock', 'No keys yet', 'Make one when a program is to read the activity or keep the patients in step.')}</div>`;
    return html`<ul class="rows">${keys.map(row)}</ul>`;
  }

  function row(key: ApiKey): VNode {
    const { id, name, practice, scopes, madeBy, madeAt, usedAt } = key;
    const used = usedAt === null ? 'Never used' : `Last used ${formatInFull(usedAt, timeZone)}`;
    return html`<li class="rows__row" key=${id}>
      <div class="rows__main">
        <strong>${name}</strong>
        <p class="rows__more">${practice.name} · made by ${madeBy.name}, ${formatDay(madeAt, minute.value, timeZone)}</p>
        <p class="rows__more">${used}</p>
      </div>
      <div class="rows__end">
        ${scopes.map((scope) => html`<span key=${scope}>${badge(API_KEY_SCOPES[scope].label)}</span>`)}
        <button type="button" class="button" onClick=${() => {
          error.value = null;
          revoking.value = key;
        }}>Revoke…${hidden(` ${name}`)}</button>
      </div>
    </li>`;
  }
}
