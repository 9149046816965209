import { INBOX_VIEWS, type InboxView } from '../../src/domain/inbox-view.ts';

/** What the address bar says. `practiceId` is null at the root: the first practice is meant. */
export interface Route {
  practiceId: string | null;
  view: InboxView;
  conversationId: string | null;
  query: string;
}

/** /{practice}[/{view}][/c/{conversation}][?q=words]; the view `open` is not written. */
export function readRoute(address: Pick<URL, 'pathname' | 'search'>): Route {
  const [practiceId, ...rest] = address.pathname.split('/').filter(Boolean).map(decode);
  const view = INBOX_VIEWS.find((name) => name === rest[0]) ?? 'open';
  const at = rest.indexOf('c');
  return {
    practiceId: practiceId ?? null,
    view,
    conversationId: at === -1 ? null : (rest[at + 1] ?? null),
    query: new URLSearchParams(address.search).get('q') ?? '',
  };
}

export function writeRoute(route: Route): string {
  if (route.practiceId === null) return '/';
  const parts = [route.practiceId];
  if (route.view !== 'open') parts.push(route.view);
  if (route.conversationId !== null) parts.push('c', route.conversationId);
  const search = route.query === '' ? '' : `?${new URLSearchParams({ q: route.query })}`;
  return `/${parts.map(encodeURIComponent).join('/')}${search}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
