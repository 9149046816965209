import { computed } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { isFiltered } from '../../../src/domain/inbox/inbox-filter.ts';
import type { InboxView } from '../../../src/domain/inbox/inbox-view.ts';
import { html, useEffect, useLayoutEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { emptyState, hidden, skeleton } from '../../design/parts.ts';
import { partMissing } from '../../shell/missing-part.ts';
import { loadMore, loadPage, search } from '../actions/inbox-actions.ts';
import { focusedRowId, rowSelector } from '../focus.ts';
import { listKey } from '../state/list-pages.ts';
import type { Load } from '../state/state.ts';
import { counts, filter, found, list, listed, page, practice, query, view } from '../store.ts';
import { VIEW_WORDS } from '../words.ts';
import {
  AlarmNotices,
  EmptyView,
  FilterChips,
  FilterMenu,
  NothingPasses,
  SearchResults,
  SelectBar,
} from './lazy-views.ts';
import { Rows } from './rows.ts';
import { SearchField } from './search-field.ts';

export function List(): VNode {
  useKeptFocus();
  useTop(listKey(list.value));
  const isSearching = query.value !== '';
  const shown = isSearching ? found.value : page.value;
  const rows = listed.value;
  const load = shown?.load ?? { is: 'loading' };
  // Of a narrowed view a page may be empty, and more come after it all the same.
  const isLooking = load.is === 'loading' || (load.is === 'ready' && Boolean(shown?.nextCursor));
  const isNothing = load.is === 'ready' && !isFiltered(filter.value);
  const showsResults = isSearching && (rows.length > 0 || isNothing);
  return html`<section class="list-pane" aria-labelledby="list-title">
    <div class="list-head">
      <button type="button" class="icon-button list-head__menu" popovertarget="rail" aria-label="Menu">${icon('menu')}</button>
      <h2 class="list-head__title" id="list-title" tabindex="-1">${isSearching ? 'Search' : viewTitle()}</h2>
      <${SearchField} />
      ${filterButton()}
      <${FilterMenu} isWanted=${false} />
    </div>
    <${FilterChips} isWanted=${isFiltered(filter.value)} />
    <div class="list-scroll" id="list">
      <${AlarmNotices} isWanted=${practice.value?.role !== 'staff'} />
      ${showsResults ? html`<${SearchResults} />` : rows.length > 0 ? sections(rows) : null}
      ${rows.length === 0 && !showsResults ? nothingListed(isLooking ? { is: 'loading' } : load, isSearching) : null}
      ${rows.length > 0 && load.is === 'failed' ? failed(load.message, () => void loadMore()) : null}
      ${shown?.nextCursor ? html`<${MoreRows} key=${shown.nextCursor} />` : null}
    </div>
    <${SelectBar} isWanted=${false} />
  </section>`;
}

/** The menu mostly is there before anybody asks for it. */
function filterButton(): VNode {
  return html`<button
    type="button"
    class="icon-button list-head__filter"
    popovertarget="filters"
    aria-label="Filter and select"
    title="Filter and select"
    data-set=${String(isFiltered(filter.value))}
    onClick=${() => void FilterMenu.fetch().catch(partMissing)}
  >
    ${icon('filter')}
  </button>`;
}

/** A row that moves to another section is drawn anew, and would lose the keyboard. */
function useKeptFocus(): void {
  const id = focusedRowId();
  useLayoutEffect(() => {
    if (id === null || focusedRowId() !== null) return;
    const rows = document.querySelector('#list');
    const row =
      rows?.querySelector<HTMLElement>(rowSelector(id)) ??
      rows?.querySelector<HTMLElement>('.row[tabindex="0"]');
    row?.focus({ preventScroll: true });
  });
}

/** Each list is looked at from its top. */
function useTop(key: string): void {
  const shown = useRef(key);
  useLayoutEffect(() => {
    if (shown.current !== key) document.querySelector('#list')?.scrollTo(0, 0);
    shown.current = key;
  }, [key]);
}

const HAS_SECTIONS: ReadonlySet<InboxView> = new Set(['open', 'mine', 'unassigned']);

function viewTitle(): (string | VNode | null)[] {
  const n = isFiltered(filter.value) ? listedCount(listed.value) : (counts.value?.[view.value] ?? null);
  return [VIEW_WORDS[view.value], count(n)];
}

/** Null where only a beginning is here. */
function listedCount(rows: readonly ConversationSummary[]): number | null {
  return page.value?.load.is === 'ready' && page.value.horizon === null ? rows.length : null;
}

function count(n: number | null): VNode | null {
  if (n === null || n === 0) return null;
  return html`<span class="list-count">${hidden(', ')}${n.toLocaleString('en-US')}</span>`;
}

/** The same rows as long as the list is the same: what draws them tells by that. */
const parts = computed(() => ({
  waiting: listed.value.filter(({ waitingSince }) => waitingSince !== null),
  others: listed.value.filter(({ waitingSince }) => waitingSince === null),
}));

function sections(rows: readonly ConversationSummary[]): VNode[] {
  if (!HAS_SECTIONS.has(view.value)) return [section('all', null, rows)];
  const { waiting, others } = parts.value;
  return [
    ...(waiting.length > 0 ? [section('needs-reply', 'Needs reply', waiting)] : []),
    ...(others.length > 0
      ? [section('awaiting-caller', 'Waiting on the caller', others, waiting.length)]
      : []),
  ];
}

/** Of what is open the server counts: of a long list only the beginning is here. */
function sectionCount(
  key: 'needs-reply' | 'awaiting-caller',
  rows: readonly ConversationSummary[],
): number | null {
  if (view.value === 'open' && !isFiltered(filter.value)) return counts.value?.[key] ?? null;
  return listedCount(rows);
}

function section(
  key: 'needs-reply' | 'awaiting-caller' | 'all',
  title: string | null,
  rows: readonly ConversationSummary[],
  above = 0,
): VNode {
  const isWhole = page.value?.nextCursor === null;
  // Another list begins anew, with what of it is in sight.
  const drawn = html`<${Rows} key=${listKey(list.value)} rows=${rows} isWhole=${isWhole} above=${above} />`;
  if (key === 'all') return html`<div class="list-section" key=${key}>${drawn}</div>`;
  return html`<section class="list-section" key=${key} aria-labelledby=${`section-${key}`}>
    <h3 class="list-section__title" id=${`section-${key}`}>${title}${count(sectionCount(key, rows))}</h3>
    ${drawn}
  </section>`;
}

/** Asks for the next page when it comes into sight; a button for those who do not scroll. */
function MoreRows(): VNode {
  const place = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const button = place.current;
    if (button === null) return;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void loadMore();
    });
    watch.observe(button);
    return () => watch.disconnect();
  }, []);
  return html`<button ref=${place} type="button" class="button button--quiet more" onClick=${() => void loadMore()}>Show more</button>`;
}

function nothingListed(load: Load, isSearching: boolean): VNode {
  switch (load.is) {
    case 'loading':
      return skeleton(7, 'row', 'Loading conversations');
    case 'failed':
      return failed(load.message, () => void (isSearching ? search(query.peek()) : loadPage(list.peek())));
    case 'ready':
      return isFiltered(filter.value)
        ? html`<${NothingPasses} />`
        : html`<${EmptyView} name=${view.value} />`;
  }
}

function failed(message: string, tryAgain: () => void): VNode {
  return emptyState(
    'alert',
    'This could not be loaded',
    message,
    html`<button type="button" class="button" onClick=${tryAgain}>Try again</button>`,
  );
}
