import { type HandsetMessage, MAX_HANDSET_TEXT_LENGTH } from '../../../src/domain/conversation/handset.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { linkParts } from '../../inbox/links.ts';
import { callLine, openScreen, sendDraft, writeDraft } from '../actions.ts';
import { call, lines, nameOf, state, threads } from '../store.ts';
import { formatTimeWithHalf } from '../time.ts';
import { avatar } from './avatar.ts';
import { icon } from './icon.ts';
import { attachedPictures, pictureButton, sentPictures } from './pictures.ts';

/** Texts further apart than this have the time between them. */
const PAUSE_MS = 10 * 60_000;

export function threadScreen(number: string): VNode {
  const name = nameOf(number);
  const messages = threads.value.find(({ line }) => line === number)?.messages ?? [];
  const line = lines.value.find((one) => one.number === number);
  const back = threads.value.length > 1 ? ({ name: 'messages' } as const) : ({ name: 'home' } as const);
  return html`<div class="thread" key=${`thread ${number}`}>
    <div class="app-bar app-bar--thread">
      <button type="button" class="app-bar__back" aria-label="Back" onClick=${() => openScreen(back)}>${icon('back')}</button>
      <div class="app-bar__who">
        ${avatar(name)}
        <h2>${name}</h2>
        <p>${formatNumber(number)}</p>
      </div>
      ${
        line === undefined || call.value !== null
          ? html`<span class="app-bar__action"></span>`
          : html`<button type="button" class="app-bar__action" aria-label=${`Call ${name}`} onClick=${() => callLine(line)}>${icon('call')}</button>`
      }
    </div>
    <div class="thread__scroll" id="thread" tabindex="0" role="region" aria-label=${`Texts with ${name}`}>
      ${
        messages.length === 0
          ? html`<p class="thread__empty">Anybody may text the line, also without having called. Staff answer here.</p>`
          : html`<ol class="bubbles">${messages.map((message, index) => bubble(message, index, messages))}</ol>`
      }
    </div>
    ${composer(number)}
  </div>`;
}

function bubble(message: HandsetMessage, index: number, all: HandsetMessage[]): VNode {
  const { id, direction, body, at, isDelivered } = message;
  const before = all[index - 1];
  const next = all[index + 1];
  const isLastSent = direction === 'sent' && !all.slice(index + 1).some((one) => one.direction === 'sent');
  const hasTime = before === undefined || at - before.at > PAUSE_MS;
  return html`<li class="bubbles__item" key=${id} data-direction=${direction} data-tail=${String(next?.direction !== direction)}>
    ${hasTime ? html`<time class="bubbles__time" datetime=${new Date(at).toISOString()}>${formatTimeWithHalf(at)}</time>` : null}
    ${
      body === ''
        ? null
        : html`<div class="bubble" dir="auto">
            <span class="visually-hidden">${direction === 'sent' ? 'You: ' : `${nameOf(message.from)}: `}</span>${wordsOf(body)}
          </div>`
    }
    ${sentPictures(message)}
    ${isLastSent || !isDelivered ? html`<p class="bubbles__status">${direction !== 'sent' ? null : isDelivered ? 'Delivered' : 'Sending…'}</p>` : null}
  </li>`;
}

function wordsOf(body: string): (VNode | string)[] {
  return linkParts(body).map(({ text, isLink }) =>
    isLink ? html`<a href=${text} target="_blank" rel="noreferrer noopener">${text}</a>` : text,
  );
}

function composer(line: string): VNode {
  const { drafts, attached, sending } = state.value;
  const isEmpty = (drafts[line] ?? '').trim() === '' && (attached[line] ?? []).length === 0;
  const draft = drafts[line] ?? '';
  const send = (event: Event) => {
    event.preventDefault();
    void sendDraft(line);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
  };
  return html`<form class="composer" onSubmit=${send}>
    ${sending.is === 'failed' ? html`<p class="composer__problem" role="alert">${sending.message}</p>` : null}
    ${attachedPictures(line)}
    <div class="composer__row">
    ${pictureButton(line)}
    <label class="composer__field">
      <span class="visually-hidden">Text to ${nameOf(line)}</span>
      <textarea
        id="draft"
        rows="1"
        placeholder="Text message"
        maxlength=${MAX_HANDSET_TEXT_LENGTH}
        value=${draft}
        onInput=${(event: InputEvent) => writeDraft(line, (event.currentTarget as HTMLTextAreaElement).value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      <button type="submit" aria-label="Send" disabled=${isEmpty || sending.is === 'under-way'}>${icon('send')}</button>
    </label>
    </div>
  </form>`;
}
