import { type Signal, useSignal } from '@preact/signals';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import type { Answer } from '../../shell/page.ts';

export interface Loaded<T> {
  answer: Signal<Answer<T> | null>;
  load: () => Promise<void>;
}

export function useLoaded<T>(ask: () => Promise<Answer<T>>): Loaded<T> {
  const answer = useSignal<Answer<T> | null>(null);
  const load = async () => {
    answer.value = await ask();
  };
  useEffect(() => void load(), []);
  return { answer, load };
}

/** What stands in for it while it is not there. */
export function notThere<T>({ answer, load }: Loaded<T>, what: string): VNode | null {
  const current = answer.value;
  if (current === null) return skeleton(3, 'row', `Loading ${what}`);
  if (current.ok) return null;
  const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
  return emptyState('alert', 'This could not be loaded', current.message, again);
}
