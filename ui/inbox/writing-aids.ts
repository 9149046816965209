import { signal } from '@preact/signals';
import { isNewVersion } from '../shell/missing-part.ts';

type Writing = typeof import('./writing/writing.ts');

/** What helps with writing a reply; null until it has come. */
export const writing = signal<Writing | null>(null);

/** Where it does not come, the composer does without, and the next conversation asks again. */
export async function loadWriting(): Promise<void> {
  try {
    writing.value = await import('./writing/writing.ts');
  } catch {
    await isNewVersion();
  }
}
