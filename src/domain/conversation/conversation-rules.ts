import type { Line } from '../calls/firing.ts';
import { type CallerMatch, callerWith, type LinkedPatient, UNVERIFIED } from '../patients/caller-match.ts';
import type { UseCase } from '../triggers/use-case.ts';
import { NO_CONSENT, withConsentFrom } from './consent.ts';
import { type ConversationSummary, SNIPPET_LENGTH } from './conversation-summary.ts';
import type { FailureReason } from './failure-reason.ts';
import { mediaWords } from './media.ts';
import type { Message, StaffRef } from './message.ts';
import type { TextInMeaning } from './text-in-meaning.ts';

/**
 * What a conversation becomes through each thing that happens to it. Every function answers a whole new
 * summary with the next version; none of them looks at a clock or a store.
 */

export interface Beginning {
  id: string;
  practiceId: string;
  line: Line;
  caller: string;
  language: string;
  at: number;
}

export function begun({ id, practiceId, line, caller, language, at }: Beginning): ConversationSummary {
  return {
    id,
    version: 0,
    practiceId,
    line: { id: line.id, name: line.name, number: line.number },
    caller: callerWith(caller, UNVERIFIED),
    language,
    useCase: null,
    state: 'open',
    assignee: null,
    snoozedUntil: null,
    waitingSince: null,
    urgent: null,
    unread: 0,
    last: { at, kind: 'event', snippet: '' },
    problem: null,
    consent: NO_CONSENT,
    isOptOutSuggested: false,
    cannotText: null,
    doNotText: false,
    createdAt: at,
    lastSeq: 0,
  };
}

/** A new message is the newest one; everything else is said by the functions below. */
export function grown(before: ConversationSummary, message: Message): ConversationSummary {
  const last =
    message.kind === 'event'
      ? before.last
      : { at: message.at, kind: message.kind, snippet: snippetOf(message) };
  return { ...before, version: before.version + 1, lastSeq: message.seq, last };
}

/** Cut between characters, never inside one; what else the text carried is said where it had no words. */
function snippetOf({ body, media }: Message): string {
  const line = body.replace(/\s+/g, ' ').trim() || mediaWords(media);
  return line.length <= SNIPPET_LENGTH ? line : `${[...line].slice(0, SNIPPET_LENGTH - 1).join('')}…`;
}

export function afterAutomaticText(
  before: ConversationSummary,
  message: Message,
  useCase: UseCase,
): ConversationSummary {
  const source = useCase === 'call-to-text' ? 'pressed-key' : 'hung-up';
  const consent = withConsentFrom(before.consent, source, message.at);
  return { ...grown(before, message), useCase, consent, state: 'open', snoozedUntil: null };
}

/** Staff see it in the conversation; it asks nothing of them. */
export function afterCallingAgain(before: ConversationSummary, message: Message): ConversationSummary {
  return grown(before, message);
}

/** Messages are not what they were. */
export function afterCancelling(before: ConversationSummary): ConversationSummary {
  return { ...before, version: before.version + 1 };
}

/** `redFlag`: in which words it says that it cannot wait; what was urgent before stays so, since then. */
export function afterTextIn(
  before: ConversationSummary,
  message: Message,
  { needsReply, consent, suggestsOptOut }: TextInMeaning,
  redFlag: string | null = null,
): ConversationSummary {
  const isUrgent = redFlag !== null;
  return {
    ...grown(before, message),
    state: 'open',
    snoozedUntil: null,
    waitingSince: before.waitingSince ?? (needsReply || isUrgent ? message.at : null),
    urgent: before.urgent ?? (isUrgent ? { phrase: redFlag, at: message.at } : null),
    unread: before.unread + 1,
    problem: null,
    consent,
    isOptOutSuggested: before.isOptOutSuggested || suggestsOptOut,
    cannotText: null,
  };
}

export function afterReply(before: ConversationSummary, message: Message): ConversationSummary {
  return {
    ...grown(before, message),
    state: 'open',
    snoozedUntil: null,
    waitingSince: null,
    urgent: null,
    unread: 0,
    problem: null,
  };
}

export function afterNote(before: ConversationSummary, message: Message): ConversationSummary {
  return grown(before, message);
}

/** The caller is owed something again, since the text that should have reached them did not. */
export function afterFailure(
  before: ConversationSummary,
  reason: FailureReason,
  at: number,
): ConversationSummary {
  return {
    ...before,
    version: before.version + 1,
    state: 'open',
    snoozedUntil: null,
    waitingSince: before.waitingSince ?? at,
    problem: reason,
    consent: reason === 'blocked' ? { state: 'opted-out', source: 'carrier', at } : before.consent,
    cannotText: reason === 'landline' || reason === 'invalid-number' ? reason : before.cannotText,
  };
}

/** The newest text out, of `at`, had failed and arrived at a later try: what its failure asked of staff is over. */
export function afterArrival(before: ConversationSummary, at: number): ConversationSummary {
  const { waitingSince } = before;
  // Who waited before that text waits still.
  const isByFailure = waitingSince !== null && waitingSince > at;
  return {
    ...before,
    version: before.version + 1,
    problem: null,
    waitingSince: isByFailure ? null : waitingSince,
  };
}

/** Staff say what the caller told them. `message` is the event. */
export function afterStaffConsent(
  before: ConversationSummary,
  state: 'given' | 'opted-out',
  message: Message,
): ConversationSummary {
  const consent = { state, source: 'staff', at: message.at } as const;
  return { ...grown(before, message), consent, isOptOutSuggested: false };
}

/** The number was put on the enterprise's do-not-text list, or taken off it. `message` is the event. */
export function afterDoNotText(
  before: ConversationSummary,
  doNotText: boolean,
  message: Message,
): ConversationSummary {
  return { ...grown(before, message), doNotText };
}

export function afterDismissingSuggestion(before: ConversationSummary): ConversationSummary {
  return { ...before, version: before.version + 1, isOptOutSuggested: false };
}

/** With what the directory says about the caller's number. No version of its own: what brought it has one. */
export function matched(
  summary: ConversationSummary,
  match: CallerMatch,
  linked: LinkedPatient | null | undefined = summary.caller.linked,
): ConversationSummary {
  return { ...summary, caller: callerWith(summary.caller.number, match, linked) };
}

/** The directory, or what this practice may see of it, is not what it was. */
export function afterMatching(
  before: ConversationSummary,
  match: CallerMatch,
  linked: LinkedPatient | null | undefined,
): ConversationSummary {
  return { ...matched(before, match, linked), version: before.version + 1 };
}

/** Staff say who the caller is, or that it is not known after all. `message` is the event. */
export function afterLinking(
  before: ConversationSummary,
  match: CallerMatch,
  linked: LinkedPatient | null,
  message: Message,
): ConversationSummary {
  return matched(grown(before, message), match, linked);
}

/** What is urgent is not answered by an older text that leaves once more. */
export function afterRetry(before: ConversationSummary): ConversationSummary {
  const waitingSince = before.urgent === null ? null : before.waitingSince;
  return { ...before, version: before.version + 1, waitingSince, problem: null };
}

export function afterReading(before: ConversationSummary): ConversationSummary {
  return { ...before, version: before.version + 1, unread: 0 };
}

/** Whose it was went offline, and somebody is still waiting. `message` is the event. */
export function afterReturning(before: ConversationSummary, message: Message): ConversationSummary {
  return { ...grown(before, message), assignee: null };
}

/** Another's from now on, and a note for them says why: one change. `message` is the note. */
export function afterHandingOver(
  before: ConversationSummary,
  assignee: StaffRef,
  message: Message,
): ConversationSummary {
  return { ...grown(before, message), assignee };
}

/** A snooze is a promise to come back to it, so it returns as one that needs a reply. */
export function afterWaking(before: ConversationSummary, message: Message): ConversationSummary {
  return {
    ...grown(before, message),
    state: 'open',
    snoozedUntil: null,
    waitingSince: before.waitingSince ?? message.at,
  };
}
