import type { ConversationContext } from '../../../src/domain/conversation/conversation-context.ts';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../../src/domain/conversation/message.ts';
import { formatInFull, formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { minute } from '../clock.ts';
import { consentEventWords, consentLabel, DO_NOT_TEXT_LABEL, listEventWords } from '../consent-labels.ts';
import { consentOrigin } from '../consent-origin.ts';
import { timeZone } from '../store.ts';
import { callWords } from '../words.ts';
import { part } from './part.ts';

/** Whether the caller may be texted, and how that came to be: who, what and when. */
export function consentPart(
  { consent, doNotText }: ConversationSummary,
  context: ConversationContext | null,
): VNode {
  const events = context?.events ?? [];
  const told = events.flatMap((message, index) => {
    const words = stepWords(message, isFirstCall(events, index));
    return words === null ? [] : [{ id: message.id, at: message.at, words }];
  });
  // A text from the caller leaves no event: it is there to be read.
  const isTold =
    consent.state === 'unknown' || consent.source !== 'texted-in' || told.some(({ at }) => at === consent.at);
  const steps = isTold
    ? told
    : [...told, { id: 'consent', at: consent.at, words: consentOrigin(consent, []) }];
  steps.sort((a, b) => b.at - a.at);
  return part(
    'consent',
    'Consent to texts',
    html`<p>${doNotText ? DO_NOT_TEXT_LABEL : consentLabel(consent)}</p>
      ${steps.length === 0 ? html`<p class="context__quiet">${consentOrigin(consent, [])}</p>` : html`<ol class="context__steps">${steps.map(step)}</ol>`}`,
  );
}

/** Newest first: the first call is the last of them. */
function isFirstCall(events: readonly Message[], index: number): boolean {
  return events[index]?.call !== null && events.slice(index + 1).every(({ call }) => call === null);
}

function stepWords({ event, author, call }: Message, isFirst: boolean): string | null {
  if (call !== null) return isFirst || call.useCase === 'call-to-text' ? callWords(call, null) : null;
  const who = author?.name ?? null;
  if (event?.name === 'opted-out' || event?.name === 'opted-in')
    return consentEventWords(event.name, who, event.detail);
  if (event?.name === 'do-not-text' || event?.name === 'may-text-again')
    return listEventWords(event.name, who);
  return null;
}

export function step({ id, at, words }: { id: string; at: number; words: string }): VNode {
  return html`<li key=${id}>
    <span>${words}</span>
    <time class="context__quiet" datetime=${new Date(at).toISOString()} title=${formatInFull(at, timeZone.value)}>${formatListTime(at, minute.value, timeZone.value)}</time>
  </li>`;
}
