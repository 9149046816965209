import {
  FILTER_NAMES,
  type InboxFilter,
  NO_FILTER,
  readFilter,
} from '../../src/domain/inbox/inbox-filter.ts';
import { FIRST_VIEW, INBOX_VIEWS, type InboxView } from '../../src/domain/inbox/inbox-view.ts';
import { PAGE_NAMES, type PageName } from '../shell/page-names.ts';

/** What the address bar says. `practiceId` is null at the root: the first practice is meant. */
export interface Route {
  practiceId: string | null;
  view: InboxView;
  conversationId: string | null;
  query: string;
  filter: InboxFilter;
  /** A page beside the inbox, which takes its place on screen. */
  page: PageAddress | null;
}

export interface PageAddress {
  name: PageName;
  path: string[];
  /** Without the question mark. */
  search: string;
}

/** Where the inbox of a practice begins. */
export const INBOX = {
  view: FIRST_VIEW,
  conversationId: null,
  query: '',
  filter: NO_FILTER,
  page: null,
} satisfies Partial<Route>;

/** The secret of a link that was made for somebody; null on any other page. See welcome-links.ts for its kinds. */
export function welcomeToken({ pathname, hash }: Pick<URL, 'pathname' | 'hash'>): string | null {
  return pathname === '/welcome' && hash.length > 1 ? hash.slice(1) : null;
}

/**
 * /{practice}[/{view}][/c/{conversation}][?q=words&line=…&language=…&useCase=…&callerKind=…]; the view where an inbox
 * opens is not written. Or /{practice}/{page}/…
 */
export function readRoute(address: Pick<URL, 'pathname' | 'search'>): Route {
  const [practiceId, ...rest] = address.pathname.split('/').filter(Boolean).map(decode);
  const name = PAGE_NAMES.find((one) => one === rest[0]);
  if (practiceId !== undefined && name !== undefined) {
    return { ...INBOX, practiceId, page: { name, path: rest.slice(1), search: address.search.slice(1) } };
  }
  const view = INBOX_VIEWS.find((name) => name === rest[0]) ?? FIRST_VIEW;
  const at = rest.indexOf('c');
  const parameters = new URLSearchParams(address.search);
  return {
    practiceId: practiceId ?? null,
    view,
    conversationId: at === -1 ? null : (rest[at + 1] ?? null),
    query: parameters.get('q') ?? '',
    // What it cannot be is left out, so that a list is shown all the same.
    filter: readFilter((one) => parameters.get(one)).filter,
    page: null,
  };
}

export function writeRoute(route: Route): string {
  if (route.practiceId === null) return '/';
  if (route.page !== null) {
    const { name, path, search } = route.page;
    return addressWith([route.practiceId, name, ...path], search);
  }
  const parts = [route.practiceId];
  if (route.view !== FIRST_VIEW) parts.push(route.view);
  if (route.conversationId !== null) parts.push('c', route.conversationId);
  const { query, filter } = route;
  return addressWith(
    parts,
    String(new URLSearchParams({ ...(query && { q: query }), ...parametersOf(filter) })),
  );
}

/** As the server takes them too. */
export function parametersOf(filter: InboxFilter): Record<string, string> {
  return Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (filter[name] === null ? [] : [[name, filter[name]]])),
  );
}

function addressWith(parts: string[], search: string): string {
  return `/${parts.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
