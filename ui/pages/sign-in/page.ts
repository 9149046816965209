import { useSignal } from '@preact/signals';
import type { SignInSettingsAnswer } from '../../../src/domain/people/single-sign-on.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import type { PageProps } from '../../shell/page.ts';
import { SignInEditor } from './editor.ts';
import { readSettings } from './sign-in-api.ts';

type Load =
  | { is: 'loading' }
  | { is: 'ready'; settings: SignInSettingsAnswer }
  | { is: 'failed'; message: string };

/** How people sign in, in all practices. For admins. */
export function Page({ practice }: PageProps): VNode {
  const load = useSignal<Load>({ is: 'loading' });
  async function fetchSettings(): Promise<void> {
    const answer = await readSettings();
    load.value = answer.ok
      ? { is: 'ready', settings: answer.value }
      : { is: 'failed', message: answer.message };
  }
  useEffect(() => void fetchSettings(), []);

  return html`
    ${pageHead({ title: 'Signing in', lead: 'How people come in, in every practice.' })}
    <div class="page__body signing-in">${content()}</div>
  `;

  function content(): VNode {
    const current = load.value;
    switch (current.is) {
      case 'loading':
        return skeleton(4, 'row', 'Loading the settings');
      case 'failed': {
        const again = html`<button type="button" class="button" onClick=${() => void fetchSettings()}>Try again</button>`;
        return emptyState('alert', 'The settings could not be loaded', current.message, again);
      }
      case 'ready':
        return html`<${SignInEditor}
          settings=${current.settings}
          timeZone=${practice.timeZone}
          changed=${(settings: SignInSettingsAnswer) => {
            load.value = { is: 'ready', settings };
          }}
        />`;
    }
  }
}
