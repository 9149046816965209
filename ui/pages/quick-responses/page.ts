import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { tabPanel, tabs } from '../../design/tabs.ts';
import { useFetched } from '../../design/use-fetched.ts';
import { type Answer, goToPage, type PageProps } from '../../shell/page.ts';
import { type AllResponses, responsesApi } from './responses-api.ts';
import { ResponsesPart } from './responses-part.ts';

const TABS = [
  { id: 'responses', label: 'Quick responses' },
  { id: 'smart-phrases', label: 'Smart phrases' },
] as const;

const LEADS = {
  responses: 'What is said again and again. Type / where you reply.',
  'smart-phrases': 'Names in braces that are filled in when somebody replies.',
};

/** /quick-responses, and /quick-responses/smart-phrases. */
export function Page({ practice, path }: PageProps): VNode {
  const api = useMemo(() => responsesApi(practice.id), [practice.id]);
  const answer = useSignal<Answer<AllResponses> | null>(null);
  const shown = path[0] === 'smart-phrases' ? 'smart-phrases' : 'responses';
  const phrases = useFetched(
    shown === 'smart-phrases',
    async () => (await import('./phrases-part.ts')).PhrasesPart,
  );
  const load = async () => {
    answer.value = await api.all();
  };
  useEffect(() => void load(), [api]);

  return html`
    ${pageHead({ title: 'Quick responses', lead: LEADS[shown] })}
    <div class="page__body quick-responses">
      ${tabs('words', 'What to look at', TABS, shown, (id) =>
        goToPage({ path: id === 'responses' ? [] : [id] }, { isReplacing: true }),
      )}
      ${tabPanel('words', shown, html`<div class="words-panel">${shown === 'responses' ? responses() : phrasesPart()}</div>`)}
    </div>
  `;

  function responses(): VNode {
    const current = answer.value;
    if (current === null) return skeleton(6, 'row', 'Loading quick responses');
    if (!current.ok) {
      const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
      return emptyState('alert', 'The quick responses could not be loaded', current.message, again);
    }
    const set = (next: Partial<AllResponses>) => {
      answer.value = { ok: true, value: { ...current.value, ...next } };
    };
    return html`<${ResponsesPart} practice=${practice} api=${api} all=${current.value} set=${set} reload=${load} />`;
  }

  function phrasesPart(): VNode {
    switch (phrases.is) {
      case 'coming':
        return skeleton(4, 'row', 'Loading smart phrases');
      case 'failed':
        return emptyState(
          'wifi',
          'This part could not be loaded',
          'Check the connection, then load the page again.',
        );
      case 'there':
        return html`<${phrases.View} practice=${practice} api=${api} />`;
    }
  }
}
