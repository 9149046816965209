import { useSignal } from '@preact/signals';
import { field } from '../../design/form-parts.ts';
import { formatDay, formatNumber } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { emptyState, hidden, skeleton } from '../../design/parts.ts';
import { announce, focusNow, minute, notify } from '../../shell/page.ts';
import { enterpriseApi, type ListedNumber } from './enterprise-api.ts';

const SEARCH_AFTER_MS = 250;

/** Numbers that no line texts, whatever a caller or a practice says. */
export function DoNotText({ timeZone }: { timeZone: string }): VNode {
  const query = useSignal('');
  const found = useSignal<{ numbers: ListedNumber[]; nextCursor: string | null } | null>(null);
  const error = useSignal<string | null>(null);

  async function load(cursor = ''): Promise<void> {
    const asked = query.peek();
    const answer = await enterpriseApi.listed(asked, cursor);
    // Somebody typed on meanwhile.
    if (asked !== query.peek()) return;
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    const before = cursor === '' ? [] : (found.peek()?.numbers ?? []);
    found.value = { ...answer.value, numbers: [...before, ...answer.value.numbers] };
  }
  useEffect(() => {
    const timer = setTimeout(() => void load(), query.peek() === '' ? 0 : SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [query.value]);

  async function takeOff({ number }: ListedNumber): Promise<void> {
    const answer = await enterpriseApi.unlist(number);
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    notify(`${formatNumber(number)} may be texted again, where callers agree`);
    focusNow('#dnt-search');
    await load();
  }

  return html`<div class="enterprise-page__cards">
    <p class="section__aside">No line of any practice texts these numbers. It is stronger than consent: START does not lift it, nor do staff.</p>
    <${AddNumber} added=${() => load()} />
    ${field({
      id: 'dnt-search',
      label: 'Find',
      help: 'Any part of a number.',
      control: html`<input id="dnt-search" type="search" inputmode="tel" maxlength="40" aria-describedby="dnt-search-help" value=${query.value} onInput=${(
        event: Event,
      ) => {
        query.value = (event.currentTarget as HTMLInputElement).value;
      }} />`,
    })}
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    ${found.value === null ? skeleton(3, 'row', 'Loading the list') : list(found.value.numbers)}
    ${found.value?.nextCursor ? html`<button type="button" class="button" onClick=${() => void load(found.value?.nextCursor ?? '')}>Show more</button>` : null}
  </div>`;

  function list(numbers: ListedNumber[]): VNode {
    if (numbers.length === 0) {
      return query.value === ''
        ? html`<div class="rows">${emptyState('no-texts', 'Nobody is on the list', 'Put a number on it when somebody asks never to be texted, on any line.')}</div>`
        : emptyState('search', 'Not on the list', 'No number has these digits.');
    }
    return html`<ul class="rows">${numbers.map(row)}</ul>`;
  }

  function row(one: ListedNumber): VNode {
    const shown = formatNumber(one.number);
    return html`<li class="rows__row" key=${one.number}>
      <div class="rows__main"><strong>${shown}</strong><p class="rows__more dnt-reason">${one.reason}</p></div>
      <div class="rows__end"><span>${one.addedBy.name}, ${formatDay(one.addedAt, minute.value, timeZone)}</span>
        <button type="button" class="button" onClick=${() => void takeOff(one)}>Take off${hidden(` ${shown}`)}</button></div>
    </li>`;
  }
}

function AddNumber({ added }: { added: () => Promise<void> }): VNode {
  const draft = useSignal({ number: '', reason: '' });
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    const { number, reason } = draft.peek();
    const answer = await enterpriseApi.list(number, reason);
    isBusy.value = false;
    error.value = answer.ok ? null : answer.message.replace(/^Check “\w+”: /, '');
    if (!answer.ok) return;
    draft.value = { number: '', reason: '' };
    announce(`${formatNumber(answer.value.listed.number)} is on the list`);
    focusNow('#dnt-number');
    await added();
  }
  const input = (id: string, key: 'number' | 'reason', label: string, type: string) =>
    field({
      id,
      label,
      control: html`<input id=${id} type=${type} maxlength="200" required autocomplete="off" value=${draft.value[key]} onInput=${(
        event: Event,
      ) => {
        draft.value = { ...draft.value, [key]: (event.currentTarget as HTMLInputElement).value };
        error.value = null;
      }} />`,
    });
  return html`<form class="card form" onSubmit=${submit} aria-label="Put a number on the list">
    <div class="dnt-add">
      ${input('dnt-number', 'number', 'Number', 'tel')}
      ${input('dnt-reason', 'reason', 'Why', 'text')}
      <button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>${isBusy.value ? 'Telling every line…' : 'Put it on the list'}</button>
    </div>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
  </form>`;
}
