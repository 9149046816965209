import { signal, useSignal } from '@preact/signals';
import { withPlainCharacters } from '../../../src/domain/text/plain-characters.ts';
import { firstTextFault, tidyFirstText } from '../../../src/domain/triggers/first-text.ts';
import { formatNumber } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { focusNow, useUnsaved } from '../../shell/page.ts';
import { type Opened, save } from './opened.ts';
import { textDrafts } from './text-drafts.ts';
import { firstTextMeasure, textAdvice } from './text-facts.ts';

/** What another part of the page puts into the editor. */
export const offeredText = signal<{ triggerId: string; text: string } | null>(null);

/** The text in an editor, beside it as the caller will see it. */
export function TextCard({ opened }: { opened: Opened }): VNode {
  const { trigger, practice, line, ownNumbers } = opened;
  const draft = useSignal(textDrafts.of(trigger.id));
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const text = draft.value?.text ?? trigger.text;
  const isChanged = tidyFirstText(text) !== trigger.text;
  const isOvertaken = draft.value !== null && draft.value.base !== trigger.text && isChanged;
  useUnsaved(isChanged);

  const write = (next: string) => {
    draft.value = next === trigger.text ? null : { text: next, base: draft.value?.base ?? trigger.text };
    textDrafts.keep(trigger.id, draft.value);
    error.value = null;
  };
  const drop = () => {
    draft.value = null;
    textDrafts.keep(trigger.id, null);
    error.value = null;
  };
  useEffect(() => {
    const offered = offeredText.value;
    if (offered?.triggerId !== trigger.id) return;
    offeredText.value = null;
    write(offered.text);
    focusNow('#trigger-text');
  }, [offeredText.value]);

  async function submit(base: string): Promise<void> {
    const tidy = tidyFirstText(text);
    if (isBusy.value || !isChanged) return;
    if (firstTextFault(tidy) !== null) {
      focusNow('#trigger-text');
      return;
    }
    isBusy.value = true;
    const saved = await save(opened, { text: tidy }, { text: base }, 'Text saved. It is used from now on.');
    isBusy.value = false;
    error.value = saved.is === 'refused' ? saved.message : null;
    if (saved.is === 'saved') drop();
  }

  const fault = firstTextFault(tidyFirstText(text));
  const plain = withPlainCharacters(text);
  const place = { practiceName: practice.name, useCase: trigger.useCase, ownNumbers };
  return html`<section class="card" aria-labelledby="text-title">
    <h2 class="section__title" id="text-title">Text</h2>
    <form class="text-editor" onSubmit=${(event: SubmitEvent) => {
      event.preventDefault();
      void submit(draft.value?.base ?? trigger.text);
    }}>
      <div class="text-editor__write">
        <div class="field">
          <label for="trigger-text">What the caller gets</label>
          <textarea
            id="trigger-text"
            rows="6"
            dir="auto"
            lang=${trigger.language}
            aria-invalid=${fault === null ? undefined : 'true'}
            aria-describedby="text-measure text-advice"
            value=${text}
            onInput=${(event: Event) => write((event.currentTarget as HTMLTextAreaElement).value)}
          ></textarea>
          ${firstTextMeasure(text, 'text-measure')}
        </div>
        <div id="text-advice" aria-live="polite">${textAdvice(text, place)}</div>
        ${plain === text ? null : html`<div><button type="button" class="button button--small" onClick=${() => write(plain)}>Use plain quotes, dashes and spaces</button></div>`}
      </div>
      ${preview(text, trigger.language, `${line.name}, ${formatNumber(line.number)}`)}
      ${isOvertaken ? overtaken(trigger.text, drop, () => void submit(trigger.text)) : null}
      <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
      <div class="form__actions">
        <button class="button button--primary" type="submit" aria-disabled=${isChanged && fault === null && !isBusy.value && !isOvertaken ? undefined : 'true'}>
          ${isBusy.value ? 'Saving…' : 'Save text'}
        </button>
        ${isChanged ? html`<button type="button" class="button button--quiet" onClick=${drop}>Discard</button>` : html`<span class="field__help">Saved</span>`}
      </div>
    </form>
  </section>`;
}

/** As it stands on the caller's phone. */
function preview(text: string, language: string, from: string): VNode {
  return html`<figure class="preview">
    <figcaption class="preview__from">${from}</figcaption>
    <p class="preview__bubble" lang=${language} dir="auto">${tidyFirstText(text) || '…'}</p>
  </figure>`;
}

function overtaken(now: string, drop: () => void, keep: () => void): VNode {
  return html`<div class="callout callout--warn overtaken" role="alert">
    <div>
      <p>Somebody else changed this text meanwhile. It is now:</p>
      <blockquote class="overtaken__text" dir="auto">${now}</blockquote>
      <div class="form__actions">
        <button type="button" class="button" onClick=${drop}>Take theirs</button>
        <button type="button" class="button" onClick=${keep}>Save mine over it</button>
      </div>
    </div>
  </div>`;
}
