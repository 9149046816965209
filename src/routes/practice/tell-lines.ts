import type { StaffRef } from '../../domain/conversation/message.ts';
import type { Env } from '../../env.ts';
import { listedNumber } from '../../practices/do-not-text.ts';
import { lineIds } from '../../practices/lines.ts';
import { conversationOf } from '../conversations/conversation-address.ts';

/** Objects asked at the same time. */
const AT_ONCE = 50;

/** Two people who change their minds at the same moment are followed this far. */
const MAX_ROUNDS = 4;

/**
 * Tells every conversation that a line of the enterprise may have with this number whether it is on the do-not-text
 * list, and answers how many could not be told. Safe to repeat: who knows it already records nothing. Somebody may
 * have changed the list meanwhile, whose word some lines had before ours: what the list says afterwards is told again.
 */
export async function tellLines(
  env: Env,
  { number, by }: { number: string; by: StaffRef },
): Promise<{ missed: number }> {
  const lines = await lineIds(env.DB);
  let isListed = await isOnList(env, number);
  for (let round = 1; ; round += 1) {
    const missed = await tell(env, lines, { number, isListed, by });
    const before = isListed;
    isListed = await isOnList(env, number);
    if (isListed === before || round === MAX_ROUNDS) return { missed };
  }
}

async function tell(
  env: Env,
  lines: readonly string[],
  { number, isListed, by }: { number: string; isListed: boolean; by: StaffRef },
): Promise<number> {
  let missed = 0;
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const told = await Promise.allSettled(
      lines.slice(at, at + AT_ONCE).map((line) => tellOne(env, line, number, isListed, by)),
    );
    for (const one of told) {
      if (one.status === 'fulfilled') continue;
      missed += 1;
      console.error('a conversation was not told about the do-not-text list', { error: String(one.reason) });
    }
  }
  return missed;
}

/** Twice, since an object that was just restarted takes the second call. */
async function tellOne(env: Env, line: string, number: string, isListed: boolean, by: StaffRef) {
  const once = () => conversationOf(env, line, number).recordDoNotText(isListed, by);
  await once().catch(once);
}

async function isOnList(env: Env, number: string): Promise<boolean> {
  return (await listedNumber(env.DB, number)) !== null;
}
