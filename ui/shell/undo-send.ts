import { signal } from '@preact/signals';

/** For how long this person can take a reply back; null until the server has told. The setting changes it at once. */
export const undoSeconds = signal<number | null>(null);
