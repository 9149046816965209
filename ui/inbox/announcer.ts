import { signal } from '@preact/signals';

/** What the polite live region says. */
export const announcement = signal('');

/** A screen reader hears it once, without losing its place; the same words again are heard again. */
export function announce(text: string): void {
  announcement.value = announcement.peek() === text ? `${text}\u00a0` : text;
}
