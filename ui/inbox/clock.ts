import { computed, signal } from '@preact/signals';
import { listed } from './store.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** The time that waiting times are counted to. */
export const now = signal(Date.now());

/** The same, for what need not be drawn anew at every tick. */
export const minute = computed(() => Math.floor(now.value / MINUTE_MS) * MINUTE_MS);

/** Every second while somebody has been waiting for less than a minute, every ten seconds otherwise. */
export function startClock(): void {
  setInterval(() => {
    const time = Date.now();
    const isFresh = listed
      .peek()
      .some(({ waitingSince }) => waitingSince !== null && time - waitingSince < MINUTE_MS + SECOND_MS);
    if (isFresh || time - now.peek() >= 10 * SECOND_MS) now.value = time;
  }, SECOND_MS);
}
