import { signal } from '@preact/signals';

/** Whether this person takes what is nobody's by beginning to write; the setting changes it at once. */
export const claims = signal(true);
