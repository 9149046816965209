import type { Context } from 'hono';
import type { Conversation } from '../../../durable/conversation.ts';
import type { AuditAction, AuditSubject } from '../../domain/audit/audit-entry.ts';
import type { SignedIn } from '../../domain/people/signed-in.ts';
import { Problem } from '../../problem.ts';
import { accessOf } from '../conversations/conversation-address.ts';
import type { SignedInEnv } from '../people/signed-in.ts';
import { auditFirst } from './audited.ts';

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
  const tell = (to: string) =>
    auditFirst(c, { log: to, subject, ...what, action: actionIn(c.var.session, to, what.action) });
  const [found] = await Promise.all([read(), tell(log)]);
  if (found === null) {
    await auditFirst(c, { log, subject, action: 'nothing-shown' });
    throw new Problem('not-found');
  }
  const { practiceId, shown } = found;
  if (practiceId !== null && practiceId !== log) await tell(practiceId);
  return shown;
}

const FROM_OUTSIDE: Partial<Record<AuditAction, AuditAction>> = {
  'conversation-opened': 'opened-from-outside',
  'picture-opened': 'picture-from-outside',
};

/** Admins may see every practice. Where they do not work, that stands out in its log. */
function actionIn({ worksIn }: SignedIn, practiceId: string, action: AuditAction): AuditAction {
  return worksIn.includes(practiceId) ? action : (FROM_OUTSIDE[action] ?? action);
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
