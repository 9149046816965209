import { focusSoon, rowSelector } from '../focus.ts';
import { type Route, readRoute, writeRoute } from '../route.ts';
import { moved } from '../state/session-changes.ts';
import { change, conversationId, route } from '../store.ts';

/** Left in the history entry, so that the way back to the list is the browser's own. */
interface Step {
  cameFromList: boolean;
}

export function goTo(next: Partial<Route>, { isReplacing = false } = {}): void {
  const target = { ...route.peek(), ...next };
  const step: Step = { cameFromList: route.peek().conversationId === null };
  if (isReplacing) history.replaceState(history.state, '', writeRoute(target));
  else if (writeRoute(target) !== writeRoute(route.peek())) history.pushState(step, '', writeRoute(target));
  change(moved, target);
}

export function addressOf(next: Partial<Route>): string {
  return writeRoute({ ...route.value, ...next });
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
  change(moved, readRoute(location));
  if (id !== null && conversationId.peek() === null) focusSoon(rowSelector(id));
}
