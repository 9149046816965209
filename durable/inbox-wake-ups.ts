/** Something that an inbox wakes up for. */
export interface Job {
  /** For the log. */
  readonly name: string;
  /** When it has something to do next, read from what is stored, so that no eviction loses it; null: nothing. */
  dueAt(): number | null;
  /**
   * Does what is due by `now`, or a few seconds' worth of it: no other job has its turn meanwhile. Where it throws,
   * it is tried again later, and the others are none the worse for it.
   */
  run(now: number): void | Promise<void>;
}

/** Also how soon another turn begins after one that died. */
export const RETRY_MS = 5_000;

/** What is overdue even after its turn is not asked for in a tight circle. */
const OVERDUE_WAIT_MS = 1_000;

/**
 * The one alarm of an inbox, for several jobs with a time of their own. It is always set to the earliest of them,
 * and only goes where none is due at all.
 */
export class WakeUps {
  readonly #storage: DurableObjectStorage;
  readonly #jobs: readonly Job[];
  /** Null where it is not known, as it is after every eviction. */
  #alarmAt: number | null = null;
  /** Of jobs that failed. Lost with the memory, which only means an earlier try. */
  readonly #retryAt = new Map<Job, number>();

  constructor(storage: DurableObjectStorage, jobs: readonly Job[]) {
    this.#storage = storage;
    this.#jobs = jobs;
  }

  /**
   * Some job has something to do at `at`, and that is stored by now or in the same transaction. Setting an alarm is a
   * row written: one that rings before serves. One that is not known may be earlier, so that all jobs are asked.
   */
  wakeBy(at: number): void {
    const now = Date.now();
    const isSet = this.#alarmAt !== null && this.#alarmAt > now;
    if (isSet && (this.#alarmAt as number) <= at) return;
    this.#set(Math.max(now, isSet ? at : Math.min(at, this.#nextDueAt() ?? at)));
  }

  /** All of `alarm()`; never throws, because an alarm that throws is given up after a few tries. */
  async ring(): Promise<void> {
    this.#set(Date.now() + RETRY_MS);
    for (const job of this.#jobs) await this.#turnOf(job);
    const next = this.#nextDueAt();
    // Read and acted upon in one go: nothing can have become due in between.
    if (next !== null) this.#set(Math.max(next, Date.now() + OVERDUE_WAIT_MS));
    else {
      this.#alarmAt = null;
      void this.#storage.deleteAlarm();
    }
  }

  async #turnOf(job: Job): Promise<void> {
    const now = Date.now();
    try {
      const dueAt = this.#dueAt(job);
      if (dueAt === null || dueAt > now) return;
      this.#retryAt.delete(job);
      await job.run(now);
    } catch (error) {
      this.#retryAt.set(job, Date.now() + RETRY_MS);
      console.error(job.name, { error: String(error) });
    }
  }

  #set(at: number): void {
    this.#alarmAt = at;
    void this.#storage.setAlarm(at);
  }

  #dueAt(job: Job): number | null {
    const dueAt = job.dueAt();
    return dueAt === null ? null : Math.max(dueAt, this.#retryAt.get(job) ?? dueAt);
  }

  #nextDueAt(): number | null {
    const all = this.#jobs.map((job) => this.#dueAt(job)).filter((at) => at !== null);
    return all.length === 0 ? null : Math.min(...all);
  }
}
