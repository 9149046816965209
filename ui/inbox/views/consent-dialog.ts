import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { leaveConsent, recordAsked } from '../actions/consent-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import type { ConsentDialog as Asked } from '../state/state.ts';
import { consentDialog, conversations } from '../store.ts';

/** What the server keeps of a reason. */
const MAX_REASON_LENGTH = 200;

const WORDS = {
  'opted-out': {
    title: 'Record an opt-out',
    text: 'Offhook will refuse every text to this caller from this line, automatic ones too. They can come back by texting START.',
    label: 'What they said, if you want to keep it',
    submit: 'Record opt-out',
  },
  given: {
    title: 'Record an opt-in',
    text: 'Offhook will text this caller from this line again. If the carrier still refuses texts, they have to text START to this line themselves.',
    label: 'How you know that they want texts',
    submit: 'Record opt-in',
  },
} as const;

export function ConsentDialog(): VNode {
  const asked = consentDialog.value;
  const dialog = useDialog(asked !== null);
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="consent-title" aria-describedby="consent-text" onClose=${leaveConsent}>
    ${asked === null ? null : question(asked)}
  </dialog>`;
}

function question({ conversationId, becomes, isBusy, error }: Asked): VNode {
  const { title, text, label, submit } = WORDS[becomes];
  const conversation = conversations.value.get(conversationId);
  return html`<form class="dialog__form" onSubmit=${record}>
    <h2 class="dialog__title" id="consent-title">
      ${title}${conversation === undefined ? null : html` for <bdi>${callerTitle(conversation)}</bdi>`}
    </h2>
    <p class="dialog__text" id="consent-text">${text}</p>
    <div class="field">
      <label for="reason">${label}</label>
      <input
        id="reason"
        name="reason"
        maxlength=${MAX_REASON_LENGTH}
        autocomplete="off"
        autofocus
        required=${becomes === 'given'}
        aria-invalid=${error === null ? undefined : 'true'}
        aria-describedby=${error === null ? undefined : 'consent-error'}
      />
    </div>
    <div role="alert" id="consent-error">
      ${error === null ? null : html`<p class="callout callout--danger">${icon('alert')}<span>${error}</span></p>`}
    </div>
    <div class="dialog__actions">
      <button type="button" class="button" onClick=${leaveConsent}>Cancel</button>
      <button type="submit" class="button button--primary" aria-disabled=${isBusy ? 'true' : undefined}>${isBusy ? 'Recording…' : submit}</button>
    </div>
  </form>`;
}

function record(event: SubmitEvent): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLFormElement)) return;
  void recordAsked(String(new FormData(event.currentTarget).get('reason')).trim());
}
