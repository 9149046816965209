/**
 * The one way by which a route writes to the audit log.
 *
 * What changes in D1:
 *
 *     const line = await audited(c, (entry) =>
 *       changeLine(c.env.DB, before, change, entry({
 *         log: practice.id, action: 'line-changed', subject: { is: 'line', id, label: before.name }, before, after,
 *       })));
 *
 * `entry` makes a statement; the function in practices/ puts it in its `db.batch`, directly behind the statement that
 * makes the change, and it is written only if that one changed anything. Afterwards it goes to the log; where that
 * fails, the scheduled job takes it there. Nothing else is to be done. `log` may be several, or `ENTERPRISE_LOG`.
 *
 * What changes in an object, or is only read: `await auditFirst(c, { … })` before it is done or shown. It throws where
 * the log cannot be reached. So a log may tell of something that a crash prevented, and never lacks what was done.
 *
 * `before` and `after` may be whole: only the fields that differ are kept, bounded, and nothing secret. A new action
 * is a line in domain/audit/audit-entry.ts.
 */
import type { Context } from 'hono';
import { changedFields, keptDetail } from '../../domain/audit/audit-detail.ts';
import type {
  AuditAction,
  AuditActor,
  AuditPlace,
  AuditSubject,
  NewAuditEntry,
} from '../../domain/audit/audit-entry.ts';
import { browserName } from '../../domain/people/browser-name.ts';
import type { SignedIn } from '../../domain/people/signed-in.ts';
import type { Env } from '../../env.ts';
import { auditStatement, personAuditStatement, waitingEntries } from '../../practices/audit-outbox.ts';
import { Problem } from '../../problem.ts';
import { auditLogOf, deliverAudit } from './deliver-audit.ts';

export interface Audited {
  /** A practice, `ENTERPRISE_LOG`, or several of them. */
  log: string | readonly string[];
  action: AuditAction;
  subject: AuditSubject;
  before?: object | null;
  after?: object | null;
  /** Where it is not whoever is signed in. */
  who?: AuditActor;
}

/** Of somebody's own account: it stands in the logs of all practices that they work in. */
export interface AuditedPerson extends Omit<Audited, 'log' | 'subject'> {
  staffId: string;
  /** Whether they did it themselves; else whoever is signed in did, or a stranger. */
  isOwn: boolean;
  /** Also where the statement before it changes nothing. */
  always?: boolean;
  /** Further logs. */
  alsoIn?: readonly string[];
}

export interface EntryStatements {
  (audited: Audited): D1PreparedStatement;
  person: (audited: AuditedPerson) => D1PreparedStatement;
}

interface AuditedEnv {
  Bindings: Env;
}

const MAX_LABEL = 120;

export async function audited<T, E extends AuditedEnv>(
  c: Context<E>,
  change: (entry: EntryStatements) => Promise<T>,
): Promise<T> {
  const at = Date.now();
  const ids: string[] = [];
  const made = (what: Omit<Audited, 'log'>) => {
    const entry = entryFrom(c, what, at);
    ids.push(entry.id);
    return entry;
  };
  const entry: EntryStatements = Object.assign(
    (what: Audited) =>
      isUnchanged(what)
        ? c.env.DB.prepare('SELECT 1')
        : auditStatement(c.env.DB, [what.log].flat(), made(what)),
    {
      person: ({ staffId, isOwn, always, alsoIn, ...what }: AuditedPerson) => {
        const subject = { is: 'person', id: staffId, label: '' } as const;
        const who = isOwn ? ({ is: 'staff', id: staffId, name: '' } as const) : actorOf(c);
        return personAuditStatement(c.env.DB, staffId, made({ who, ...what, subject }), { always, alsoIn });
      },
    },
  );
  const result = await change(entry);
  await deliver(c.env, ids, at);
  return result;
}

/** For what is not written in D1: before it is done or shown. */
export async function auditFirst<E extends AuditedEnv>(
  c: Context<E>,
  { log, ...what }: Audited,
): Promise<void> {
  const entry = entryFrom(c, what, Date.now());
  try {
    await Promise.all([log].flat().map((one) => auditLogOf(c.env, one).append([entry])));
  } catch (error) {
    console.error('the audit log could not be written', { action: what.action, error: String(error) });
    throw new Problem('unavailable');
  }
}

/** Where it fails, the change is made all the same, and the scheduled job finds what waits. */
async function deliver(env: Env, ids: readonly string[], at: number): Promise<void> {
  if (ids.length === 0) return;
  try {
    await deliverAudit(env, await waitingEntries(env.DB, ids, at), at);
  } catch (error) {
    console.error('an audit entry has to wait', { error: String(error) });
  }
}

function entryFrom<E extends AuditedEnv>(
  c: Context<E>,
  { action, subject, before = null, after = null, who = actorOf(c) }: Omit<Audited, 'log'>,
  at: number,
): NewAuditEntry {
  const changed = before !== null && after !== null ? changedFields(before, after) : { before, after };
  return {
    id: crypto.randomUUID(),
    at,
    who,
    from: placeOf(c),
    action,
    subject: { ...subject, label: subject.label.slice(0, MAX_LABEL) },
    before: asKept(changed.before),
    after: asKept(changed.after),
  };
}

/** Sent again as it was: nothing to tell of. */
function isUnchanged({ before, after }: Audited): boolean {
  if (!before || !after) return false;
  const changed = changedFields(before, after);
  return [changed.before, changed.after].every((side) => Object.keys(side ?? {}).length === 0);
}

function asKept(detail: object | null): string | null {
  return detail && JSON.stringify(keptDetail(detail));
}

/** Whoever is signed in; a route that lets in without a session says who it is. */
function actorOf<E extends AuditedEnv>(c: Context<E>): AuditActor {
  const session = (c.var as { session?: SignedIn }).session;
  if (session === undefined) return { is: 'stranger' };
  const { id, name } = session.staff;
  return { is: session.isApiKey ? 'api-key' : 'staff', id, name };
}

/** Cloudflare sets this header itself and lets none from outside through. */
function placeOf<E extends AuditedEnv>(c: Context<E>): AuditPlace {
  return {
    address: c.req.header('cf-connecting-ip') ?? null,
    browser: browserName(c.req.header('user-agent') ?? ''),
  };
}
