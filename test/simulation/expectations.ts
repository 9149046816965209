import { isDeepStrictEqual } from 'node:util';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from '../../durable/message-row.ts';
import { callerText, messageText, rowOwner } from '../../durable/text-index.ts';
import type { DeliveryStatus } from '../../src/domain/conversation/delivery-status.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import { placeOf } from '../../src/domain/inbox/inbox-view.ts';
import type { Taken } from './carrier.ts';
import type { PlatformObject } from './platform.ts';
import { stateOf, type Watch } from './watch.ts';

/** Rows as the stores keep them, read past the objects. */
interface TextRow {
  id: string;
  status: DeliveryStatus;
  statusAt: number;
  attempt: number;
  dueAt: number | null;
  reason: string | null;
}

const CLAIM_MAY_LAST_MS = 45_000;
const MAY_BE_LATE_MS = 5_000;

/** What has to hold a minute after everything works again; every sentence is something that does not. */
export function brokenSoon(conversations: PlatformObject[], now: number): string[] {
  const broken: string[] = [];
  for (const conversation of conversations) {
    for (const { id, status, statusAt, dueAt } of textsOf(conversation)) {
      if (status === 'sending' && statusAt < now - CLAIM_MAY_LAST_MS)
        broken.push(`${id} is still being sent`);
      if (dueAt !== null && dueAt < now - MAY_BE_LATE_MS)
        broken.push(`${id} is ${status} and has been due for ${now - dueAt} ms`);
    }
  }
  return broken;
}

/** What has to hold once every delay is over. */
export function brokenInTheEnd(conversations: PlatformObject[], watch: Watch, taken: Taken[]): string[] {
  return [
    ...conversations.flatMap((conversation) => brokenAlone(conversation, watch)),
    ...brokenPromises(watch),
    ...sentTooOften(taken),
    ...brokenReports(watch, taken),
    ...brokenRetries(watch),
  ];
}

function brokenAlone(conversation: PlatformObject, watch: Watch): string[] {
  const state = stateOf(conversation);
  if (!state) return [];
  const broken = textsOf(conversation)
    .filter(({ dueAt, status }) => dueAt !== null || status === 'queued' || status === 'sending')
    .map(({ id, status }) => `${id} is ${status} for ever`);
  const { summary } = state;
  const messages = messagesOf(conversation);
  if (messages.some(({ seq }, index) => seq !== index + 1) || messages.length !== summary.lastSeq)
    broken.push(`messages are not 1 to ${summary.lastSeq} without a gap`);
  if (summary.version < (watch.toldVersion.get(conversation) ?? 0))
    broken.push(`version ${summary.version} is older than what somebody was told`);
  const { alarmAt } = conversation.storage;
  if (alarmAt !== summary.snoozedUntil)
    broken.push(`the alarm is at ${alarmAt} and the snooze ends at ${summary.snoozedUntil}`);
  return broken;
}

function brokenPromises({ promised }: Watch): string[] {
  return [...promised.values()].flatMap(({ target, messageId, times, body }) => {
    const found = messagesOf(target).filter(({ id }) => id === messageId);
    if (found.length !== times) return `${messageId} is there ${found.length} times instead of ${times}`;
    return found.some((message) => body !== null && message.body !== body) ? `${messageId} has changed` : [];
  });
}

/** Once for each time that it was asked for, and once more where the phone was off. */
function sentTooOften(taken: Taken[]): string[] {
  const rounds = Map.groupBy(taken, ({ text, round }) => `${text.messageId} in round ${round}`);
  return [...rounds].flatMap(([name, texts]) => {
    const allowed = 1 + Math.min(1, texts.filter(({ reason }) => reason === 'unreachable').length);
    return texts.length > allowed ? `${name} was taken ${texts.length} times instead of ${allowed}` : [];
  });
}

/** What the carrier told about a text that left once is what it says. */
function brokenReports({ reports, promised, askedAgain }: Watch, taken: Taken[]): string[] {
  const targets = new Set([...promised.values()].map(({ target }) => target));
  const status = new Map([...targets].flatMap(textsOf).map((text) => [text.id, text.status]));
  return reports
    .filter(({ status: told, messageId }) => told === 'delivered' && !askedAgain.has(messageId))
    .filter(({ messageId }) => taken.filter(({ text }) => text.messageId === messageId).length === 1)
    .filter(({ messageId }) => status.has(messageId) && status.get(messageId) !== 'delivered')
    .map(({ messageId }) => `${messageId} was reported as delivered and is ${status.get(messageId)}`);
}

/** A text that a person asked for again left again, unless it had arrived, or the caller must not be texted. */
function brokenRetries({ askedAgain }: Watch): string[] {
  return [...askedAgain].flatMap(([messageId, { target, attempt }]) => {
    const text = textsOf(target).find(({ id }) => id === messageId);
    const isWithdrawn = text?.reason === 'blocked' || text?.reason === 'do-not-text';
    const isDone = text?.status === 'delivered' || (text?.status === 'failed' && isWithdrawn);
    return text && (text.attempt > attempt || isDone)
      ? []
      : `${messageId} was asked for again and is ${text?.status} of attempt ${text?.attempt}`;
  });
}

/** The inbox shows what the conversations are, its counts are those of its rows, its index has each text once. */
export function brokenInbox(inbox: PlatformObject, conversations: PlatformObject[]): string[] {
  const broken: string[] = [];
  const begun = conversations.filter((conversation) => stateOf(conversation));
  if (begun.length === 0) return broken;
  const rows = inbox.storage.rows('SELECT id, bucket, assignee, indexed_seq, summary FROM conversations');
  if (rows.length !== begun.length) broken.push(`the inbox has ${rows.length} of ${begun.length}`);
  const counts = new Map<string, number>();
  const texts: string[] = [];
  for (const conversation of begun) {
    const { summary } = stateOf(conversation);
    const row = rows.find(({ id }) => id === conversation.id);
    const { bucket, assigneeId } = placeOf(summary);
    const place = `${bucket} ${assigneeId}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
    if (!row || !isDeepStrictEqual(JSON.parse(row.summary as string), summary))
      broken.push(`the inbox is behind ${conversation.id} of version ${summary.version}`);
    if (row?.indexed_seq !== summary.lastSeq)
      broken.push(`the index of ${conversation.id} ends at ${row?.indexed_seq} of ${summary.lastSeq}`);
    texts.push(`${conversation.id} ${callerText(summary.caller)}`);
    for (const message of messagesOf(conversation)) {
      const text = messageText(message);
      if (text !== null) texts.push(`${rowOwner(conversation.id, message)} ${text}`);
    }
  }
  const counted = inbox.storage
    .rows('SELECT bucket, assignee, n FROM counts WHERE n <> 0')
    .map(({ bucket, assignee, n }) => [`${bucket} ${assignee}`, n] as const);
  if (!isDeepStrictEqual(new Map(counted), counts)) broken.push('the counts are not those of the rows');
  const indexed = inbox.storage
    .rows('SELECT conversation, body FROM texts')
    .map(({ conversation, body }) => `${conversation} ${body}`);
  if (!isDeepStrictEqual(indexed.sort(), texts.sort())) broken.push('the index has not each text once');
  return broken;
}

function textsOf(conversation: PlatformObject): TextRow[] {
  if (!stateOf(conversation)) return [];
  return conversation.storage.rows(
    `SELECT id, status, status_at AS statusAt, attempt, due_at AS dueAt, reason
     FROM messages WHERE status IS NOT NULL`,
  ) as unknown as TextRow[];
}

function messagesOf(conversation: PlatformObject): Message[] {
  if (!stateOf(conversation)) return [];
  const rows = conversation.storage.rows(`SELECT ${MESSAGE_COLUMNS} FROM messages ORDER BY seq`);
  return rows.map((row) => toMessage(row as unknown as MessageRow));
}
