import type { ConversationSummary } from '../../../src/domain/conversation-summary.ts';
import type { InboxView } from '../../../src/domain/inbox-view.ts';
import { html, useEffect, useLayoutEffect, useRef, type VNode } from '../../design/html.ts';
import { type IconName, icon } from '../../design/icon.ts';
import { emptyState, hidden, skeleton } from '../../design/parts.ts';
import { loadMore, loadPage, search } from '../actions/inbox-actions.ts';
import { focusedRowId, rowSelector } from '../focus.ts';
import type { Load } from '../state/state.ts';
import { counts, found, listed, page, practice, query, session, view } from '../store.ts';
import { VIEW_WORDS } from '../words.ts';
import { AlarmNotices, SetUpList } from './lazy-views.ts';
import { Rows } from './rows.ts';
import { SearchField } from './search-field.ts';

export function List(): VNode {
  useKeptFocus();
  const isSearching = query.value !== '';
  const shown = isSearching ? found.value : page.value;
  const rows = listed.value;
  const title = isSearching ? 'Search' : VIEW_WORDS[view.value];
  return html`<section class="list-pane" aria-labelledby="list-title">
    <div class="list-head">
      <button type="button" class="icon-button list-head__menu" popovertarget="rail" aria-label="Menu">${icon('menu')}</button>
      <h2 class="list-head__title" id="list-title" tabindex="-1">${title}</h2>
      <${SearchField} />
    </div>
    <div class="list-scroll" id="list">
      <${AlarmNotices} isWanted=${practice.value?.role !== 'staff'} />
      ${rows.length > 0 ? sections(rows, isSearching) : null}
      ${rows.length === 0 ? nothingListed(shown?.load ?? { is: 'loading' }, isSearching) : null}
      ${rows.length > 0 && shown?.load.is === 'failed' ? failed(shown.load.message, () => void loadMore()) : null}
      ${shown?.nextCursor ? html`<${MoreRows} key=${shown.nextCursor} />` : null}
    </div>
  </section>`;
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

function sections(rows: readonly ConversationSummary[], isSearching: boolean): VNode[] {
  if (isSearching || view.value === 'snoozed' || view.value === 'done') return [section('all', null, rows)];
  const waiting = rows.filter(({ waitingSince }) => waitingSince !== null);
  const others = rows.filter(({ waitingSince }) => waitingSince === null);
  return [
    ...(waiting.length > 0 ? [section('needs-reply', 'Needs reply', waiting)] : []),
    ...(others.length > 0 ? [section('awaiting-caller', 'Waiting on the caller', others)] : []),
  ];
}

/** Counted by the server: of a long list only the beginning is here. */
function sectionCount(key: string): VNode | null {
  if (counts.value === null || view.value !== 'open') return null;
  const waiting = counts.value['needs-reply'];
  return html`<span class="list-section__count"><span class="visually-hidden">, </span>${key === 'needs-reply' ? waiting : counts.value.open - waiting}</span>`;
}

function section(key: string, title: string | null, rows: readonly ConversationSummary[]): VNode {
  const isWhole = query.value === '' ? page.value?.nextCursor === null : found.value?.nextCursor === null;
  const list = html`<${Rows} rows=${rows} isWhole=${isWhole} />`;
  if (title === null) return html`<div class="list-section" key=${key}>${list}</div>`;
  return html`<section class="list-section" key=${key} aria-labelledby=${`section-${key}`}>
    <h3 class="list-section__title" id=${`section-${key}`}>${title}${sectionCount(key)}</h3>
    ${list}
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

/** What happens next, where there is nothing yet. */
const EMPTY: Record<InboxView, readonly [icon: IconName, title: string, text: string]> = {
  open: [
    'inbox',
    'Nobody is waiting',
    'When a caller hangs up on hold, or chooses to text, the conversation appears here by itself.',
  ],
  'needs-reply': ['check', 'All answered', 'Callers who write next appear here, the longest waiting first.'],
  mine: [
    'person',
    'Nothing is assigned to you',
    'Take a conversation with its assignee button and it appears here.',
  ],
  unassigned: [
    'no-person',
    'Every conversation has somebody',
    'New callers appear here until a staff member takes them.',
  ],
  'awaiting-caller': [
    'reply',
    'We wait for nobody',
    'Conversations whose caller has the word rest here until they write.',
  ],
  snoozed: [
    'clock',
    'Nothing is snoozed',
    'A snoozed conversation rests here and comes back at its time, or when the caller writes.',
  ],
  done: ['check', 'Nothing is done yet', 'Conversations marked done are kept here. A new text reopens them.'],
};

function emptyView(name: InboxView): VNode {
  const empty = emptyState(...EMPTY[name], name === 'open' ? simulatorLink() : null);
  if (name !== 'open' || practice.value?.role === 'staff') return empty;
  return html`${empty}<${SetUpList} />`;
}

function simulatorLink(): VNode | null {
  if (session.value?.environment === 'production') return null;
  return html`<a class="button" href="/simulator" target="_blank" rel="noreferrer noopener">${icon('phone')}Try it with the handset${hidden(' (new tab)')}</a>`;
}
