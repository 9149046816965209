import { computed } from '@preact/signals';
import type { InboxView } from '../../../src/domain/inbox/inbox-view.ts';
import { focusSoon, LIST_TITLE, PAGE_TITLE, rowSelector } from '../focus.ts';
import { INBOX, type PageAddress, type Route, readRoute, writeRoute } from '../route.ts';
import { moved } from '../state/session-changes.ts';
import { change, conversationId, filter, pageAddress, placeId, route } from '../store.ts';

/** Left in the history entry, so that the way back to the list is the browser's own. */
interface Step {
  cameFromList: boolean;
}

export function goTo(next: Partial<Route>, { isReplacing = false } = {}): void {
  const target = { ...route.peek(), ...next };
  const step: Step = { cameFromList: route.peek().conversationId === null };
  if (isReplacing) history.replaceState(history.state, '', writeRoute(target));
  else if (writeRoute(target) !== writeRoute(route.peek())) history.pushState(step, '', writeRoute(target));
  show(target);
}

/** Another page, or the inbox again: the keyboard begins at its title, where a screen reader says what it is. */
function show(target: Route): void {
  const before = pageAddress.peek()?.name;
  change(moved, target);
  if (before !== target.page?.name) focusScreen();
}

export function focusScreen(): void {
  focusSoon(pageAddress.peek() === null ? LIST_TITLE : PAGE_TITLE);
}

/** To a place of the page on screen, or to another page. */
export function goToPage(next: Partial<PageAddress>, options: { isReplacing?: boolean } = {}): void {
  const page = pageWith(next);
  if (page !== null) goTo({ ...INBOX, page }, options);
}

export function pageHref(next: Partial<PageAddress>): string {
  return writeRoute({ ...INBOX, practiceId: placeId.value, page: pageWith(next) });
}

function pageWith(next: Partial<PageAddress>): PageAddress | null {
  const name = next.name ?? pageAddress.value?.name;
  return name === undefined ? null : { path: [], search: '', ...next, name };
}

/** As far as it is narrowed now. */
export function viewHref(name: InboxView): string {
  return writeRoute({ ...INBOX, practiceId: placeId.value, filter: filter.value, view: name });
}

export function addressOf(next: Partial<Route>): string {
  return writeRoute({ ...route.value, ...next });
}

/** Stays the same while one conversation after the other is opened, so that nothing is drawn anew for it. */
const withoutConversation = computed(() => addressOf({ conversationId: '' }));

export function conversationHref(id: string): string {
  return withoutConversation.value.replace(/\?|$/, (end) => encodeURIComponent(id) + end);
}

export function leaveConversation(): void {
  const step = history.state as Step | null;
  const id = conversationId.peek();
  if (step?.cameFromList) {
    history.back();
  } else {
    goTo({ conversationId: null });
    if (id !== null) focusSoon(rowSelector(id));
  }
}

/** Plain clicks on the inbox's own addresses stay in the page; everything else is the browser's. */
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link =
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-inbox]') : null;
  if (link === null) return;
  event.preventDefault();
  goTo(readRoute(new URL(link.href)));
}

/** Back from a conversation, the keyboard is on its row again. */
export function followHistory(): void {
  const id = conversationId.peek();
  show(readRoute(location));
  if (id !== null && conversationId.peek() === null) focusSoon(rowSelector(id));
}
