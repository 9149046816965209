import { useSignal } from '@preact/signals';
import { html, type VNode } from '../../design/html.ts';
import type { PageProps } from '../../shell/page.ts';
import { FilledPreview } from './filled-preview.ts';
import type { ResponsesApi } from './responses-api.ts';

const EXAMPLE =
  'Hello {caller name}, this is {my first name} at {practice name}. Our hours today: {hours today}.';

/** What smart phrases make of a text that somebody writes here; nothing of it is sent or kept. */
export function TryCard({ practice, api }: { practice: PageProps['practice']; api: ResponsesApi }): VNode {
  const text = useSignal(EXAMPLE);
  return html`<section class="card" aria-labelledby="try-title">
    <h2 class="section__title" id="try-title">Try a text</h2>
    <div class="field">
      <label for="try-text">Text</label>
      <textarea id="try-text" rows="3" dir="auto" value=${text.value} onInput=${(event: Event) => {
        text.value = (event.currentTarget as HTMLTextAreaElement).value;
      }}></textarea>
    </div>
    <${FilledPreview} practice=${practice} api=${api} texts=${{ en: text.value }} />
  </section>`;
}
