import { computed, signal } from '@preact/signals';

const TICK_MS = 10_000;
const MINUTE_MS = 60_000;

/** The time that waiting times are counted to. */
export const now = signal(Date.now());

/** The same, for what need not be drawn anew at every tick. */
export const minute = computed(() => Math.floor(now.value / MINUTE_MS) * MINUTE_MS);

export function startClock(): void {
  setInterval(() => {
    now.value = Date.now();
  }, TICK_MS);
}
