import { useSignal } from '@preact/signals';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { MergeButton } from '../../design/merge-button.ts';
import { pageHref } from '../../shell/page.ts';
import { AddTrigger } from './add-trigger.ts';
import type { Opened } from './opened.ts';
import { offeredText } from './text-card.ts';
import { firstTextMeasure } from './text-facts.ts';

/** In which languages this line says it, and how one text says it in several. */
export function LanguagesCard({ opened }: { opened: Opened }): VNode {
  const { trigger, languages, line, api } = opened;
  const isAdding = useSignal(false);
  return html`<section class="card" aria-labelledby="languages-title">
    <div class="section__head">
      <h2 class="section__title" id="languages-title">Languages</h2>
      ${
        languages.length > 1
          ? html`<${MergeButton}
              texts=${[trigger, ...languages.filter(({ id }) => id !== trigger.id)]}
              measure=${firstTextMeasure}
              put=${(text: string) => {
                offeredText.value = { triggerId: trigger.id, text };
              }}
            />`
          : null
      }
    </div>
    <ul class="language-list">
      ${languages.map(({ id, language }) =>
        id === trigger.id
          ? html`<li key=${id}><a class="chip" aria-current="page" data-inbox href=${pageHref({ path: [id] })}>${languageName(language)}</a></li>`
          : html`<li key=${id}><a class="chip" data-inbox href=${pageHref({ path: [id] })}>${languageName(language)}</a></li>`,
      )}
      <li><button type="button" class="chip" onClick=${() => {
        isAdding.value = true;
      }}>${icon('plus')}Add a language</button></li>
    </ul>
    <p class="field__help">
      Where your phone system asks for the language, give each choice its own address. Where it does not, copy the
      languages into one text.
    </p>
    <${AddTrigger}
      line=${isAdding.value ? line : null}
      there=${languages}
      useCase=${trigger.useCase}
      api=${api}
      added=${() => void opened.reload()}
      close=${() => {
        isAdding.value = false;
      }}
    />
  </section>`;
}
