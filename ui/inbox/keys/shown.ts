import { signal } from '@preact/signals';
import type { Choosing } from './choices.ts';

/** What the keyboard has put on screen. */
export const areShortcutsShown = signal(false);
export const choosing = signal<Choosing | null>(null);

export function showShortcuts(): boolean {
  areShortcutsShown.value = true;
  return true;
}

export function closeShortcuts(): void {
  areShortcutsShown.value = false;
}

export function closeChooser(): void {
  choosing.value = null;
}
