import { useSignal } from '@preact/signals';
import { MAX_PHRASES, redFlagFinder } from '../../../src/domain/waiting/red-flags.ts';
import { STARTER_RED_FLAGS } from '../../../src/domain/waiting/starter-red-flags.ts';
import { describedBy, field, fieldError } from '../../design/form-parts.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusSoon } from '../../shell/page.ts';
import { AddLanguage } from './add-language.ts';
import { type Faults, phraseCount, phrasesIn, type TextDraft } from './draft.ts';

interface Words {
  words: readonly TextDraft[];
  faults: Faults;
  set: (words: TextDraft[]) => void;
}

/** Which words cannot wait, by language; all of them are looked for in every text. */
export function WordsCard({ words, faults, set }: Words): VNode {
  const add = (language: string) => {
    set([...words, { language, text: starterOf(language) ?? '' }]);
    focusSoon(`#words-${language}`);
  };
  const write = (language: string, text: string) =>
    set(words.map((one) => (one.language === language ? { language, text } : one)));
  const remove = (language: string) => {
    set(words.filter((one) => one.language !== language));
    focusSoon('#words-language');
  };
  const count = phraseCount(words);
  return html`<section class="card" aria-labelledby="words-title">
    <div class="section__head">
      <h2 class="section__title" id="words-title">Urgent words</h2>
      <p class="measure"><span class="measure__count" data-over=${String(count > MAX_PHRASES)}>${count} of ${MAX_PHRASES}<span class="visually-hidden"> phrases</span></span></p>
    </div>
    <p class="field__help" id="words-help">
      A text that says one of these lifts its conversation to the top and rings. Upper case, accents and apostrophes do not matter; a “not” before them does not either: Offhook rather lifts once too often, and hides nothing. One phrase a line.
    </p>
    ${words.map((one) => wordsField(one, faults, write, remove))}
    <${AddLanguage} id="words-language" there=${words.map(({ language }) => language)} add=${add} />
    <${TryText} words=${words} />
  </section>`;
}

function starterOf(language: string): string | null {
  return STARTER_RED_FLAGS[language]?.join('\n') ?? null;
}

function wordsField(
  { language, text }: TextDraft,
  faults: Faults,
  write: (language: string, text: string) => void,
  remove: (language: string) => void,
): VNode {
  const id = `words-${language}`;
  const error = faults[id] ?? null;
  const name = languageName(language);
  const starter = starterOf(language);
  const isStarter = starter === null || phrasesIn(text).join('\n') === starter;
  return html`<div class="field" key=${language}>
    <div class="waiting__head">
      <label for=${id}>Urgent words in ${name}</label>
      ${isStarter ? null : html`<button type="button" class="button button--quiet button--small" onClick=${() => write(language, starter)}>Back to the starter list<span class="visually-hidden"> in ${name}</span></button>`}
      <button type="button" class="button button--quiet button--small" onClick=${() => remove(language)}>Remove<span class="visually-hidden"> ${name}</span></button>
    </div>
    <textarea
      id=${id}
      class="waiting__list"
      rows="6"
      dir="auto"
      lang=${language}
      spellcheck=${false}
      aria-invalid=${error === null ? undefined : 'true'}
      aria-describedby=${[describedBy({ id, error }), 'words-help'].filter(Boolean).join(' ')}
      value=${text}
      onInput=${(event: Event) => write(language, (event.currentTarget as HTMLTextAreaElement).value)}
    ></textarea>
    ${error === null ? null : fieldError(id, error)}
  </div>`;
}

/** What a text would do, before a caller writes it. */
function TryText({ words }: Pick<Words, 'words'>): VNode {
  const text = useSignal('');
  const found = redFlagFinder(words.flatMap((one) => phrasesIn(one.text)))(text.value);
  const says = found.map(({ phrase }) => `“${phrase}”`).join(', ');
  const write = (event: Event) => {
    text.value = (event.currentTarget as HTMLInputElement).value;
  };
  return html`<div class="waiting__try">
    ${field({
      id: 'try-text',
      label: 'Try a text',
      control: html`<input id="try-text" autocomplete="off" maxlength="320" aria-describedby="try-text-says" placeholder="My chest hurts and I can’t breathe" value=${text.value} onInput=${write} />`,
    })}
    <p class="waiting__says" id="try-text-says" role="status" data-urgent=${String(found.length > 0)}>${
      text.value.trim() === ''
        ? 'See here what it would do.'
        : found.length === 0
          ? 'Not urgent: it waits its turn.'
          : `Urgent: it says ${says}.`
    }</p>
  </div>`;
}
