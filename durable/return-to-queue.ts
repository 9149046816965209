import type { Env } from '../src/env.ts';
import { answerWithin } from './answer-within.ts';
import type { Away, AwayStore } from './away-store.ts';
import type { InboxStore } from './inbox-store.ts';
import type { Job } from './inbox-wake-ups.ts';
import type { Seats } from './seats.ts';
import type { Unattended } from './unattended.ts';

/** Who reloads a page or changes networks is back before that. */
export const AWAY_MS = 45_000;

const BATCH = 20;
const ANSWER_MS = 10_000;
/** How long it goes on before the inbox's other jobs have their turn. */
const TURN_MS = 5_000;

interface Parts {
  env: Env;
  store: InboxStore;
  away: AwayStore;
  unattended: Unattended;
  seats: Seats;
  /** The practice wants it so. */
  returns: () => boolean;
}

/**
 * Conversations of somebody who went offline, in which a caller waits for a reply, become anybody's again: within a
 * minute, and only while somebody else is here to take them. At night nobody loses what nobody else would answer.
 * The same goes for those that come to wait later, or are given to somebody, while whose they are is not here.
 * The conversation decides whether it still is theirs, so that doing it twice does nothing twice.
 */
export function returnToQueueJob(parts: Parts): Job {
  const { env, store, away, unattended, seats, returns } = parts;
  return {
    name: 'returning conversations to the queue',
    dueAt: () => (returns() ? dueAt(parts) : null),
    run: async (now) => {
      if (!returns()) return;
      for (const gone of away.all()) {
        const isDue = (returnAt(gone.since, seats) ?? Number.POSITIVE_INFINITY) <= now;
        if (isDue && (await returned(gone, now + TURN_MS))) away.forget(gone.staff.id);
      }
      for (const { staffId, at } of unattendedDue(parts)) if (at <= now) await seenTo(staffId, now + TURN_MS);
    },
  };

  /** What is left when the turn is over is due still. */
  async function seenTo(staffId: string, until: number): Promise<void> {
    for (;;) {
      const ids = unattended.of(staffId, BATCH);
      if (ids.length === 0 || seats.isHere(staffId) || Date.now() > until) return;
      await Promise.all(ids.map((id) => giveBack(env, id, staffId).then(() => unattended.seenTo(id))));
    }
  }

  /** False where they came back meanwhile, or where there is more to do than one turn has time for. */
  async function returned({ staff }: Away, until: number): Promise<boolean> {
    for (let after = ''; ; ) {
      const ids = store.waitingFor(staff.id, after, BATCH);
      const last = ids.at(-1);
      if (last === undefined) return true;
      if (!away.isAway(staff.id) || Date.now() > until) return false;
      await Promise.all(ids.map((id) => giveBack(env, id, staff.id)));
      after = last;
    }
  }
}

/** The earliest of all; null while nobody is away, or nobody else is here. */
function dueAt(parts: Pick<Parts, 'away' | 'unattended' | 'seats'>): number | null {
  const [first] = parts.away.all();
  const goneAt = first === undefined ? null : returnAt(first.since, parts.seats);
  const all = [goneAt, ...unattendedDue(parts).map(({ at }) => at)].filter((at) => at !== null);
  return all.length === 0 ? null : Math.min(...all);
}

/** Of each who is not here: when what has come for them since is anybody's. */
function unattendedDue({ away, unattended, seats }: Pick<Parts, 'away' | 'unattended' | 'seats'>) {
  return unattended.assignees().flatMap(({ staffId, since }) => {
    if (seats.isHere(staffId)) return [];
    const at = returnAt(Math.max(since, away.since(staffId) ?? 0), seats);
    return at === null ? [] : [{ staffId, at }];
  });
}

/** `seats` are those of others. */
function returnAt(since: number, seats: Seats): number | null {
  const othersSince = seats.since();
  return othersSince === null ? null : Math.max(since, othersSince) + AWAY_MS;
}

async function giveBack(env: Env, id: string, staffId: string): Promise<void> {
  const conversation = env.CONVERSATION.get(env.CONVERSATION.idFromString(id));
  const given = conversation.returnToQueue(staffId).then(() => true);
  if (!(await answerWithin(ANSWER_MS, given, false))) throw new Error('no answer');
}
