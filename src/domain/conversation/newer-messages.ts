import type { Message } from './message.ts';

type Written = Pick<Message, 'kind' | 'author'>;

/** Whether it may change what somebody is about to answer: the caller wrote, or a colleague replied. */
export function isNewsTo(staffId: string, { kind, author }: Written): boolean {
  return kind === 'text-in' || (kind === 'reply' && author?.id !== staffId);
}

/** What came after the newest message that the writer had on screen. */
export function newerFor<One extends Written & Pick<Message, 'seq'>>(
  staffId: string,
  seenSeq: number,
  messages: readonly One[],
): One[] {
  return messages.filter((message) => message.seq > seenSeq && isNewsTo(staffId, message));
}
