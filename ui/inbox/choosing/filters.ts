import {
  CALLER_KINDS,
  FILTERED_USE_CASES,
  type InboxFilter,
  NO_FILTER,
} from '../../../src/domain/inbox/inbox-filter.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { languageChoices } from '../../design/language-choices.ts';
import { emptyState, hidden } from '../../design/parts.ts';
import { goTo } from '../actions/navigation.ts';
import { announce } from '../announcer.ts';
import { focusSoon, LIST_TITLE } from '../focus.ts';
import { conversations, filter, query, view } from '../store.ts';
import { VIEW_WORDS } from '../words.ts';
import { CALLER_WORDS, FILTER_LABELS, filtersSet, USE_CASE_WORDS } from './filter-words.ts';
import { lineNames } from './lines.ts';
import { startSelecting } from './selection.ts';

/** What the button in the head of the list opens. What is chosen holds at once, and stands in the address. */
export function FilterMenu(): VNode {
  const isAnySet = filtersSet(filter.value).length > 0;
  return html`<div class="menu filters" id="filters" popover="auto" role="group" aria-label="Filter and select" onToggle=${focusFirst}>
    ${choice('line', [...lineNames.value])}
    ${choice('language', languages())}
    ${choice(
      'useCase',
      FILTERED_USE_CASES.map((one) => [one, USE_CASE_WORDS[one]]),
    )}
    ${choice(
      'callerKind',
      CALLER_KINDS.map((one) => [one, CALLER_WORDS[one]]),
    )}
    <div class="filters__foot">
      <button type="button" class="button button--small" aria-disabled=${isAnySet ? undefined : 'true'} onClick=${() => isAnySet && narrow(NO_FILTER)}>Clear filters</button>
      <button type="button" class="button button--small" onClick=${select}>Select conversations</button>
    </div>
  </div>`;
}

function choice(
  name: keyof InboxFilter,
  options: readonly (readonly [value: string, words: string])[],
): VNode {
  const set = filter.value[name] ?? '';
  const unknown = set !== '' && !options.some(([value]) => value === set);
  const all = unknown ? [...options, [set, name === 'language' ? languageName(set) : set] as const] : options;
  return html`<div class="filters__choice">
    <label for=${`filter-${name}`}>${FILTER_LABELS[name]}</label>
    <select
      id=${`filter-${name}`}
      value=${set}
      onChange=${(event: Event) => narrow({ ...filter.peek(), [name]: (event.currentTarget as HTMLSelectElement).value || null })}
    >
      <option value="">All</option>
      ${all.map(([value, words]) => html`<option key=${value} value=${value} selected=${value === set}>${words}</option>`)}
    </select>
  </div>`;
}

/** Those that are here first, then what callers often speak. */
function languages(): [string, string][] {
  const here = [...new Set([...conversations.value.values()].map(({ language }) => language))].sort();
  return [
    ...here.map((tag): [string, string] => [tag, languageName(tag)]),
    ...languageChoices(here).map(({ tag, name }): [string, string] => [tag, name]),
  ];
}

function select(): void {
  document.getElementById('filters')?.hidePopover();
  startSelecting();
  announce('Each row has a box now');
  focusSoon('.row-check input[tabindex="0"]');
}

function focusFirst(event: ToggleEvent): void {
  if (event.newState === 'open' && event.currentTarget instanceof HTMLElement)
    event.currentTarget.querySelector('select')?.focus();
}

function narrow(to: InboxFilter): void {
  goTo({ filter: to }, { isReplacing: true });
}

/** What is set, below the head of the list; each can be taken off by itself. */
export function FilterChips(): VNode | null {
  const set = filtersSet(filter.value);
  if (set.length === 0) return null;
  return html`<div class="filter-chips" role="group" aria-label="Filters that are set">
    ${set.map(
      ({
        name,
        words,
      }) => html`<button type="button" class="filter-chip" key=${name} title=${`${FILTER_LABELS[name]}: take off`} onClick=${() => take(name)}>
        ${hidden(`${FILTER_LABELS[name]}: `)}<bdi>${words}</bdi>${hidden(', take off')}${icon('close')}
      </button>`,
    )}
    ${set.length > 1 ? html`<button type="button" class="button button--small button--quiet" onClick=${clear}>Clear all</button>` : null}
  </div>`;
}

function take(name: keyof InboxFilter): void {
  narrow({ ...filter.peek(), [name]: null });
  focusSoon('.filter-chip, #list-title');
}

function clear(): void {
  narrow(NO_FILTER);
  focusSoon(LIST_TITLE);
}

/** Which filters hide everything, and the way out. */
export function NothingPasses(): VNode {
  const set = filtersSet(filter.value).map(({ words }) => `“${words}”`);
  const where = query.value === '' ? `in “${VIEW_WORDS[view.value]}”` : 'that was found';
  return emptyState(
    'filter',
    'Nothing passes the filter',
    `Nothing ${where} is ${new Intl.ListFormat('en', { type: 'conjunction' }).format(set)}.`,
    html`<button type="button" class="button" onClick=${clear}>${set.length === 1 ? 'Clear the filter' : 'Clear all filters'}</button>`,
  );
}
