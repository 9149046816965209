import { textVariant } from '../../../src/domain/text/text-variant.ts';
import type { QuickResponse } from '../../../src/domain/words/quick-response.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { hidden } from '../../design/parts.ts';
import { isWithout } from './languages.ts';
import { withPhrasesMarked } from './marked-phrases.ts';

interface Shown {
  /** Of the practice. */
  languages: readonly string[];
  open: (id: string) => void;
}

/** `group` is said where rows of several stand together. */
export function responseRow(response: QuickResponse, { languages, open }: Shown, group?: string): VNode {
  const { id, title, texts } = response;
  const variant = textVariant(texts, languages[0] ?? 'en');
  return html`<li class="rows__row response-row" key=${id} data-response-id=${id}>
    <div class="rows__main">
      <button type="button" class="response-row__title" onClick=${() => open(id)}>${title}</button>
      <p class="rows__more response-row__text" dir="auto" lang=${variant?.language}>${withPhrasesMarked(variant?.text ?? '')}</p>
    </div>
    <p class="rows__end response-row__languages">
      ${group === undefined ? null : html`<span>${group}</span>`}
      ${languages.map((language) => languageMark(response, language))}
    </p>
  </li>`;
}

function languageMark(response: QuickResponse, language: string): VNode {
  const isMissing = isWithout(response, language);
  const name = languageName(language);
  return html`<span class="language-mark" key=${language} data-missing=${String(isMissing)} title=${isMissing ? `No text in ${name}` : name}>
    <span aria-hidden="true">${isMissing ? 'no ' : ''}${language}</span>${hidden(isMissing ? `, no text in ${name}` : `, ${name}`)}
  </span>`;
}
