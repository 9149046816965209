import type { Context } from 'hono';
import { carrierOf } from '../../carriers/carrier.ts';
import { checkCarrier } from '../../carriers/carrier-check.ts';
import type { AuditSubject } from '../../domain/audit/audit-entry.ts';
import type { CarrierName } from '../../domain/calls/firing.ts';
import type { LineSettings } from '../../domain/practice/line-settings.ts';
import type { Env } from '../../env.ts';
import { recordCarrierCheck } from '../../practices/line-changes.ts';
import { linesOf } from '../../practices/lines.ts';
import { Problem } from '../../problem.ts';
import { managedPracticeOf, type SignedInEnv } from '../people/signed-in.ts';

export const LINES = '/api/practices/:practice/lines';
export const LINE = '/api/practices/:practice/lines/:line';

/** The line in the path, in use or retired, for who manages its practice. */
export async function lineMeant(c: Context<SignedInEnv>): Promise<LineSettings> {
  const { id: practiceId } = managedPracticeOf(c.var.session, c.req.param('practice') ?? '');
  const found = (await linesOf(c.env.DB, practiceId)).find(({ id }) => id === c.req.param('line'));
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/** After `lineMeant`, which has seen that it is theirs. */
export function practiceIdIn(c: Context<SignedInEnv>): string {
  return c.req.param('practice') ?? '';
}

export function subjectOf({ id, name }: LineSettings): AuditSubject {
  return { is: 'line', id, label: name };
}

/** As it is after its carrier was asked. */
export async function checked(env: Env, line: LineSettings): Promise<LineSettings> {
  const check = await checkCarrier(env, line.carrier, line.number);
  const now = Date.now();
  await recordCarrierCheck(env.DB, line, check, now);
  return { ...line, carrierCheck: { ...check, at: now } };
}

export function answered(line: LineSettings) {
  return { ...line, canLookUpLineType: canLookUp(line.carrier) };
}

export function canLookUp(carrier: CarrierName): boolean {
  return carrierOf(carrier).lineTypeOf !== undefined;
}
