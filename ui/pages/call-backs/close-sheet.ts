import { useSignal } from '@preact/signals';
import {
  CALL_BACK_OUTCOMES,
  type CallBack,
  type CallBackOutcome,
  MAX_CALL_BACK_NOTE,
} from '../../../src/domain/calls/call-back.ts';
import { CLOSED_WORDS } from '../../../src/domain/calls/call-back-words.ts';
import { choices, field } from '../../design/form-parts.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';

interface CloseForm {
  callBack: CallBack;
  isBusy: boolean;
  error: string | null;
  close: (outcome: CallBackOutcome, note: string | null) => void;
}

/** How it went. */
export function CloseForm({ callBack, isBusy, error, close }: CloseForm): VNode {
  const outcome = useSignal<CallBackOutcome>('reached');
  const note = useSignal('');
  const options = CALL_BACK_OUTCOMES.map((value) => ({ value, ...CLOSED_WORDS[value] }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isBusy) close(outcome.peek(), note.peek().trim() === '' ? null : note.peek().trim());
  };
  return html`<form class="form" onSubmit=${submit}>
    ${choices(
      'outcome',
      `How did it go with ${formatNumber(callBack.caller)}?`,
      options,
      outcome.value,
      (value) => {
        outcome.value = value;
      },
    )}
    ${field({
      id: 'call-back-note',
      label: 'Note (optional)',
      help: 'For your colleagues. It is not sent to the caller.',
      control: html`<textarea
        id="call-back-note"
        aria-describedby="call-back-note-help"
        maxlength=${MAX_CALL_BACK_NOTE}
        value=${note.value}
        onInput=${(event: Event) => {
          note.value = (event.currentTarget as HTMLTextAreaElement).value;
        }}
      ></textarea>`,
    })}
    <div role="alert">${error === null ? null : html`<p class="callout callout--danger">${error}</p>`}</div>
    <div class="form__actions">
      <button type="submit" class="button button--primary" aria-disabled=${isBusy ? 'true' : undefined}>Close the call-back</button>
    </div>
  </form>`;
}
