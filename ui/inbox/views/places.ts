/** Where the messages on screen stand in what is scrolled. */
import type { Message } from '../../../src/domain/conversation/message.ts';
import { type Sought, sought } from '../actions/reading.ts';

/** The first message in sight, and how far below the upper edge it stands. */
export interface Anchor {
  id: string;
  top: number;
}

export function belowPx(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
}

export function anchorIn(scroller: HTMLElement): Anchor | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const item of scroller.querySelectorAll<HTMLElement>('[data-message-id]')) {
    const { top, bottom } = item.getBoundingClientRect();
    if (bottom > edge) return { id: item.getAttribute('data-message-id') ?? '', top: top - edge };
  }
  return null;
}

export function keepInPlace(scroller: HTMLElement, { id, top }: Anchor): void {
  const item = itemOf(scroller, id);
  if (item === null) return;
  const moved = item.getBoundingClientRect().top - scroller.getBoundingClientRect().top - top;
  if (moved !== 0) scroller.scrollTop += moved;
}

/** Once what somebody sought is drawn, it is in the middle, marked, and has the keyboard. */
export function goToSought(
  scroller: HTMLElement,
  place: Sought | null,
  conversationId: string,
  messages: readonly Message[],
): boolean {
  if (place?.conversationId !== conversationId) return false;
  const item = itemOf(scroller, messages.find(({ seq }) => seq === place.seq)?.id ?? '');
  if (item === null) return false;
  sought.value = null;
  for (const other of scroller.querySelectorAll('[data-sought]')) other.removeAttribute('data-sought');
  item.setAttribute('data-sought', 'true');
  item.tabIndex = -1;
  item.scrollIntoView({ block: 'center' });
  item.focus({ preventScroll: true });
  return true;
}

function itemOf(scroller: HTMLElement, messageId: string): HTMLElement | null {
  return scroller.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`);
}
