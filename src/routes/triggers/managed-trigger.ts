import type { Context } from 'hono';
import type { AuditSubject } from '../../domain/audit/audit-entry.ts';
import type { PracticeInReach } from '../../domain/people/signed-in.ts';
import { publicOrigins } from '../../domain/practice/public-origins.ts';
import { type ManagedTrigger, maskedToken } from '../../domain/triggers/managed-trigger.ts';
import type { UseCase } from '../../domain/triggers/use-case.ts';
import type { Env, EnvironmentName } from '../../env.ts';
import { type StoredTrigger, triggerOfPractice } from '../../practices/managed-triggers.ts';
import { Problem } from '../../problem.ts';
import { hookPath } from '../calls/hook-address.ts';
import { managedPracticeOf, type SignedInEnv } from '../people/signed-in.ts';

export const TRIGGERS = '/api/practices/:practice/triggers';
export const TRIGGER = '/api/practices/:practice/triggers/:trigger';

export interface Managed {
  practice: PracticeInReach;
  trigger: StoredTrigger;
}

/** What the audit log calls a trigger. */
export function triggerSubject(
  id: string,
  { line, useCase, language }: { line: { name: string }; useCase: UseCase; language: string },
): AuditSubject {
  return { is: 'trigger', id, label: `${line.name}, ${useCase}, ${language}` };
}

/** The trigger in the path, for who manages its practice. */
export async function managedTriggerOf(c: Context<SignedInEnv>): Promise<Managed> {
  const practice = managedPracticeOf(c.var.session, c.req.param('practice') ?? '');
  const trigger = await triggerOfPractice(c.env.DB, practice.id, c.req.param('trigger') ?? '');
  if (trigger === null) throw new Problem('not-found');
  return { practice, trigger };
}

/** As it is now, after a change. */
export async function shownNow(
  c: Context<SignedInEnv>,
  { practice, trigger }: Managed,
): Promise<ManagedTrigger> {
  const stored = await triggerOfPractice(c.env.DB, practice.id, trigger.id);
  if (stored === null) throw new Problem('not-found');
  return shown(stored, c.env.ENVIRONMENT, Date.now());
}

/** Without what would let the reader text anybody. */
export function shown(
  { token, previousUntil, ...trigger }: StoredTrigger,
  environment: EnvironmentName,
  now: number,
): ManagedTrigger {
  return {
    ...trigger,
    address: {
      masked: hookPath(environment, trigger.useCase, maskedToken(token)),
      previousUntil: previousUntil !== null && previousUntil > now ? previousUntil : null,
    },
  };
}

/** The whole secret address, as a phone system has to be given it. */
export function addressOf(env: Env, requestUrl: string, { useCase, token }: StoredTrigger): string {
  const origin = publicOrigins(env.PUBLIC_ORIGIN).givenOut ?? new URL(requestUrl).origin;
  return origin + hookPath(env.ENVIRONMENT, useCase, token);
}
