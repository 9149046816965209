import { signal } from '@preact/signals';

/** Tells the server what this page has on screen; another function each time the connection is a new one. */
export const say = signal<((text: string) => void) | null>(null);
