import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { MAX_BODY_LENGTH } from '../../../src/domain/conversation/message.ts';
import { segmentsOf } from '../../../src/domain/conversation/segments.ts';
import { type TextRefusal, textRefusal } from '../../../src/domain/conversation/text-refusal.ts';
import { html, useEffect, useLayoutEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { stylesheet } from '../../shell/stylesheet.ts';
import { askConsent } from '../actions/consent-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { sendDraft } from '../actions/sending.ts';
import { ariaKeys, keys, shownKey } from '../keyboard.ts';
import { draftChanged } from '../state/conversation-changes.ts';
import type { Draft } from '../state/state.ts';
import { change, draft } from '../store.ts';
import { loadWriting, writing } from '../writing-aids.ts';

await stylesheet('/assets/composer.css');

const CAN_GROW = CSS.supports('field-sizing', 'content');

/** Where replies and notes are written. What is written stays with its conversation. */
export function Composer({ conversation }: { conversation: ConversationSummary }): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const { id } = conversation;
  const aids = writing.value;
  const { mode } = draft.value;
  const text = draft.value[mode];
  const isNote = mode === 'note';
  const tooLong = text.trim().length - MAX_BODY_LENGTH;
  const refused = isNote ? null : textRefusal(conversation);
  const isRefused = refused !== null;
  const canSend = text.trim() !== '' && tooLong <= 0 && !isRefused;

  useLayoutEffect(() => {
    if (!CAN_GROW && field.current !== null) grow(field.current);
  }, [text]);

  useEffect(() => void loadWriting(), []);

  function submit(event: Event, isDoneAfter = false): void {
    event.preventDefault();
    // Without what helps with writing a text can be sent all the same.
    if (canSend) (aids?.submit ?? (() => sendDraft(id)))(conversation, { isDoneAfter });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (aids?.onKey(event, conversation)) return;
    const key = keys.peek()?.writingKey(event);
    if (key === 'send' || key === 'send-and-done') submit(event, key === 'send-and-done');
  }

  return html`<form class="composer" data-mode=${mode} aria-label=${isNote ? 'Note' : 'Reply'} onSubmit=${submit}>
    <fieldset class="modes">
      <legend class="visually-hidden">What to write</legend>
      ${modeOption('reply', 'Reply', mode, id)} ${modeOption('note', 'Note', mode, id)}
    </fieldset>
    ${refused === null ? null : refusal(refused, id)} ${aids && html`<${aids.Above} conversation=${conversation} />`}
    <textarea
      ...${aids?.listRoles()}
      ref=${field}
      id="composer-text"
      class="composer__text"
      rows="2"
      dir="auto"
      aria-label=${isNote ? 'Write a note' : `Write a reply to ${callerTitle(conversation)}`}
      aria-describedby=${isRefused ? 'composer-refusal composer-count' : 'composer-count'}
      hidden=${isRefused && text === ''}
      readonly=${isRefused}
      placeholder=${isNote ? 'Only staff see this. Type @ to tell a colleague.' : 'Write a reply…'}
      value=${text}
      onInput=${(event: Event) => {
        change(draftChanged, id, { [mode]: (event.currentTarget as HTMLTextAreaElement).value });
        aids?.onInput(conversation);
      }}
      onKeyDown=${onKeyDown}
    ></textarea>
    <div class="composer__foot" hidden=${isRefused && text === ''}>
      <p class="composer__count" id="composer-count">${isRefused ? 'Not sent, and kept here' : isNote ? noteCount(text, tooLong) : replyCount(text, tooLong)}</p>
      ${aids && html`<${aids.Foot} conversation=${conversation} />`}
      <button type="submit" class="button button--primary" aria-disabled=${canSend ? undefined : 'true'} aria-keyshortcuts=${ariaKeys('send')}>
        ${icon(isNote ? 'lock' : 'send')}${isNote ? 'Save note' : 'Send'}<kbd aria-hidden="true">${shownKey('send')}</kbd>
      </button>
    </div>
  </form>`;
}

function modeOption(mode: Draft['mode'], label: string, current: Draft['mode'], id: string): VNode {
  return html`<label class="modes__option">
    <input type="radio" name="mode" value=${mode} checked=${mode === current} onChange=${() => change(draftChanged, id, { mode })} />
    <span>${mode === 'note' ? icon('lock') : icon('reply')}${label}</span>
  </label>`;
}

/** The keyboard comes here where there is nothing to write in. */
function refusal(refused: TextRefusal, id: string): VNode {
  const [what, next] = REFUSAL_WORDS[refused];
  return html`<div class="composer__refusal" id="composer-refusal" tabindex="-1">
    ${icon('no-texts')}
    <p>
      <strong>${what}</strong>
      <span class="composer__next">${next} Notes still work.</span>
    </p>
    ${refused === 'opted-out' ? html`<button type="button" class="button button--small" onClick=${() => askConsent(id, 'given')}>Record an opt-in…</button>` : null}
  </div>`;
}

const REFUSAL_WORDS: Record<TextRefusal, readonly [what: string, next: string]> = {
  'opted-out': [
    'This caller gets no texts from this line.',
    'Call them, or record that they want texts again.',
  ],
  'do-not-text': [
    'This number is on the do-not-text list of the enterprise.',
    'Call them, or ask an admin to take it off.',
  ],
};

function replyCount(text: string, tooLong: number): VNode | string {
  if (tooLong > 0) return excess(tooLong);
  if (text.trim() === '') return '';
  const { count, units, costly } = segmentsOf(text.trim());
  const length = text.trim().length;
  const cheaper = segmentsOf('a'.repeat(units)).count;
  return html`<span>${length} ${length === 1 ? 'character' : 'characters'}</span>
    <span>${count} ${count === 1 ? 'segment' : 'segments'}${costly !== null && count > cheaper ? ` because of “${costly}”` : ''}</span>`;
}

function noteCount(text: string, tooLong: number): VNode | string {
  if (tooLong > 0) return excess(tooLong);
  return text === '' ? '' : html`<span>Stays inside: not sent to the caller</span>`;
}

function excess(tooLong: number): VNode {
  return html`<span class="composer__excess">${icon('alert')}${tooLong} ${tooLong === 1 ? 'character' : 'characters'} too long</span>`;
}

/** For browsers without `field-sizing`; the style sheet sets the limit. */
function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
