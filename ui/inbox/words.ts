/** The sentences and labels that stand for domain values. */
import type { DeliveryStatus } from '../../src/domain/conversation/delivery-status.ts';
import type { FailureReason } from '../../src/domain/conversation/failure-reason.ts';
import {
  CANCEL_REASONS,
  CANCEL_WORDS,
  type Call,
  type Message,
} from '../../src/domain/conversation/message.ts';
import type { InboxView } from '../../src/domain/inbox/inbox-view.ts';
import { formatHeld, formatUntil, isolated, languageName } from '../design/format.ts';
import { consentEventWords, listEventWords } from './consent-labels.ts';

export const VIEW_WORDS: Record<InboxView, string> = {
  'needs-reply': 'Needs reply',
  mine: 'Mine',
  unassigned: 'Unassigned',
  'awaiting-caller': 'Awaiting caller',
  open: 'Open',
  snoozed: 'Snoozed',
  done: 'Done',
};

export const STATUS_WORDS: Record<DeliveryStatus, string> = {
  queued: 'Queued',
  sending: 'Sending',
  unconfirmed: 'Not confirmed',
  sent: 'Sent',
  delivered: 'Delivered',
  undelivered: 'Not delivered',
  failed: 'Not delivered',
};

/** For a chip in a row; the conversation shows the whole sentence. */
export const PROBLEM_WORDS: Record<FailureReason, string> = {
  landline: 'Landline',
  unreachable: 'Unreachable',
  blocked: 'Opted out',
  'do-not-text': 'Do not text',
  'invalid-number': 'Cannot get texts',
  refused: 'Refused',
  'spam-filtered': 'Taken for spam',
  account: 'Line cannot send',
  expired: 'Not sent in time',
  'carrier-silent': 'Carrier silent',
  'outcome-unknown': 'Not confirmed',
};

/** The line above an automatic text: what the caller did. */
export function callWords(call: Call, callerName: string | null): string {
  const who = callerName === null ? 'The caller' : isolated(callerName);
  const held = call.waitedSeconds === null ? null : formatHeld(call.waitedSeconds);
  if (call.useCase === 'abandoned-call') {
    return held === null ? `${who} hung up while waiting` : `${who} hung up after ${held} on hold`;
  }
  return held === null ? `${who} chose to text` : `${who} chose to text after ${held} on hold`;
}

export function eventWords(message: Message, now: number, timeZone: string): string {
  const who = message.author && isolated(message.author.name);
  const detail = message.event?.detail ?? null;
  switch (message.event?.name) {
    case 'done':
      return who === null ? 'Marked done' : `${who} marked this done`;
    case 'reopened':
      return who === null ? 'Reopened by a new text' : `${who} reopened this`;
    case 'assigned':
      if (who === null) return `Assigned to ${detail ?? 'somebody'}`;
      return who === detail ? `${who} took this` : `${who} assigned this to ${detail ?? 'somebody'}`;
    case 'unassigned':
      return who === null ? 'No longer assigned' : `${who} left this unassigned`;
    case 'returned':
      return `Returned to the queue: ${detail ?? 'who had it'} went offline`;
    case 'snoozed': {
      const until = Number(detail);
      const when = until > 0 ? ` until ${formatUntil(until, now, timeZone)}` : '';
      return who === null ? `Snoozed${when}` : `${who} snoozed this${when}`;
    }
    case 'woken':
      return who === null ? 'Back from snooze' : `${who} ended the snooze`;
    case 'no-reply-needed':
      return who === null ? 'No reply needed' : `${who} marked this as needing no reply`;
    case 'needs-reply':
      return who === null ? 'Needs a reply' : `${who} marked this as needing a reply`;
    case 'undone':
      return who === null ? 'Taken back' : `${who} took that back`;
    case 'opted-out':
    case 'opted-in':
      return consentEventWords(message.event.name, who, detail);
    case 'do-not-text':
    case 'may-text-again':
      return listEventWords(message.event.name, who);
    case 'called-again':
      return `Called again, ${ordinal(Number(detail))} time`;
    case 'language':
      return `${who ?? 'Somebody'} changed the language to ${languageName(detail ?? '')}`;
    case 'linked':
      return `${who ?? 'Somebody'} said that this is ${detail ?? 'a patient'}`;
    case 'unlinked':
      return `${who ?? 'Somebody'} ended that this is ${detail ?? 'a patient'}`;
    case 'not-urgent':
      return `${who ?? 'Somebody'} decided that “${detail ?? ''}” is not urgent`;
    case 'text-cancelled': {
      const reason = CANCEL_REASONS.find((known) => known === detail);
      return reason === undefined ? 'The text that was waiting was called off' : CANCEL_WORDS[reason];
    }
    case undefined:
      return '';
  }
}

function ordinal(n: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${n}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)]}`;
}
