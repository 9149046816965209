import { signal } from '@preact/signals';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';

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

type Aloud = typeof import('./aloud/aloud.ts');

let aloud: Aloud | null = null;

/** What is said of texts need not be there before the first of them come. */
export async function loadAloud(): Promise<void> {
  try {
    aloud = await import('./aloud/aloud.ts');
  } catch {
    // The next text asks again.
  }
}

/** Before the state has taken in what the frame says. */
export function sayWhatCame(frame: Extract<InboxFrame, { type: 'conversation' }>): void {
  if (aloud === null) void loadAloud();
  else aloud.hear(frame);
}
