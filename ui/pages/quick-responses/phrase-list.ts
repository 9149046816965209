import { useSignal } from '@preact/signals';
import {
  phraseFault,
  repeatedPhrase,
  type SmartPhrase,
  tidyPhrase,
} from '../../../src/domain/words/phrase-edits.ts';
import { phraseKey } from '../../../src/domain/words/smart-phrase.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { type Answer, focusSoon, notify } from '../../shell/page.ts';
import { PhraseForm } from './phrase-form.ts';

interface List {
  id: 'general' | 'own';
  title: string;
  help: string;
  /** Whether one may have no text, so that whoever replies is asked. */
  mayAsk: boolean;
  isReadOnly: boolean;
  most: number;
  phrases: readonly SmartPhrase[];
  save: (phrases: SmartPhrase[], expected: SmartPhrase[]) => Promise<Answer<{ phrases: SmartPhrase[] }>>;
  /** As the server has them now; null where it cannot be asked. */
  latest: () => Promise<SmartPhrase[] | null>;
  changed: (phrases: SmartPhrase[]) => void;
}

/** Each one is added, changed and taken away by itself. */
export function PhraseList({
  id,
  title,
  help,
  mayAsk,
  isReadOnly,
  most,
  phrases,
  save,
  latest,
  changed,
}: List): VNode {
  /** The name of the one that is being changed; '' for a new one. */
  const editing = useSignal<string | null>(null);
  const theirs = useSignal<{ phrase: SmartPhrase | null } | null>(null);
  const stop = () => {
    editing.value = null;
    theirs.value = null;
    focusSoon(`#${id}-title`);
  };

  /** Answers what went wrong, or null. */
  async function put(name: string, next: SmartPhrase | null, seen = [...phrases]): Promise<string | null> {
    const others = seen.filter((one) => phraseKey(one.name) !== phraseKey(name));
    const wanted = next === null ? others : [...others, next];
    if (next !== null && repeatedPhrase(wanted) !== null)
      return `{${next.name}} is there already. Change that one.`;
    const answer = await save(wanted, seen);
    if (answer.ok) {
      changed(answer.value.phrases);
      stop();
      notify(
        next === null ? `{${name}} is taken away` : `{${next.name}} is saved`,
        next === null ? undo(name, seen) : null,
      );
      return null;
    }
    const now = answer.code === 'changed-meanwhile' ? await latest() : null;
    if (now === null) return answer.message;
    theirs.value = { phrase: now.find((one) => phraseKey(one.name) === phraseKey(name)) ?? null };
    changed(now);
    focusSoon('#overtaken-title');
    return null;
  }

  function undo(name: string, before: readonly SmartPhrase[]): (() => void) | null {
    const gone = before.find((one) => phraseKey(one.name) === phraseKey(name));
    return gone === undefined
      ? null
      : () => void latest().then((now) => (now === null ? undefined : put(name, gone, now)));
  }

  async function remove(name: string): Promise<void> {
    const message = await put(name, null);
    if (message !== null) notify(message);
  }

  const form = (phrase: SmartPhrase | null) =>
    html`<${PhraseForm}
      id=${id}
      phrase=${phrase}
      mayAsk=${mayAsk}
      theirs=${theirs.value}
      check=${(written: SmartPhrase) => phraseFault(tidyPhrase(written))}
      save=${(written: SmartPhrase) => put(phrase?.name ?? written.name, tidyPhrase(written))}
      cancel=${stop}
    />`;
  return html`<section class="section" aria-labelledby=${`${id}-title`}>
    <div class="section__head">
      <h2 class="section__title" id=${`${id}-title`} tabindex="-1">${title}</h2>
      ${
        isReadOnly || editing.value === '' || phrases.length >= most
          ? null
          : html`<button type="button" class="button" onClick=${() => {
              editing.value = '';
            }}>${icon('plus')}Add${hidden(` to: ${title}`)}</button>`
      }
    </div>
    <p class="field__help">${help}${phrases.length >= most ? ` There is room for ${most}.` : ''}</p>
    ${editing.value === '' ? html`<div class="card">${form(null)}</div>` : null}
    ${
      phrases.length > 0
        ? html`<ul class="rows">${phrases.map((phrase) => row(phrase))}</ul>`
        : editing.value === ''
          ? null
          : html`<p class="rows rows__row rows__more">${isReadOnly ? 'None yet. A manager can add some.' : 'None yet.'}</p>`
    }
  </section>`;

  function row(phrase: SmartPhrase): VNode {
    const { name, text } = phrase;
    if (editing.value === name)
      return html`<li class="rows__row" key=${name}><div class="rows__main">${form(phrase)}</div></li>`;
    return html`<li class="rows__row" key=${name}>
      <div class="rows__main"><span class="phrase">{${name}}</span><p class="rows__more" dir="auto">${text ?? 'Asked when replying'}</p></div>
      ${
        isReadOnly
          ? null
          : html`<div class="rows__end">
              <button type="button" class="button" onClick=${() => {
                editing.value = name;
              }}>Change${hidden(` ${name}`)}</button>
              <button type="button" class="button button--quiet" onClick=${() => void remove(name)}>Take away${hidden(` ${name}`)}</button>
            </div>`
      }
    </li>`;
  }
}
