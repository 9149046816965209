import { useSignal } from '@preact/signals';
import { MAX_LANGUAGES } from '../../../src/domain/hours/hours-limits.ts';
import { BUILT_IN_PHRASES } from '../../../src/domain/words/built-in-phrases.ts';
import type { SmartPhrase } from '../../../src/domain/words/phrase-edits.ts';
import { LANGUAGE_TAG, MAX_RESPONSE_LENGTH } from '../../../src/domain/words/quick-response.ts';
import { phraseKey, phrasesIn } from '../../../src/domain/words/smart-phrase.ts';
import { describedBy, field, fieldError } from '../../design/form-parts.ts';
import { languageName } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { languageChoices } from '../../design/language-choices.ts';
import { badge, hidden } from '../../design/parts.ts';
import { textMeasure } from '../../design/text-measure.ts';
import { focusSoon, type PageProps } from '../../shell/page.ts';
import { FilledPreview } from './filled-preview.ts';
import type { ResponsesApi } from './responses-api.ts';

interface Texts {
  practice: PageProps['practice'];
  api: ResponsesApi;
  /** Of the practice: each has a field, also where nothing is written yet. */
  languages: readonly string[];
  texts: Record<string, string>;
  faultOf: (name: string) => string | null;
  write: (texts: Record<string, string>) => void;
}

export function ResponseTexts({ practice, api, languages, texts, faultOf, write }: Texts): VNode {
  const general = useSignal<SmartPhrase[]>([]);
  const added = useSignal<string[]>([]);
  /** Where a smart phrase is put. */
  const last = useSignal<string | null>(null);
  useEffect(() => {
    void api.phrases(null).then((answer) => {
      if (answer.ok) general.value = answer.value.general;
    });
  }, [api]);

  const shown = [
    ...new Set([...(languages.length > 0 ? languages : ['en']), ...Object.keys(texts), ...added.value]),
  ];
  const phrases = [...BUILT_IN_PHRASES.map(({ name }) => name), ...general.value.map(({ name }) => name)];
  const insert = (name: string) => {
    const language = last.value ?? shown[0] ?? 'en';
    const box = document.querySelector<HTMLTextAreaElement>(`#response-texts-${CSS.escape(language)}`);
    const text = texts[language] ?? '';
    const at = box?.selectionStart ?? text.length;
    const put = `{${name}}`;
    write({ ...texts, [language]: text.slice(0, at) + put + text.slice(box?.selectionEnd ?? at) });
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(at + put.length, at + put.length);
    });
  };
  const known = new Set(phrases.map(phraseKey));
  const unknown = [
    ...new Set(
      Object.values(texts).flatMap((text) =>
        phrasesIn(text)
          .filter(({ key }) => !known.has(key))
          .map(({ written }) => written),
      ),
    ),
  ];
  const choices = languageChoices(shown);
  return html`<fieldset class="response-texts" aria-describedby=${faultOf('texts') === null ? undefined : 'response-texts-error'}>
    <legend>Texts</legend>
    ${faultOf('texts') === null ? null : fieldError('response-texts', faultOf('texts') ?? '')}
    ${shown.map((language) => textField(language))}
    ${
      shown.length < MAX_LANGUAGES
        ? html`<${AddLanguage} choices=${choices} there=${shown} add=${(language: string) => {
            added.value = [...added.value, language];
            focusSoon(`#response-texts-${language}`);
          }} />`
        : null
    }
    <div role="group" aria-labelledby="put-in">
      <p class="put-in__title" id="put-in">Put in a smart phrase</p>
      <ul class="put-in">${phrases.map((name) => html`<li key=${name}><button type="button" class="chip" onClick=${() => insert(name)}>${name}</button></li>`)}</ul>
    </div>
    ${unknown.length === 0 ? null : html`<p class="callout callout--plain">${icon('question')}<span>${unknown.join(', ')}: no smart phrase of this practice. Whoever replies will have to fill it in.</span></p>`}
    <${FilledPreview} practice=${practice} api=${api} texts=${texts} />
  </fieldset>`;

  function textField(language: string): VNode {
    const id = `response-texts-${language}`;
    const text = texts[language] ?? '';
    const name = languageName(language);
    const error = faultOf(`texts-${language}`);
    return html`<div class="field" key=${language}>
      <div class="response-texts__head"><label for=${id}>${name}</label>${text.trim() === '' ? badge('No text yet', 'warn') : null}</div>
      <textarea id=${id} rows="3" dir="auto" lang=${language} aria-invalid=${error === null ? undefined : 'true'}
        aria-describedby=${[describedBy({ id, error }), `${id}-measure`].filter(Boolean).join(' ')}
        value=${text}
        onFocus=${() => {
          last.value = language;
        }}
        onInput=${(event: Event) => write({ ...texts, [language]: (event.currentTarget as HTMLTextAreaElement).value })}
      ></textarea>
      ${textMeasure({ id: `${id}-measure`, text: text.trim(), length: text.trim().length, most: MAX_RESPONSE_LENGTH })}
      ${error === null ? null : fieldError(id, error)}
    </div>`;
  }
}

const OTHER = ' other';

function AddLanguage({
  choices,
  there,
  add,
}: {
  choices: { tag: string; name: string }[];
  there: readonly string[];
  add: (language: string) => void;
}): VNode {
  const chosen = useSignal('');
  const code = useSignal('');
  const refused = useSignal<string | null>(null);
  const choose = (language: string) => {
    const isThere = there.some((one) => one.toLowerCase() === language.toLowerCase());
    refused.value = isThere
      ? 'This language is there already.'
      : LANGUAGE_TAG.test(language)
        ? null
        : 'Name a language such as hi, ja or pt-BR.';
    if (refused.value !== null) return;
    chosen.value = '';
    code.value = '';
    add(language);
  };
  return html`<div class="add-variant">
    ${field({
      id: 'response-add-language',
      label: 'Another language',
      error: refused.value,
      control: html`<select id="response-add-language" value=${chosen.value} aria-describedby=${describedBy({ id: 'response-add-language', error: refused.value })} onChange=${(
        event: Event,
      ) => {
        const { value } = event.currentTarget as HTMLSelectElement;
        chosen.value = value;
        refused.value = null;
      }}>
        <option value="">Choose…</option>
        ${choices.map(({ tag, name }) => html`<option key=${tag} value=${tag}>${name}</option>`)}
        <option value=${OTHER}>Another one…</option>
      </select>`,
    })}
    ${
      chosen.value === OTHER
        ? field({
            id: 'response-language-code',
            label: 'Its code',
            control: html`<input id="response-language-code" maxlength="35" autocomplete="off" spellcheck=${false} placeholder="pt-BR" value=${code.value} onInput=${(
              event: Event,
            ) => {
              code.value = (event.currentTarget as HTMLInputElement).value;
            }} />`,
          })
        : null
    }
    <button type="button" class="button" aria-disabled=${chosen.value === '' ? 'true' : undefined} onClick=${() => {
      if (chosen.value !== '') choose(chosen.value === OTHER ? code.value.trim() : chosen.value);
    }}>${icon('plus')}Add${hidden(' a text in this language')}</button>
  </div>`;
}
