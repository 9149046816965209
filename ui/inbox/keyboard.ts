import { signal } from '@preact/signals';
import { partMissing } from '../shell/missing-part.ts';
import type { Action } from './keys/shortcuts.ts';

type Keys = typeof import('./keys/keys.ts');

/** What keys do; null until it has come. */
export const keys = signal<Keys | null>(null);

/** Who presses one before its script has come is heard when it is there. */
export function followKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (keys.peek() === null) void loadKeys().then(() => keys.peek()?.onKey(event));
    else keys.peek()?.onKey(event);
  });
}

export async function loadKeys(): Promise<void> {
  try {
    keys.value = await import('./keys/keys.ts');
  } catch {
    // The next key asks again; everything can be done without.
  }
}

/** For a button that opens what a key opens. */
export async function withKeys(open: (keys: Keys) => void): Promise<void> {
  await loadKeys();
  const loaded = keys.peek();
  if (loaded === null) await partMissing();
  else open(loaded);
}

/** For `aria-keyshortcuts` of what does the same as a key. */
export function ariaKeys(action: Action): string | undefined {
  return keys.value?.ariaKeys(action);
}

/** The key that is shown on it. */
export function shownKey(action: Action): string | undefined {
  return keys.value?.shownKey(action);
}
