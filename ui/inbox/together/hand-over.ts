import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { MAX_BODY_LENGTH, type Message } from '../../../src/domain/conversation/message.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { notify } from '../actions/session-actions.ts';
import { conversationPath, request } from '../api.ts';
import { colleagues } from '../colleagues.ts';
import { handingOver, stopHandingOver } from '../handing-over.ts';
import { messagesMerged } from '../state/conversation-changes.ts';
import { summariesMerged } from '../state/inbox-changes.ts';
import { change, conversations } from '../store.ts';

/** To a colleague, with a note that only staff see: both or neither. */
export function HandOverDialog(): VNode {
  const id = handingOver.value;
  const dialog = useDialog(id !== null);
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="hand-over-title" onClose=${stopHandingOver}>
    ${id === null ? null : html`<${Form} key=${id} id=${id} />`}
  </dialog>`;
}

function Form({ id }: { id: string }): VNode {
  const [isBusy, error] = [useSignal(false), useSignal<string | null>(null)];
  // Made once: what is sent again after a bad answer changes nothing twice.
  const messageId = useRef(crypto.randomUUID());
  const people = colleagues();
  useEffect(() => {
    document.getElementById('hand-over-to')?.focus();
  }, []);

  async function handOver(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement) || isBusy.peek()) return;
    const asked = new FormData(event.currentTarget);
    const [assignee, body] = [String(asked.get('to')), String(asked.get('note')).trim()];
    if (body === '') {
      error.value = 'Write a few words: what has to be known to go on?';
      document.getElementById('hand-over-note')?.focus();
      return;
    }
    isBusy.value = true;
    const answer = await request<{ conversation: ConversationSummary; message: Message }>(
      'POST',
      `${conversationPath(id)}/hand-over`,
      { id: messageId.current, assignee, body },
      { parts: 'conversation message' },
    );
    isBusy.value = false;
    if (!answer.ok) {
      error.value = answer.message;
      return;
    }
    change(summariesMerged, [answer.value.conversation]);
    change(messagesMerged, id, [answer.value.message]);
    stopHandingOver();
    notify(`Handed over to ${people.find((one) => one.id === assignee)?.name ?? 'a colleague'}`);
  }

  const conversation = conversations.value.get(id);
  return html`<form class="dialog__form hand-over" onSubmit=${handOver}>
    <h2 class="dialog__title" id="hand-over-title">Hand over${conversation === undefined ? null : html` <bdi>${callerTitle(conversation)}</bdi>`}</h2>
    <div class="field">
      <label for="hand-over-to">To</label>
      <select id="hand-over-to" name="to" required>
        ${people.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}${one.isHere ? ' (here now)' : ''}</option>`)}
      </select>
    </div>
    <div class="field">
      <label for="hand-over-note">${icon('lock')}Note</label>
      <textarea id="hand-over-note" name="note" rows="4" maxlength=${MAX_BODY_LENGTH} dir="auto"
        aria-describedby="hand-over-help" aria-invalid=${error.value === null ? undefined : 'true'}
        onInput=${() => {
          error.value = null;
        }}></textarea>
      <p class="field__help" id="hand-over-help">Only staff see it. They are told at once.</p>
    </div>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${icon('alert')}<span>${error.value}</span></p>`}</div>
    <div class="dialog__actions">
      <button type="button" class="button" onClick=${stopHandingOver}>Cancel</button>
      <button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>${isBusy.value ? 'Handing over…' : 'Hand over'}</button>
    </div>
  </form>`;
}
