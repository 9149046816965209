import { useSignal } from '@preact/signals';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { emptyState } from '../../design/parts.ts';
import type { Welcome } from './welcome.ts';

/** The secret of a link that was made for somebody; null on any other page. See welcome-links.ts for its kinds. */
export function welcomeToken(address: Pick<URL, 'pathname' | 'hash'> = location): string | null {
  return address.pathname === '/welcome' && address.hash.length > 1 ? address.hash.slice(1) : null;
}

/** Seen once in the life of an account, and so fetched only then. */
export function LazyWelcome({ token }: { token: string }): VNode {
  const script = useSignal<{ is: 'fetched'; View: typeof Welcome } | { is: 'awaited' | 'failed' }>({
    is: 'awaited',
  });
  useEffect(() => {
    import('./welcome.ts').then(
      ({ Welcome: View }) => {
        script.value = { is: 'fetched', View };
      },
      () => {
        script.value = { is: 'failed' };
      },
    );
  }, []);
  const current = script.value;
  if (current.is === 'fetched') return html`<${current.View} token=${token} />`;
  return html`<main class="splash" aria-busy=${String(current.is === 'awaited')}>
    <h1 class="visually-hidden">Welcome to Offhook</h1>
    ${
      current.is === 'failed'
        ? emptyState(
            'wifi',
            'This page could not be loaded',
            'The link stays good: check the connection and load again.',
            html`<button type="button" class="button" onClick=${() => location.reload()}>Load again</button>`,
          )
        : null
    }
  </main>`;
}
