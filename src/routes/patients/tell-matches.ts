import type { CallerHere } from '../../../durable/caller-index.ts';
import {
  type CallerMatch,
  callerWith,
  isSameCaller,
  type LinkedPatient,
} from '../../domain/patients/caller-match.ts';
import type { Env } from '../../env.ts';
import { forgetEmptyDirectories, MAX_MATCHED_AT_ONCE, matchesOf } from '../../practices/caller-matches.ts';
import {
  type MatchTask,
  matchTaskDone,
  matchTaskGoesOn,
  matchTasksAfter,
} from '../../practices/match-tasks.ts';
import { linkedPatients } from '../../practices/patient-links.ts';
import { practiceIds } from '../../practices/practices.ts';
import { conversationWithId } from '../conversations/conversation-address.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';

/** Objects asked at the same time. */
const AT_ONCE = 25;

/** An invocation may ask only so many; what is left is done by the next one, or by the schedule. */
const MAX_ASKED = 700;

/** Two changes of one number at the same moment are followed this far. */
const MAX_ROUNDS = 3;

type Here = CallerHere & { practiceId: string };

/**
 * Tells conversations whose number theirs is, after the directory or what may be seen of it has changed. Whatever
 * stops it, the tasks that are left are still there, and doing one twice changes nothing. Never throws.
 */
export async function tellMatches(env: Env): Promise<void> {
  forgetEmptyDirectories();
  try {
    await new Telling(env).run();
  } catch (error) {
    console.error('telling conversations about the directory', { error: String(error) });
  }
}

class Telling {
  readonly #env: Env;
  #asked = 0;

  constructor(env: Env) {
    this.#env = env;
  }

  async run(): Promise<void> {
    let last = 0;
    while (this.#asked < MAX_ASKED) {
      const tasks = await matchTasksAfter(this.#env.DB, last);
      if (tasks.length === 0) return;
      for (const task of tasks) {
        if (this.#asked >= MAX_ASKED) return;
        last = task.id;
        await this.#do(task);
      }
    }
  }

  async #do({ id, of }: MatchTask): Promise<void> {
    switch (of.is) {
      case 'numbers':
        if (await this.#tellNumbers(of.numbers)) await matchTaskDone(this.#env.DB, id);
        return;
      case 'practice':
        return this.#tellPractice(id, of.practiceId, of.after);
    }
  }

  /** False where some could not be told: the next run tries again. */
  async #tellNumbers(numbers: string[]): Promise<boolean> {
    const practices = await practiceIds(this.#env.DB);
    const here: Here[] = [];
    let isComplete = true;
    for (const group of inGroups(practices)) {
      const asked = group.map(async (practiceId) => ({
        practiceId,
        callers: await inboxOf(this.#env, practiceId).callersWith(numbers),
      }));
      for (const { practiceId, callers } of await Promise.all(asked)) {
        // That inbox is being built anew, and will know all its callers later.
        if (callers === null) isComplete = false;
        else here.push(...callers.map((caller) => ({ practiceId, ...caller })));
      }
    }
    this.#asked += practices.length + 3;
    return (await this.#tellAll(here)) && isComplete;
  }

  /** Page by page; where it stops, it goes on the next time. */
  async #tellPractice(taskId: number, practiceId: string, from: string): Promise<void> {
    const { DB } = this.#env;
    for (let after = from; this.#asked < MAX_ASKED; ) {
      const callers = await inboxOf(this.#env, practiceId).callersAfter(after, MAX_MATCHED_AT_ONCE);
      this.#asked += 3;
      if (callers === null) return;
      const last = callers.at(-1);
      if (last === undefined) return matchTaskDone(DB, taskId);
      const [matches, linked] = await Promise.all([
        matchesOf(DB, numbersOf(callers)),
        linkedPatients(DB, idsOf(callers)),
      ]);
      const differs = callers
        .map((one) => ({ practiceId, ...one }))
        .filter(({ id, caller }) => {
          const now = callerWith(caller.number, matches(practiceId, caller.number), linked.get(id));
          return !isSameCaller(caller, now);
        });
      if (!(await this.#tellAll(differs))) return;
      after = last.id;
      await matchTaskGoesOn(DB, taskId, after);
    }
  }

  /** What the directory says afterwards is told again where that is something else: others may have been faster. */
  async #tellAll(here: readonly Here[]): Promise<boolean> {
    let isComplete = true;
    let left = here;
    let told = new Map<string, Known>();
    for (let round = 1; left.length > 0 && round <= MAX_ROUNDS; round += 1) {
      const [matches, linked] = await Promise.all([
        matchesOf(this.#env.DB, numbersOf(here)),
        linkedPatients(this.#env.DB, idsOf(here)),
      ]);
      const now = new Map(
        here.map(({ id, practiceId, caller }) => [
          id,
          { match: matches(practiceId, caller.number), linked: linked.get(id) ?? null },
        ]),
      );
      left = left.filter(({ id }) => JSON.stringify(told.get(id)) !== JSON.stringify(now.get(id)));
      told = now;
      this.#asked += left.length + 2;
      for (const group of inGroups(left)) {
        const results = await Promise.allSettled(group.map(({ id }) => this.#tell(id, now.get(id))));
        if (results.some(({ status }) => status === 'rejected')) isComplete = false;
      }
    }
    return isComplete;
  }

  /** Twice, since an object that was just restarted takes the second call. */
  async #tell(id: string, known: Known | undefined): Promise<void> {
    if (known === undefined) return;
    const once = async () => conversationWithId(this.#env, id)?.recordMatch(known.match, known.linked);
    await once().catch(once);
  }
}

/** What the directory says, and what staff said. */
interface Known {
  match: CallerMatch;
  linked: LinkedPatient | null;
}

function idsOf(here: readonly CallerHere[]): string[] {
  return here.map(({ id }) => id);
}

function numbersOf(here: readonly CallerHere[]): string[] {
  return here.map(({ caller }) => caller.number);
}

function inGroups<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) =>
    all.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );
}
