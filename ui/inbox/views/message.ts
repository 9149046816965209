import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { type DeliveryStatus, needsAttention } from '../../../src/domain/conversation/delivery-status.ts';
import { FAILURE_WORDS } from '../../../src/domain/conversation/failure-reason.ts';
import { namedIn } from '../../../src/domain/conversation/mentions.ts';
import type { Message, StaffRef } from '../../../src/domain/conversation/message.ts';
import { textRefusal } from '../../../src/domain/conversation/text-refusal.ts';
import { formatInFull, formatTime, formatTook, formatUntil } from '../../design/format.ts';
import { type ComponentChildren, html, type VNode } from '../../design/html.ts';
import { type IconName, icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { retry } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { editOvertaken, editUnsent, sendOvertaken, trySendingAgain } from '../actions/sending.ts';
import { now } from '../clock.ts';
import { linkParts } from '../links.ts';
import type { Unsent } from '../state/state.ts';
import { canBeEdited } from '../state/unsent-stage.ts';
import { newer, session, staff, timeZone } from '../store.ts';
import type { TimelineItem } from '../timeline.ts';
import { waits } from '../waits.ts';
import { STATUS_WORDS } from '../words.ts';
import { MessageMedia } from './lazy-views.ts';

const STATUS_ICONS: Record<DeliveryStatus, IconName> = {
  queued: 'clock',
  sending: 'clock',
  unconfirmed: 'question',
  sent: 'check',
  delivered: 'double-check',
  undelivered: 'alert',
  failed: 'alert',
};

/** A text in or out, or a note. */
export function message(
  item: Extract<TimelineItem, { is: 'message' }>,
  conversation: ConversationSummary,
): VNode {
  const { message: one, isFirst, isLast } = item;
  return html`<li
    class=${`message message--${one.kind}`}
    key=${one.id}
    data-message-id=${one.id}
    data-first=${String(isFirst)}
    data-last=${String(isLast)}
    data-newer=${newer.value.includes(one) ? 'true' : undefined}
  >
    ${one.kind === 'note' ? noteLabel(one.author?.name ?? null, addressees(one)) : hidden(`${writer(one, conversation)}:`)}
    ${one.body === '' ? null : html`<div class="bubble" dir="auto" lang=${one.kind === 'automatic' ? conversation.language : undefined}>${one.kind === 'note' ? noteBody(one.body, one.mentions) : bodyOf(one.body, one.kind === 'text-in' ? conversation.urgent : null)}</div>`}
    ${one.media.length === 0 ? null : html`<${MessageMedia} message=${one} conversationId=${conversation.id} />`}
    ${meta(one, isLast)} ${failure(one, conversation)}
  </li>`;
}

function writer(one: Message, conversation: ConversationSummary): string {
  if (one.kind === 'text-in') return callerTitle(conversation);
  return one.kind === 'automatic' ? automaticWords(one) : (one.author?.name ?? 'Staff');
}

/** A call leads to a text; a text from the caller, to a reply. */
function automaticWords({ call }: Message): string {
  return call === null ? 'Automatic reply' : 'Automatic text';
}

/** Whom it was handed over to, where the words of the note do not say so. */
function addressees({ body, mentions = [] }: Message): string[] {
  const named = namedIn(body, mentions).map(({ staff: one }) => one.id);
  return mentions.filter(({ id }) => !named.includes(id)).map(({ name }) => name);
}

function noteLabel(author: string | null, to: readonly string[] = []): VNode {
  return html`<p class="note-label">${icon('lock')}<strong>Internal note</strong>${author === null ? null : html`<span>${author}</span>`}${to.length === 0 ? null : html`<span>for <span class="mention">${to.join(', ')}</span></span>`}</p>`;
}

/** Whoever is named in a note stands out in it. */
function noteBody(body: string, mentions: readonly StaffRef[] = []): ComponentChildren[] {
  const named = namedIn(body, mentions);
  if (named.length === 0) return bodyOf(body);
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const { start, end } of named) {
    // Two of one name stand in one place.
    if (start < from) continue;
    parts.push(
      ...bodyOf(body.slice(from, start)),
      html`<span class="mention">${body.slice(start, end)}</span>`,
    );
    from = end;
  }
  return [...parts, ...bodyOf(body.slice(from))];
}

/** `urgent`: with the words marked that cannot wait. */
function bodyOf(body: string, urgent: ConversationSummary['urgent'] = null): ComponentChildren[] {
  return linkParts(body).map(({ text, isLink }) => {
    if (isLink) return html`<a href=${text} dir="ltr" target="_blank" rel="noreferrer noopener">${text}</a>`;
    return (urgent && waits.value?.marked(text, urgent.phrase)) ?? text;
  });
}

function meta(one: Message, isLast: boolean): VNode | null {
  if (one.delivery === null && !isLast) return null;
  const zone = timeZone.value;
  const author =
    one.kind === 'automatic' ? automaticWords(one) : one.kind === 'reply' ? one.author?.name : undefined;
  return html`<p class="meta">
    ${author === undefined ? null : html`<span aria-hidden="true">${author}</span>`}
    <time datetime=${new Date(one.at).toISOString()} title=${formatInFull(one.at, zone)}>${formatTime(one.at, zone)}</time>
    ${one.delivery === null ? null : (waiting(one) ?? status(one.delivery.status))} ${took(one)}
  </p>`;
}

function status(current: DeliveryStatus): VNode {
  return html`<span class="status" data-status=${current}>${icon(STATUS_ICONS[current])}${STATUS_WORDS[current]}</span>`;
}

/** The trigger asked for a pause, in case the caller gets through, or for the practice to open first. */
function waiting({ call, delivery }: Message): VNode | null {
  if (
    delivery?.status !== 'queued' ||
    call === null ||
    call.heldUntil === null ||
    call.heldUntil <= now.value
  )
    return null;
  const until = formatUntil(call.heldUntil, now.value, timeZone.value);
  return html`<span class="status" data-status="queued">${icon('clock')}Waits until ${until}</span>`;
}

/** How soon after the call the automatic text was on its way; what it was made to wait is not counted. */
function took({ call, delivery }: Message): VNode | null {
  if (call === null || !delivery || delivery.sentAt === null || needsAttention(delivery.status)) return null;
  return html`<span>sent in ${formatTook(delivery.sentAt - (call.heldUntil ?? call.firedAt))}</span>`;
}

function failure({ id, delivery }: Message, conversation: ConversationSummary): VNode | null {
  if (delivery === null || !needsAttention(delivery.status)) return null;
  return html`<div class="failure">
    <p>${FAILURE_WORDS[delivery.reason ?? 'outcome-unknown']}</p>
    ${
      textRefusal(conversation) !== null
        ? null
        : html`<button type="button" class="button button--small" onClick=${() => void retry(conversation.id, id)}>Send again</button>`
    }
  </div>`;
}

/** Written here and not acknowledged yet: looks like the message that it is about to become. */
export function unsentMessage({ id, kind, body, at, stage }: Unsent, conversationId: string): VNode {
  const author = session.value?.staff.name ?? '';
  return html`<li class=${`message message--${kind} message--unsent`} key=${id} data-message-id=${id} data-first="true" data-last="true">
    ${kind === 'note' ? noteLabel(author) : hidden(`${author}:`)}
    <div class="bubble" dir="auto">${kind === 'note' ? noteBody(body, staff.value) : bodyOf(body)}</div>
    <p class="meta">
      ${kind === 'note' ? null : html`<span aria-hidden="true">${author}</span>`}
      <time datetime=${new Date(at).toISOString()}>${formatTime(at, timeZone.value)}</time>
      ${stage.is === 'sending' ? status('sending') : null}
      ${stage.is === 'waiting' ? html`<span class="status" data-status="queued">${icon('clock')}Waiting for the connection</span>` : null}
    </p>
    ${stage.is === 'overtaken' ? overtaken(conversationId, id) : null}
    ${
      stage.is === 'failed'
        ? html`<div class="failure" role="alert">
            <p><strong>${stage.isUnknown ? 'Perhaps not sent.' : 'Not sent.'}</strong> ${stage.message}</p>
            <button type="button" class="button button--small" onClick=${() => trySendingAgain(conversationId, id)}>Try again</button>
            ${canBeEdited(stage) ? html`<button type="button" class="button button--small" onClick=${() => editUnsent(conversationId, id)}>Edit</button>` : null}
          </div>`
        : null
    }
  </li>`;
}

/** It was on its way, or waited for the connection, when somebody wrote: what they wrote is marked above. */
function overtaken(conversationId: string, id: string): VNode {
  return html`<div class="failure failure--overtaken" role="alert">
    <p><strong>Not sent yet.</strong> Somebody wrote here before it could leave: see what is marked above.</p>
    <button type="button" class="button button--small" onClick=${() => sendOvertaken(conversationId, id)}>Send anyway</button>
    <button type="button" class="button button--small" onClick=${() => editOvertaken(conversationId, id)}>Edit</button>
  </div>`;
}
