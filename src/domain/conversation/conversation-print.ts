import { formatNumber } from '../numbers/format-number.ts';
import type { ConversationSummary } from './conversation-summary.ts';
import { CANCEL_WORDS, type CancelReason, type Message } from './message.ts';

export interface Printed {
  practice: string;
  timeZone: string;
  /** Who exports it. */
  by: string;
  now: number;
  /** Then the page leads to where that is done. */
  mayHold: boolean;
}

/** A conversation as a page that can be printed, or kept as PDF. Everything that anybody wrote is text in it. */
export function conversationPage(
  { id, practiceId, line, caller, createdAt, consent, language }: ConversationSummary,
  messages: readonly Message[],
  { practice, timeZone, by, now, mayHold }: Printed,
): string {
  const instant = (at: number) =>
    new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'medium', timeStyle: 'long' }).format(at);
  const who = caller.name ?? 'Unverified caller';
  const facts = [
    ['Practice', practice],
    ['Line', `${line.name}, ${formatNumber(line.number)}`],
    ['Caller', `${who}, ${formatNumber(caller.number)}`],
    ['Language', language],
    ['Consent', CONSENT_WORDS[consent.state]],
    ['Began', instant(createdAt)],
    ['Entries', String(messages.length)],
    ['Exported', `${instant(now)}, by ${by}`],
  ] as const;
  const title = `Conversation with ${who}`;
  const hold = mayHold
    ? ` So that it is never deleted, <a href="/${encodeURIComponent(practiceId)}/data?hold=${id}">put it on hold</a>.`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/assets/print.css">
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="how">Print this page, or save it as PDF, with Ctrl+P or ⌘P. Or <a href="/api/conversations/${id}/export" download>keep it as a JSON file</a>.${hold}</p>
<dl>${facts.map(([term, words]) => `<div><dt>${term}</dt><dd>${escaped(words)}</dd></div>`).join('')}</dl>
<ol>${messages.map((message) => entry(message, instant(message.at))).join('\n')}</ol>
</main>
</body>
</html>
`;
}

const CONSENT_WORDS = {
  unknown: 'Not known',
  given: 'May be texted',
  'opted-out': 'Opted out of texts',
} as const satisfies Record<ConversationSummary['consent']['state'], string>;

function entry(message: Message, at: string): string {
  const { kind, body, media, delivery } = message;
  const pictures = media.length === 0 ? '' : `<p class="more">${media.length} attached</p>`;
  const fared = delivery === null ? '' : `<p class="more">${escaped(delivery.status)}</p>`;
  return `<li class="${kind}"><p class="head"><b>${escaped(author(message))}</b> <span>${escaped(at)}</span></p>${
    body === '' ? '' : `<p class="body">${escaped(body)}</p>`
  }${pictures}${fared}</li>`;
}

function author({ kind, author, event }: Message): string {
  switch (kind) {
    case 'text-in':
      return 'Caller';
    case 'automatic':
      return 'Automatic text';
    case 'reply':
      return author?.name ?? 'Staff';
    case 'note':
      return `${author?.name ?? 'Staff'}, internal note`;
    case 'event': {
      const what = event === null ? '' : eventWords(event);
      return author === null ? what : `${what}, by ${author.name}`;
    }
  }
}

function eventWords({ name, detail }: NonNullable<Message['event']>): string {
  switch (name) {
    case 'done':
      return 'Marked done';
    case 'reopened':
      return 'Reopened';
    case 'assigned':
      return `Assigned to ${detail ?? 'somebody'}`;
    case 'unassigned':
      return 'Assigned to nobody';
    case 'returned':
      return `Returned to the queue: ${detail ?? 'who had it'} went offline`;
    case 'snoozed':
      return 'Snoozed';
    case 'woken':
      return 'The snooze ended';
    case 'no-reply-needed':
      return 'No reply needed';
    case 'needs-reply':
      return 'Needs a reply';
    case 'undone':
      return 'Taken back';
    case 'opted-out':
      return 'Opted out of texts';
    case 'opted-in':
      return 'May be texted again';
    case 'do-not-text':
      return 'Put on the do-not-text list';
    case 'may-text-again':
      return 'Taken off the do-not-text list';
    case 'called-again':
      return 'Called again';
    case 'not-urgent':
      return `Not urgent after all: “${detail ?? ''}”`;
    case 'language':
      return `Language changed to ${detail ?? 'another one'}`;
    case 'linked':
      return `Linked by hand to the patient ${detail ?? ''}`;
    case 'unlinked':
      return `No longer linked to the patient ${detail ?? ''}`;
    case 'text-cancelled':
      return detail !== null && detail in CANCEL_WORDS
        ? CANCEL_WORDS[detail as CancelReason]
        : 'A text was called off';
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
