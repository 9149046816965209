/** How much is loaded of each list: of a view, as far as it is narrowed. */
import { FILTER_NAMES, type InboxFilter } from '../../../src/domain/inbox/inbox-filter.ts';
import { BUCKETS_OF, type InboxView } from '../../../src/domain/inbox/inbox-view.ts';
import type { Page, State } from './state.ts';

export interface List {
  view: InboxView;
  filter: InboxFilter;
}

export function listKey({ view, filter }: List): string {
  return [view, ...FILTER_NAMES.map((name) => filter[name] ?? '')].join(' ').trimEnd();
}

/** Null where nothing is known of it. */
export function pageFor({ pages }: State, list: List): Page | null {
  return pages[listKey(list)] ?? partOf(pages.open, list.view);
}

/** Of all that are open the socket's first frame brings the beginning, and with it that of every list of open ones. */
function partOf(open: Page | undefined, view: InboxView): Page | null {
  const [first, last] = BUCKETS_OF[view];
  if (open === undefined || last > BUCKETS_OF.open[1]) return null;
  const reached = open.horizon?.[0] ?? null;
  if (reached === null) return open;
  if (reached < first) return null;
  return reached > last ? { ...open, horizon: null, nextCursor: null, load: { is: 'ready' } } : open;
}
