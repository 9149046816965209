import { isSameJson } from '../text/same-json.ts';
import { grown } from './conversation-rules.ts';
import type { ConversationState, ConversationSummary } from './conversation-summary.ts';
import type { EventName, Message, StaffRef } from './message.ts';

/** What staff do with a conversation besides writing in it, and how the newest of these is taken back. */

/** What a staff member may ask for; absent means unchanged. */
export interface Change {
  state?: Exclude<ConversationState, 'snoozed'>;
  assignee?: StaffRef | null;
  /** Epoch ms; null wakes it. */
  snoozedUntil?: number | null;
  /** `false` leaves it open, and nobody is owed an answer any more; `true` begins the waiting anew. */
  needsReply?: boolean;
  /** Somebody looked, and it can wait like any other. */
  isUrgent?: false;
  /** BCP 47: in which quick responses come first. */
  language?: string;
}

type Event = NonNullable<Message['event']>;

/** The events that a change amounts to, in the order they are recorded; none where nothing changes. */
export function eventsOf(before: ConversationSummary, change: Change): Event[] {
  const { state, assignee, snoozedUntil, needsReply } = change;
  const events: Event[] = [];
  const add = (name: EventName, detail: string | null = null) => events.push({ name, detail });
  if (state === 'done' && before.state !== 'done') add('done');
  if (state === 'open' && before.state !== 'open') add('reopened');
  if (assignee !== undefined && assignee?.id !== before.assignee?.id) {
    if (assignee === null) add('unassigned');
    else add('assigned', assignee.name);
  }
  if (snoozedUntil !== undefined && snoozedUntil !== before.snoozedUntil) {
    if (snoozedUntil === null) add('woken');
    else add('snoozed', String(snoozedUntil));
  }
  if (needsReply === false && before.waitingSince !== null) add('no-reply-needed');
  if (needsReply === true && (before.waitingSince === null || before.state !== 'open')) add('needs-reply');
  if (change.isUrgent === false && before.urgent !== null) add('not-urgent', before.urgent.phrase);
  if (change.language !== undefined && change.language !== before.language) add('language', change.language);
  return events;
}

/** `message` is the last of the events that `eventsOf` asked for. */
export function afterChange(
  before: ConversationSummary,
  change: Change,
  message: Message,
): ConversationSummary {
  let after = grown(before, message);
  if (change.assignee !== undefined) after = { ...after, assignee: change.assignee };
  if (change.isUrgent === false) after = { ...after, urgent: null };
  if (change.language !== undefined) after = { ...after, language: change.language };
  if (change.state === 'done') {
    const settled = { waitingSince: null, urgent: null, unread: 0, problem: null, snoozedUntil: null };
    after = { ...after, ...settled, state: 'done' };
  }
  if (change.state === 'open') after = { ...after, state: 'open', snoozedUntil: null };
  if (change.snoozedUntil === null) after = { ...after, state: 'open', snoozedUntil: null };
  else if (change.snoozedUntil !== undefined) {
    after = { ...after, state: 'snoozed', snoozedUntil: change.snoozedUntil };
  }
  if (change.needsReply === false) after = { ...after, waitingSince: null, urgent: null, unread: 0 };
  if (change.needsReply === true) {
    const waitingSince = before.waitingSince ?? message.at;
    after = { ...after, state: 'open', snoozedUntil: null, waitingSince };
  }
  return after;
}

/** The newest change, so that it can be taken back. */
export interface Undoable {
  /** Of the summary that it led to. */
  version: number;
  lastSeq: number;
  /** Those fields that it changed: what they were, and what they became. */
  before: Partial<ConversationSummary>;
  after: Partial<ConversationSummary>;
}

/** They tell that something happened, and are not taken back with it. */
const KEPT: ReadonlySet<string> = new Set([
  'version',
  'lastSeq',
  'last',
] satisfies (keyof ConversationSummary)[]);

export function undoableOf(before: ConversationSummary, after: ConversationSummary): Undoable {
  const names = (Object.keys(after) as (keyof ConversationSummary)[]).filter(
    (name) => !KEPT.has(name) && !isSameJson(before[name], after[name]),
  );
  const of = (summary: ConversationSummary): Partial<ConversationSummary> =>
    Object.fromEntries(names.map((name) => [name, summary[name]]));
  return { version: after.version, lastSeq: after.lastSeq, before: of(before), after: of(after) };
}

/**
 * Whether all is as the change left it: nothing was said or done in the conversation since, and nothing that it
 * changed is something else by now. That somebody looked, or how a text fares, does not count.
 */
export function canUndo(undoable: Undoable | null, version: number, summary: ConversationSummary): boolean {
  return (
    undoable !== null &&
    undoable.version === version &&
    undoable.lastSeq === summary.lastSeq &&
    Object.entries(undoable.after).every(([name, value]) =>
      isSameJson(summary[name as keyof ConversationSummary], value),
    )
  );
}

/** `message` is the event. A snooze that is back and whose time came meanwhile ends at once, as it would have. */
export function afterUndoing(
  current: ConversationSummary,
  { before }: Undoable,
  message: Message,
): ConversationSummary {
  return { ...grown(current, message), ...before };
}
