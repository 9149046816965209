import type { Env } from '../src/env.ts';
import { answerWithin } from './answer-within.ts';
import { fetchAgain } from './fetch-again.ts';
import type { InboxStore } from './inbox-store.ts';
import type { Job } from './inbox-wake-ups.ts';

/** Conversations asked for at once. */
const BATCH = 20;
const ANSWER_MS = 10_000;
/** How long it goes on before the inbox's other jobs have their turn. */
const TURN_MS = 5_000;

/** Fetches again from the conversations what an inbox that forgot it projects. `fetched`: what sockets know is old. */
export function rebuildJob(env: Env, store: InboxStore, fetched: () => void): Job {
  return {
    name: 'rebuilding the inbox',
    dueAt: () => (store.unfetched(1).length > 0 ? 0 : null),
    run: async (now) => {
      try {
        let ids = store.unfetched(BATCH);
        while (ids.length > 0 && Date.now() < now + TURN_MS) {
          await Promise.all(ids.map((id) => fetchInTime(env, store, id)));
          ids = store.unfetched(BATCH);
        }
      } finally {
        fetched();
      }
    },
  };
}

/** A conversation that says nothing must not hold up the turn of an alarm. */
async function fetchInTime(env: Env, store: InboxStore, id: string): Promise<void> {
  const fetched = fetchAgain(env, store, id).then(() => true);
  if (!(await answerWithin(ANSWER_MS, fetched, false))) throw new Error('no answer');
}
