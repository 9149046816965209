import { signal } from '@preact/signals';

/** What the polite live region says. */
export const announcement = signal('');

const STAYS_MS = 3000;
let timer = 0;

/** A screen reader hears it once, without losing its place, and does not come across it later. */
export function announce(text: string): void {
  clearTimeout(timer);
  // The same words twice are two announcements.
  announcement.value = announcement.peek() === text ? `${text}\u00a0` : text;
  timer = setTimeout(() => {
    announcement.value = '';
  }, STAYS_MS);
}
