import { useSignal } from '@preact/signals';
import { AUDIT_KINDS } from '../../../src/domain/audit/audit-entry.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { goToPage } from '../../shell/page.ts';
import type { Asked } from './audit-api.ts';

/** After the last key. */
const PAUSE_MS = 250;

/** In the address, so that what somebody is looking at can be sent to somebody else. */
export function Filters({ asked, today }: { asked: Asked; today: string }): VNode {
  const typed = useSignal(asked.typed);
  const pause = useRef(0);
  useEffect(() => {
    if (asked.typed !== typed.peek().trim()) typed.value = asked.typed;
  }, [asked.typed]);
  const type = (event: Event) => {
    typed.value = fieldValue(event);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => ask({ ...asked, typed: typed.peek() }), PAUSE_MS);
  };
  const day = (of: 'from' | 'to', label: string) => html`<label class="audit-filters__day">
    <span>${label}</span>
    <input type="date" value=${asked[of]} max=${today} onChange=${(event: Event) => ask({ ...asked, [of]: fieldValue(event) })} />
  </label>`;
  return html`<form class="audit-filters" role="search" aria-label="Audit log" onSubmit=${(event: SubmitEvent) => event.preventDefault()}>
    <label class="search audit-filters__search">
      <span class="visually-hidden">Search by who, what, or to whom</span>
      ${icon('search')}
      <input type="search" placeholder="Who, what, or to whom" maxlength="100" autocomplete="off" value=${typed.value} onInput=${type} />
    </label>
    <label class="audit-filters__kind">
      <span class="visually-hidden">Kind</span>
      <select value=${asked.kind} onChange=${(event: Event) => ask({ ...asked, kind: fieldValue(event) })}>
        <option value="">Everything</option>
        ${Object.entries(AUDIT_KINDS).map(([kind, words]) => html`<option key=${kind} value=${kind} selected=${kind === asked.kind}>${words}</option>`)}
      </select>
    </label>
    ${day('from', 'From')}${day('to', 'To')}
  </form>`;
}

export function askedIn(search: URLSearchParams, isAdmin: boolean): Asked {
  const day = (name: string) =>
    /^\d{4}-\d\d-\d\d$/.test(search.get(name) ?? '') ? (search.get(name) ?? '') : '';
  return {
    log: isAdmin && search.get('log') === 'enterprise' ? 'enterprise' : 'practice',
    typed: search.get('q') ?? '',
    kind: search.get('kind') ?? '',
    from: day('from'),
    to: day('to'),
  };
}

export function searchOf({ log, typed, kind, from, to }: Asked): string {
  const search = new URLSearchParams();
  if (log === 'enterprise') search.set('log', log);
  if (typed.trim() !== '') search.set('q', typed.trim());
  if (kind !== '') search.set('kind', kind);
  if (from !== '') search.set('from', from);
  if (to !== '') search.set('to', to);
  return String(search);
}

export function ask(asked: Asked): void {
  goToPage({ path: [], search: searchOf(asked) }, { isReplacing: true });
}

function fieldValue({ currentTarget }: Event): string {
  return (currentTarget as HTMLInputElement | HTMLSelectElement).value;
}
