import { useSignal } from '@preact/signals';
import { BUILT_IN_PHRASES } from '../../../src/domain/words/built-in-phrases.ts';
import type { SmartPhrase } from '../../../src/domain/words/phrase-edits.ts';
import { MAX_OWN_PHRASES, MAX_PRACTICE_PHRASES } from '../../../src/domain/words/phrase-edits.ts';
import type { SmartPhrases } from '../../../src/domain/words/phrase-values.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import type { Answer, PageProps } from '../../shell/page.ts';
import { PhraseList } from './phrase-list.ts';
import type { ResponsesApi } from './responses-api.ts';
import { TryCard } from './try-card.ts';

interface Phrases {
  practice: PageProps['practice'];
  api: ResponsesApi;
}

/** Those of the practice, those of whoever looks, those that are built in; and what they make of a text. */
export function PhrasesPart({ practice, api }: Phrases): VNode {
  const answer = useSignal<Answer<SmartPhrases> | null>(null);
  const load = async () => {
    answer.value = await api.phrases(null);
  };
  useEffect(() => void load(), [api]);

  const current = answer.value;
  if (current === null) return skeleton(4, 'row', 'Loading smart phrases');
  if (!current.ok) {
    const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
    return emptyState('alert', 'The smart phrases could not be loaded', current.message, again);
  }
  const { general, own } = current.value;
  const changed = (of: 'general' | 'own') => (phrases: SmartPhrase[]) => {
    answer.value = { ok: true, value: { ...current.value, [of]: phrases } };
  };
  const latest = (of: 'general' | 'own') => async () => {
    const now = await api.phrases(null);
    return now.ok ? now.value[of] : null;
  };
  return html`
    <p class="callout callout--plain">They work in replies and quick responses. Texts that leave by themselves have none: nobody is there to fill them in.</p>
    <${PhraseList}
      id="general"
      title="Of the practice"
      help="Everybody here can use them."
      mayAsk=${true}
      isReadOnly=${practice.role === 'staff'}
      most=${MAX_PRACTICE_PHRASES}
      phrases=${general}
      save=${api.setGeneral}
      latest=${latest('general')}
      changed=${changed('general')}
    />
    <${PhraseList}
      id="own"
      title="My own"
      help="Only you use them, in every practice you work in. One with a name that the practice uses too goes before that."
      mayAsk=${false}
      isReadOnly=${false}
      most=${MAX_OWN_PHRASES}
      phrases=${own}
      save=${api.setOwn}
      latest=${latest('own')}
      changed=${changed('own')}
    />
    <section class="section" aria-labelledby="built-in-title">
      <div class="section__head"><h2 class="section__title" id="built-in-title">Built in</h2></div>
      <ul class="rows">${BUILT_IN_PHRASES.map(
        ({ name, means }) => html`<li class="rows__row" key=${name}>
          <div class="rows__main"><span class="phrase">{${name}}</span><p class="rows__more">${means}</p></div>
        </li>`,
      )}</ul>
    </section>
    <${TryCard} practice=${practice} api=${api} />
  `;
}
