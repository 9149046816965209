import type { Message, MessageKind } from '../src/domain/conversation/message.ts';
import type { SearchHit } from '../src/domain/inbox/search-hit.ts';
import type { Sought } from '../src/domain/inbox/search-words.ts';
import type { Caller } from '../src/domain/patients/caller-match.ts';

/** What goes into the full-text index, and how what staff type is asked of it. */

/**
 * A caller is found by any part of the number. The index matches from the start of a word, so every ending of the
 * number of three digits or more is a word of its own.
 */
export function callerText({ number }: Pick<Caller, 'number'>): string {
  const digits = digitsOf(number);
  return Array.from({ length: Math.max(0, digits.length - 2) }, (_, start) => digits.slice(start)).join(' ');
}

/** And by the names of the patients with that number. */
export function namesText({ names }: Caller): string {
  return (names ?? []).join('\n');
}

/** Whatever has one of these numbers in it, whole. */
export function numberExpression(numbers: readonly string[]): string {
  return numbers.map((number) => `"${digitsOf(number)}"`).join(' OR ');
}

function digitsOf(number: string): string {
  return number.replace(/^\+1?/, '');
}

/** Null for what is not worth finding: the automatic text is the same in every conversation, and a picture has no words. */
export function messageText({ kind, body }: Message): string | null {
  return kind === 'automatic' || kind === 'event' || body === '' ? null : body;
}

/**
 * Whose a row of the index is: the conversation's id and, of a message, its place in there. In one column, since a
 * full-text table gets no other one without being written anew.
 */
export function rowOwner(conversationId: string, { seq, at, kind, author }: Message): string {
  return `${conversationId} ${seq} ${at} ${kind} ${author?.name ?? ''}`;
}

export function readOwner(owner: string): { id: string; place: SearchHit['place'] } {
  const [, id, seq, at, kind, by] = /^(\S+)(?: (\d+) (\d+) (\S+) (.*))?$/s.exec(owner) ?? [];
  if (seq === undefined) return { id: id ?? owner, place: null };
  const place = { seq: Number(seq), at: Number(at), kind: kind as MessageKind, by: by || null };
  return { id: id ?? owner, place };
}

/** An FTS5 expression in which every word has to occur, each at the start of one. */
export function matchExpression({ number, words }: Sought): string {
  // Letters, marks and digits only: nothing in quotes can end the quotes.
  if (number === null) return words.map((word) => `"${word}"*`).join(' ');
  // As callers' numbers are kept, or as somebody wrote one in a text.
  return words.length < 2 ? `"${number}"*` : `"${number}"* OR "${words.join(' ')}"*`;
}
