import { useSignal } from '@preact/signals';
import {
  MAX_PHRASE_LENGTH,
  MAX_PHRASE_NAME_LENGTH,
  type PhraseFault,
  type SmartPhrase,
} from '../../../src/domain/words/phrase-edits.ts';
import { choices, describedBy, field } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { focusNow, focusSoon, useUnsaved } from '../../shell/page.ts';

interface Form {
  id: string;
  /** Null for a new one. */
  phrase: SmartPhrase | null;
  mayAsk: boolean;
  /** What somebody else made of it meanwhile; null inside where they took it away. */
  theirs: { phrase: SmartPhrase | null } | null;
  check: (written: SmartPhrase) => PhraseFault | null;
  /** Answers what went wrong, or null. */
  save: (written: SmartPhrase) => Promise<string | null>;
  cancel: () => void;
}

export function PhraseForm({ id, phrase, mayAsk, theirs, check, save, cancel }: Form): VNode {
  const name = useSignal(phrase?.name ?? '');
  const text = useSignal(phrase?.text ?? '');
  const asks = useSignal(phrase !== null && phrase.text === null);
  const isTried = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  useEffect(() => focusSoon(`#${id}-name`), []);

  const written: SmartPhrase = { name: name.value, text: asks.value ? null : text.value };
  const isChanged = written.name !== (phrase?.name ?? '') || (written.text ?? '') !== (phrase?.text ?? '');
  useUnsaved(isChanged);
  const fault = isTried.value ? check(written) : null;
  const said = (of: PhraseFault['field']) =>
    fault?.field === of ? `${fault.message[0]?.toUpperCase()}${fault.message.slice(1)}.` : null;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    isTried.value = true;
    const wrong = check(written);
    if (wrong !== null) return focusNow(`#${id}-${wrong.field}`);
    isBusy.value = true;
    error.value = await save(written);
    isBusy.value = false;
  }

  return html`<form class="form" noValidate onSubmit=${(event: SubmitEvent) => void submit(event)}>
    ${field({
      id: `${id}-name`,
      label: 'Name',
      help: 'As it is written in braces: {portal}.',
      error: said('name'),
      control: html`<input id=${`${id}-name`} maxlength=${MAX_PHRASE_NAME_LENGTH + 2} autocomplete="off" aria-invalid=${said('name') === null ? undefined : 'true'} aria-describedby=${describedBy({ id: `${id}-name`, help: 'x', error: said('name') })} value=${name.value} onInput=${(
        event: Event,
      ) => {
        name.value = (event.currentTarget as HTMLInputElement).value;
      }} />`,
    })}
    ${
      mayAsk
        ? choices(
            `${id}-kind`,
            'What it stands for',
            [
              { value: 'text', label: 'Always the same text' },
              {
                value: 'asks',
                label: 'Ask when replying',
                help: 'Whoever replies has to fill it in before it is sent.',
              },
            ],
            asks.value ? 'asks' : 'text',
            (kind) => {
              asks.value = kind === 'asks';
            },
          )
        : null
    }
    ${
      asks.value
        ? null
        : field({
            id: `${id}-text`,
            label: 'Text',
            error: said('text'),
            control: html`<textarea id=${`${id}-text`} rows="2" dir="auto" maxlength=${MAX_PHRASE_LENGTH} aria-invalid=${said('text') === null ? undefined : 'true'} aria-describedby=${describedBy({ id: `${id}-text`, error: said('text') })} value=${text.value} onInput=${(
              event: Event,
            ) => {
              text.value = (event.currentTarget as HTMLTextAreaElement).value;
            }}></textarea>`,
          })
    }
    ${theirs === null ? null : overtaken(theirs.phrase)}
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      <button class="button button--primary" type="submit" aria-disabled=${isChanged && !isBusy.value ? undefined : 'true'}>${theirs === null ? 'Save' : 'Save mine over it'}</button>
      <button type="button" class="button button--quiet" onClick=${cancel}>${theirs === null ? 'Cancel' : 'Take theirs'}</button>
    </div>
  </form>`;

  function overtaken(now: SmartPhrase | null): VNode {
    const theirText = now === null ? 'taken away' : (now.text ?? 'asked when replying');
    return html`<section class="callout callout--warn overtaken" aria-labelledby="overtaken-title">
      <div>
        <h3 id="overtaken-title" tabindex="-1">Somebody else changed this one meanwhile</h3>
        <ul class="differences"><li><span>Yours: ${written.text ?? 'asked when replying'}</span><span>Theirs: ${theirText}</span></li></ul>
      </div>
    </section>`;
  }
}
