import { useSignal } from '@preact/signals';
import { ACTIVITY_FILTERS, type ActivityFilter } from '../../../src/domain/activity/activity-entry.ts';
import { filterWords, OUTCOME_WORDS } from '../../../src/domain/activity/activity-words.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { goToPage } from '../../shell/page.ts';
import type { Asked } from './entries.ts';

const GROUPS: { label: string; filters: ActivityFilter[] }[] = [
  { label: 'In short', filters: ['no-text', 'not-delivered'] },
  { label: 'A text', filters: withTone('sent', 'waiting') },
  { label: 'No text, as it should be', filters: withTone('stopped') },
  { label: 'No text, worth a look', filters: withTone('attention') },
];

function withTone(...tones: string[]): ActivityFilter[] {
  return ACTIVITY_FILTERS.filter(
    (filter) =>
      filter !== 'no-text' && filter !== 'not-delivered' && tones.includes(OUTCOME_WORDS[filter].tone),
  );
}

/** In the address, so that what somebody is looking at can be sent to somebody else. */
export function Filters({ asked }: { asked: Asked }): VNode {
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
  return html`<form class="activity-filters" role="search" aria-label="Activity" onSubmit=${(event: SubmitEvent) => event.preventDefault()}>
    <label class="search activity-filters__search">
      <span class="visually-hidden">Search by any part of a number</span>
      ${icon('search')}
      <input type="search" placeholder="Part of a number" maxlength="100" autocomplete="off" value=${typed.value} onInput=${type} />
    </label>
    <label class="activity-filters__outcome">
      <span class="visually-hidden">Outcome</span>
      <select value=${asked.outcome} onChange=${(event: Event) => ask({ ...asked, outcome: fieldValue(event) })}>
        <option value="">Every outcome</option>
        ${GROUPS.map(
          ({ label, filters: all }) => html`<optgroup label=${label} key=${label}>
            ${all.map((filter) => html`<option key=${filter} value=${filter} selected=${filter === asked.outcome}>${filterWords(filter)}</option>`)}
          </optgroup>`,
        )}
      </select>
    </label>
  </form>`;
}

/** After the last key. */
const PAUSE_MS = 250;

function ask({ outcome, typed }: Asked): void {
  const search = new URLSearchParams();
  if (outcome !== '') search.set('outcome', outcome);
  if (typed.trim() !== '') search.set('q', typed.trim());
  goToPage({ path: [], search: String(search) }, { isReplacing: true });
}

function fieldValue({ currentTarget }: Event): string {
  return (currentTarget as HTMLInputElement | HTMLSelectElement).value;
}
