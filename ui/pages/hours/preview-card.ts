import { useSignal } from '@preact/signals';
import { html, type VNode } from '../../design/html.ts';
import { skeleton } from '../../design/parts.ts';
import { useFetched } from '../../design/use-fetched.ts';
import { focusSoon } from '../../shell/page.ts';
import type { Preview } from './preview.ts';

/** "What happens at …"; what asks is fetched when somebody wants to know. */
export function PreviewCard({ isChanged, ...asked }: Preview & { isChanged: boolean }): VNode {
  const isWanted = useSignal(false);
  const form = useFetched(isWanted.value, async () => (await import('./preview.ts')).PreviewForm);
  const want = () => {
    isWanted.value = true;
    focusSoon('#preview-title');
  };
  return html`<section class="card" aria-labelledby="preview-title">
    <div>
      <h2 class="section__title" id="preview-title" tabindex="-1">What happens at…</h2>
      <p class="field__help">${isChanged ? 'By the hours as they are saved, without what you are changing.' : 'Try a lunch break, a holiday, the night after it.'}</p>
    </div>
    ${isWanted.value ? null : html`<div class="form__actions"><button type="button" class="button" onClick=${want}>Try a day and time</button></div>`}
    ${form.is === 'there' ? html`<${form.View} ...${asked} />` : null}
    ${isWanted.value && form.is === 'coming' ? skeleton(2, 'row', 'Loading the form') : null}
    ${form.is === 'failed' ? html`<p class="callout callout--danger" role="alert">This could not be loaded. Check the connection and load the page again.</p>` : null}
  </section>`;
}
