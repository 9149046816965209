import { useSignal } from '@preact/signals';
import { html, type VNode } from './html.ts';
import { icon } from './icon.ts';
import { hidden } from './parts.ts';

const SAID_MS = 2000;

interface Copy {
  /** What goes to the clipboard; null where it could not be had, of which somebody else tells. */
  text: string | (() => Promise<string | null>);
  /** Instead of "Copy". */
  label?: string;
  /** Completes "Copy …" for who does not see what it stands beside. */
  what: string;
  announce: (words: string) => void;
}

export function CopyButton({ text, what, label = 'Copy', announce }: Copy): VNode {
  const state = useSignal<'idle' | 'copied' | 'refused'>('idle');

  async function copy(): Promise<void> {
    const value = typeof text === 'string' ? text : await text();
    if (value === null) return;
    const isCopied = await navigator.clipboard.writeText(value).then(
      () => true,
      () => false,
    );
    state.value = isCopied ? 'copied' : 'refused';
    announce(isCopied ? `Copied ${what}` : 'The browser did not allow copying. Select it and copy by hand.');
    setTimeout(() => {
      state.value = 'idle';
    }, SAID_MS);
  }

  const words = { idle: label, copied: 'Copied', refused: 'Copy by hand' }[state.value];
  return html`<button type="button" class="button" onClick=${() => void copy()}>
    ${icon(state.value === 'copied' ? 'check' : 'copy')}${words}${words.endsWith(what) ? null : hidden(` ${what}`)}
  </button>`;
}
