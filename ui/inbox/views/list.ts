import type { ConversationSummary } from '../../../src/domain/conversation-summary.ts';
import type { InboxView } from '../../../src/domain/inbox-view.ts';
import { loadMore, loadPage, search } from '../actions/inbox-actions.ts';
import { goTo } from '../actions/navigation.ts';
import { html, useEffect, useRef, type VNode } from '../html.ts';
import type { Load } from '../state/state.ts';
import { counts, found, listed, page, query, session, view } from '../store.ts';
import { VIEW_WORDS } from '../words.ts';
import { icon } from './icon.ts';
import { emptyState, hidden, skeleton } from './parts.ts';
import { row } from './row.ts';

const SEARCH_PAUSE_MS = 200;
let searchTimer = 0;

export function List(): VNode {
  const isSearching = query.value !== '';
  const shown = isSearching ? found.value : page.value;
  const rows = listed.value;
  const title = isSearching ? `Results for “${query.value}”` : VIEW_WORDS[view.value];
  return html`<section class="list-pane" aria-labelledby="list-title">
    <div class="list-head">
      <div class="list-head__bar">
        <button type="button" class="icon-button list-head__menu" popovertarget="rail" aria-label="Menu">${icon('menu')}</button>
        <h2 class="list-head__title" id="list-title" tabindex="-1">${title}</h2>
        ${isSearching || !counts.value ? null : html`<span class="list-head__count">${counts.value[view.value]}${hidden(' conversations')}</span>`}
      </div>
      ${searchField()}
    </div>
    <div class="list-scroll" id="list">
      ${rows.length > 0 ? sections(rows, isSearching) : null}
      ${rows.length === 0 ? nothingListed(shown?.load ?? { is: 'loading' }, isSearching) : null}
      ${rows.length > 0 && shown?.load.is === 'failed' ? failed(shown.load.message, () => void loadMore()) : null}
      ${shown?.nextCursor ? html`<${MoreRows} key=${shown.nextCursor} />` : null}
    </div>
  </section>`;
}

function searchField(): VNode {
  return html`<search class="search">
    ${icon('search')}
    <input
      id="search"
      type="search"
      aria-label="Search conversations"
      placeholder="Search"
      autocomplete="off"
      value=${query.value}
      onInput=${(event: Event) => searchSoon((event.currentTarget as HTMLInputElement).value)}
    />
    <kbd aria-hidden="true">/</kbd>
  </search>`;
}

function searchSoon(text: string): void {
  clearTimeout(searchTimer);
  searchTimer = setTimeout(() => goTo({ query: text.trim() }, { isReplacing: true }), SEARCH_PAUSE_MS);
}

function sections(rows: ConversationSummary[], isSearching: boolean): VNode[] {
  if (isSearching || view.value === 'snoozed' || view.value === 'done') return [section('all', null, rows)];
  const waiting = rows.filter(({ waitingSince }) => waitingSince !== null);
  const others = rows.filter(({ waitingSince }) => waitingSince === null);
  return [
    ...(waiting.length > 0 ? [section('needs-reply', 'Needs reply', waiting)] : []),
    ...(others.length > 0 ? [section('awaiting-caller', 'Waiting on the caller', others)] : []),
  ];
}

function section(key: string, title: string | null, rows: ConversationSummary[]): VNode {
  const titleId = `section-${key}`;
  return html`<section class="list-section" key=${key} aria-labelledby=${title === null ? 'list-title' : titleId}>
    ${title === null ? null : html`<h3 class="list-section__title" id=${titleId}>${title}</h3>`}
    <ol>${rows.map(row)}</ol>
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
      return failed(load.message, () => void (isSearching ? search(query.peek()) : loadPage(view.peek())));
    case 'ready':
      return isSearching
        ? emptyState('search', 'Nothing found', 'Search looks at names, numbers and the words of every text.')
        : emptyView(view.value);
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

function emptyView(name: InboxView): VNode {
  switch (name) {
    case 'open':
      return emptyState(
        'inbox',
        'Nobody is waiting',
        'When a caller hangs up on hold, or chooses to text, the conversation appears here by itself.',
        simulatorLink(),
      );
    case 'needs-reply':
      return emptyState(
        'check',
        'All answered',
        'Callers who write next appear here, the longest waiting first.',
      );
    case 'mine':
      return emptyState(
        'person',
        'Nothing is assigned to you',
        'Take a conversation with its assignee button and it appears here.',
      );
    case 'unassigned':
      return emptyState(
        'no-person',
        'Every conversation has somebody',
        'New callers appear here until a staff member takes them.',
      );
    case 'snoozed':
      return emptyState(
        'clock',
        'Nothing is snoozed',
        'A snoozed conversation rests here and comes back at its time, or when the caller writes.',
      );
    case 'done':
      return emptyState(
        'check',
        'Nothing is done yet',
        'Conversations marked done are kept here. A new text reopens them.',
      );
  }
}

function simulatorLink(): VNode | null {
  if (session.value?.environment === 'production') return null;
  return html`<a class="button" href="/simulator" target="_blank" rel="noreferrer noopener">${icon('phone')}Try it with the handset${hidden(' (new tab)')}</a>`;
}
