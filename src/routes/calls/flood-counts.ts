import type { Activity } from '../../domain/activity/activity.ts';
import type { Env } from '../../env.ts';

/**
 * What is turned away in a flood is counted in memory and written now and then, so that the flood cannot make us
 * write. What a restart loses are numbers of requests that were answered with a refusal.
 */
const WRITE_EVERY_MS = 5_000;

type Waiting = Pick<ExecutionContext, 'waitUntil'>;

const turnedAway = new Map<string, { practiceId: string; activity: Activity; count: number }>();
let strangers = 0;

/** The first of its kind stands for those that follow. */
export function countTurnedAway(env: Env, ctx: Waiting, practiceId: string, activity: Activity): void {
  const key = `${activity.trigger.id} ${activity.outcome}`;
  const known = turnedAway.get(key);
  if (known !== undefined) {
    known.count += 1;
    return;
  }
  turnedAway.set(key, { practiceId, activity, count: 1 });
  later(ctx, async () => {
    const counted = turnedAway.get(key);
    turnedAway.delete(key);
    if (counted === undefined) return;
    await inbox(env, practiceId).recordActivity({ ...counted.activity, count: counted.count });
  });
}

/** Somebody asked for an address that no trigger has. Nothing of what they sent is kept. */
export function countStranger(env: Env, ctx: Waiting): void {
  strangers += 1;
  if (strangers > 1) return;
  later(ctx, async () => {
    const count = strangers;
    strangers = 0;
    // The inbox of nobody's practice.
    await inbox(env, '*').countStranger(count, new Date().toISOString().slice(0, 10));
  });
}

function later(ctx: Waiting, write: () => Promise<void>): void {
  const written = scheduler.wait(WRITE_EVERY_MS).then(write);
  ctx.waitUntil(
    written.catch((error: unknown) =>
      console.error('counting what was turned away', { error: String(error) }),
    ),
  );
}

function inbox(env: Env, name: string): ReturnType<Env['INBOX']['get']> {
  return env.INBOX.get(env.INBOX.idFromName(name));
}
