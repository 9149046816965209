import { useSignal } from '@preact/signals';
import type { Hold } from '../../../src/domain/practice/retention.ts';
import { field } from '../../design/form-parts.ts';
import { formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { badge, hidden } from '../../design/parts.ts';
import { minute, notify } from '../../shell/page.ts';
import type { DataApi } from './data-api.ts';

interface Card {
  api: DataApi;
  practice: { id: string; name: string; timeZone: string };
  holds: readonly Hold[];
  /** A conversation that the address asks to hold; null: only all of the practice is offered. */
  wanted: string | null;
  changed: () => void;
}

/** What is not deleted although its time is over. */
export function HoldsCard({ api, practice, holds, wanted, changed }: Card): VNode {
  const reason = useSignal('');
  const error = useSignal<string | null>(null);
  const isNew = !holds.some(({ conversationId }) => conversationId === wanted);

  async function begin(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (reason.value.trim() === '') {
      error.value = 'Say why, so that others know when the hold can end.';
      return;
    }
    const answer = await api.hold(wanted, reason.value.trim());
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    reason.value = '';
    notify('On hold');
    changed();
  }
  async function end(conversationId: string | null): Promise<void> {
    const answer = await api.endHold(conversationId);
    notify(answer.ok ? 'The hold has ended' : answer.message);
    changed();
  }

  const what = wanted === null ? `all of ${practice.name}` : `conversation ${wanted.slice(0, 8)}`;
  const input = html`<input id="hold-reason" type="text" maxlength="200" autocomplete="off" aria-invalid=${error.value === null ? undefined : 'true'}
    aria-describedby=${error.value === null ? undefined : 'hold-reason-error'} value=${reason.value} onInput=${(
      event: Event,
    ) => {
      reason.value = (event.currentTarget as HTMLInputElement).value;
    }} />`;
  return html`<section class="section" aria-labelledby="holds-title">
    <div class="section__head"><h2 class="section__title" id="holds-title">On hold</h2><span class="section__aside">${holds.length}</span></div>
    <p class="data-lead">What is on hold is not deleted, whatever its time, until a manager ends the hold. To hold one conversation, open it, choose “Print or keep”, and follow the link there.</p>
    ${holds.length === 0 ? null : html`<ul class="rows">${holds.map((hold) => row(hold))}</ul>`}
    ${
      isNew
        ? html`<form class="card" onSubmit=${begin}>
            ${field({ id: 'hold-reason', label: `Why ${what} is to be kept`, control: input, error: error.value })}
            <div class="form__actions"><button type="submit" class="button">${wanted === null ? 'Hold all of this practice' : 'Hold this conversation'}</button></div>
          </form>`
        : null
    }
  </section>`;

  function row({ conversationId, reason: why, heldBy, heldAt }: Hold): VNode {
    const name =
      conversationId === null ? `All of ${practice.name}` : `Conversation ${conversationId.slice(0, 8)}`;
    const href = `/${encodeURIComponent(practice.id)}/c/${conversationId}`;
    return html`<li class="rows__row data-hold" key=${conversationId ?? 'all'}>
      <div class="rows__main">
        <p>${conversationId === null ? html`<strong>${name}</strong> ${badge('Everything', 'warn')}` : html`<a data-inbox href=${href}>${name}</a>`}</p>
        <p class="rows__more">${why}</p>
        <p class="rows__more">By ${heldBy}, ${formatListTime(heldAt, minute.value, practice.timeZone)}</p>
      </div>
      <div class="rows__end"><button type="button" class="button button--quiet" onClick=${() => void end(conversationId)}>End hold${hidden(` on ${name}`)}</button></div>
    </li>`;
  }
}
