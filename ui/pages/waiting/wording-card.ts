import { MAX_EMERGENCY_LENGTH } from '../../../src/domain/waiting/waiting-settings.ts';
import { describedBy, fieldError } from '../../design/form-parts.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { textMeasure } from '../../design/text-measure.ts';
import { focusSoon } from '../../shell/page.ts';
import { AddLanguage } from './add-language.ts';
import type { Faults, TextDraft } from './draft.ts';

interface Wording {
  wording: readonly TextDraft[];
  faults: Faults;
  set: (wording: TextDraft[]) => void;
}

/** What who writes urgent words is told while it is closed. */
export function wordingCard({ wording, faults, set }: Wording): VNode {
  const add = (language: string) => {
    set([...wording, { language, text: '' }]);
    focusSoon(`#wording-${language}`);
  };
  return html`<section class="card" aria-labelledby="wording-title">
    <h2 class="section__title" id="wording-title">In an emergency while you are closed</h2>
    <p class="field__help" id="wording-help">
      Added to the after-hours reply of a text with urgent words, unless that says it already or names the same number. Sent by itself where the caller has had the reply, or you send none. Once in each closed period, in the language of the conversation; without any wording, never.
    </p>
    ${wording.map(({ language, text }) => {
      const id = `wording-${language}`;
      const error = faults[id] ?? null;
      const name = languageName(language);
      const write = (event: Event) => {
        const written = (event.currentTarget as HTMLTextAreaElement).value;
        set(wording.map((one) => (one.language === language ? { language, text: written } : one)));
      };
      const remove = () => {
        set(wording.filter((one) => one.language !== language));
        focusSoon('#wording-language');
      };
      const tidy = text.trim();
      return html`<div class="field" key=${language}>
        <div class="waiting__head">
          <label for=${id}>Wording in ${name}</label>
          <button type="button" class="button button--quiet button--small" onClick=${remove}>Remove<span class="visually-hidden"> the wording in ${name}</span></button>
        </div>
        <textarea id=${id} class="waiting__wording" rows="2" dir="auto" lang=${language}
          aria-invalid=${error === null ? undefined : 'true'}
          aria-describedby=${[describedBy({ id, error }), `${id}-measure`, 'wording-help'].filter(Boolean).join(' ')}
          value=${text} onInput=${write}></textarea>
        ${textMeasure({ id: `${id}-measure`, text: tidy, length: tidy.length, most: MAX_EMERGENCY_LENGTH })}
        ${error === null ? null : fieldError(id, error)}
      </div>`;
    })}
    <${AddLanguage} id="wording-language" there=${wording.map(({ language }) => language)} add=${add} />
  </section>`;
}
