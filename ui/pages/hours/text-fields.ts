import { useSignal } from '@preact/signals';
import { MAX_AFTER_HOURS_LENGTH, MAX_LANGUAGES } from '../../../src/domain/hours/hours-limits.ts';
import { describedBy, field, fieldError } from '../../design/form-parts.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { languageChoices } from '../../design/language-choices.ts';
import { textMeasure } from '../../design/text-measure.ts';
import { focusSoon } from '../../shell/page.ts';
import type { Faults, TextDraft } from './draft.ts';

const OTHER = 'other';
/** As BCP 47 writes it. */
const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

interface Texts {
  /** Of the ids, since two of these can be on screen. */
  prefix: string;
  /** "Reply" in "Reply in English". */
  what: string;
  texts: readonly TextDraft[];
  faults: Faults;
  set: (texts: TextDraft[]) => void;
}

/** One text in each of several languages. */
export function TextFields({ prefix, what, texts, faults, set }: Texts): VNode {
  const add = (language: string) => {
    set([...texts, { language, text: '' }]);
    focusSoon(`#${prefix}-${language}`);
  };
  const remove = (language: string) => {
    set(texts.filter((one) => one.language !== language));
    focusSoon(`#${prefix}-language`);
  };
  const write = (language: string, text: string) =>
    set(texts.map((one) => (one.language === language ? { language, text } : one)));
  return html`<div class="texts">
    ${texts.map((draft) => textField(prefix, what, draft, faults, write, remove))}
    ${texts.length < MAX_LANGUAGES ? html`<${AddLanguage} prefix=${prefix} there=${texts.map(({ language }) => language)} error=${faults[`${prefix}-language`] ?? null} add=${add} />` : null}
  </div>`;
}

export function replyMeasure(text: string, id: string): VNode {
  const tidy = text.trim();
  return textMeasure({ id, text: tidy, length: tidy.length, most: MAX_AFTER_HOURS_LENGTH });
}

function textField(
  prefix: string,
  what: string,
  { language, text }: TextDraft,
  faults: Faults,
  write: (language: string, text: string) => void,
  remove: (language: string) => void,
): VNode {
  const id = `${prefix}-${language}`;
  const error = faults[id] ?? null;
  const name = languageName(language);
  return html`<div class="field" key=${language}>
    <div class="texts__head">
      <label for=${id}>${what} in ${name}</label>
      <button type="button" class="button button--quiet button--small" onClick=${() => remove(language)}>Remove<span class="visually-hidden"> ${what.toLowerCase()} in ${name}</span></button>
    </div>
    <textarea
      id=${id}
      rows="3"
      dir="auto"
      lang=${language}
      aria-invalid=${error === null ? undefined : 'true'}
      aria-describedby=${[describedBy({ id, error }), `${id}-measure`].filter(Boolean).join(' ')}
      value=${text}
      onInput=${(event: Event) => write(language, (event.currentTarget as HTMLTextAreaElement).value)}
    ></textarea>
    ${replyMeasure(text, `${id}-measure`)}
    ${error === null ? null : fieldError(id, error)}
  </div>`;
}

interface Adding {
  prefix: string;
  there: readonly string[];
  error: string | null;
  add: (language: string) => void;
}

function AddLanguage({ prefix, there, error, add }: Adding): VNode {
  const chosen = useSignal('');
  const written = useSignal('');
  const refused = useSignal<string | null>(null);
  const offered = languageChoices(there);
  const shown =
    chosen.value === OTHER || offered.some(({ tag }) => tag === chosen.value)
      ? chosen.value
      : (offered[0]?.tag ?? OTHER);
  const submit = () => {
    const language = shown === OTHER ? written.value.trim() : shown;
    const isThere = there.some((one) => one.toLowerCase() === language.toLowerCase());
    refused.value = isThere
      ? 'This language is there already.'
      : TAG.test(language)
        ? null
        : 'Name a language such as hi, ja or pt-BR.';
    if (refused.value !== null) return;
    chosen.value = '';
    written.value = '';
    add(language);
  };
  const id = `${prefix}-language`;
  const said = refused.value ?? error;
  return html`<div class="add-language">
    ${field({
      id,
      label: 'Add a language',
      control: html`<select id=${id} value=${shown} aria-describedby=${describedBy({ id, error: said })} onChange=${(
        event: Event,
      ) => {
        chosen.value = (event.currentTarget as HTMLSelectElement).value;
        refused.value = null;
      }}>
        ${offered.map(({ tag, name }) => html`<option key=${tag} value=${tag} selected=${tag === shown}>${name}</option>`)}
        <option value=${OTHER} selected=${shown === OTHER}>Another one…</option>
      </select>`,
    })}
    ${
      shown === OTHER
        ? field({
            id: `${prefix}-other`,
            label: 'Its code',
            control: html`<input id=${`${prefix}-other`} maxlength="35" autocomplete="off" spellcheck=${false} placeholder="pt-BR" value=${written.value} onInput=${(
              event: Event,
            ) => {
              written.value = (event.currentTarget as HTMLInputElement).value;
            }} />`,
          })
        : null
    }
    <button type="button" class="button" onClick=${submit}>${icon('plus')}Add</button>
    ${said === null ? null : fieldError(id, said)}
  </div>`;
}
