import type { Context } from 'hono';
import type { Conversation } from '../../durable/conversation.ts';
import type { AuditAction, AuditSubject } from '../domain/audit-entry.ts';
import { Problem } from '../problem.ts';
import { auditFirst } from './audited.ts';
import { accessOf } from './conversation-address.ts';
import type { SignedInEnv } from './signed-in.ts';

/**
 * What somebody is shown of a conversation, written in the audit log of its practice before it is shown. Both happen
 * at the same time where the practice is known beforehand: because there is only one that they may see, or because the
 * request names it, as the pages do. `read` answers null where there is nothing to be shown.
 */
export async function auditedReading<T>(
  c: Context<SignedInEnv>,
  conversation: DurableObjectStub<Conversation>,
  what: { action: AuditAction; after?: object },
  read: () => Promise<{ shown: T; practiceId: string | null } | null>,
): Promise<T> {
  const named = practiceNamed(c);
  const log = named ?? (await conversation.practiceFor(accessOf(c.var.session)));
  if (log === null) throw new Problem('not-found');
  const subject = conversationSubject(conversation);
  const [found] = await Promise.all([read(), auditFirst(c, { log, subject, ...what })]);
  if (found === null) {
    await auditFirst(c, { log, subject, action: 'nothing-shown' });
    throw new Problem('not-found');
  }
  const { practiceId, shown } = found;
  if (practiceId !== null && practiceId !== log) await auditFirst(c, { log: practiceId, subject, ...what });
  return shown;
}

/** Without the caller's number: the log is read by people who do not need it. */
export function conversationSubject(conversation: DurableObjectStub<Conversation>): AuditSubject {
  const id = conversation.id.toString();
  return { is: 'conversation', id, label: id.slice(0, 8) };
}

function practiceNamed(c: Context<SignedInEnv>): string | null {
  const { practices } = c.var.session;
  const [first, ...others] = practices;
  if (first !== undefined && others.length === 0) return first.id;
  return practices.find(({ id }) => id === c.req.query('practice'))?.id ?? null;
}
