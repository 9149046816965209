import { signal } from '@preact/signals';

/** What counts how long callers wait; null until it has come, see later.ts. */
export const waits = signal<typeof import('./waiting/waiting.ts') | null>(null);
