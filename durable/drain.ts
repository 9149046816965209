import { BACKSTOP_MS } from '../src/domain/conversation/outbox-rules.ts';
import { answerWithin } from './answer-within.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Outbox } from './outbox.ts';
import type { Publisher } from './publisher.ts';
import { SingleRun } from './single-run.ts';

/** An overdue wake-up is not asked for in a tight circle. */
const OVERDUE_WAIT_MS = 1_000;

/**
 * What a conversation does after it has recorded something: send texts, publish its state, and make sure that
 * it wakes up for whatever is left. It never throws and is never waited for by those who record.
 */
export class Drain {
  readonly #ctx: DurableObjectState;
  readonly #store: ConversationStore;
  readonly #publisher: Publisher;
  // Two runs, since neither a silent carrier nor an unreachable inbox may hold the other up.
  readonly #sending: SingleRun;
  readonly #publishing: SingleRun;
  #alarmAt: number | null = null;

  constructor(ctx: DurableObjectState, store: ConversationStore, outbox: Outbox, publisher: Publisher) {
    this.#ctx = ctx;
    this.#store = store;
    this.#publisher = publisher;
    this.#sending = this.#run(
      'sending',
      () => outbox.send(),
      () => this.#textDueAt(),
    );
    this.#publishing = this.#run(
      'publishing',
      () => publisher.publish(),
      () => publisher.retryAt,
    );
  }

  /** `patienceMs`: how long the inbox may go without hearing of it, so that it hears at once how its text fared. */
  start(patienceMs = 0): void {
    this.#ctx.waitUntil(this.run(patienceMs));
  }

  /** Settles when nothing is left to do now. */
  async run(patienceMs = 0): Promise<void> {
    const sent = this.#sending.start();
    if (patienceMs > 0) await answerWithin(patienceMs, sent, undefined);
    await Promise.all([sent, this.#publishing.start()]);
  }

  /** First of all in `alarm()`, in case that turn dies too, with its state unpublished. */
  alarmRang(): void {
    this.#alarmAt = null;
    const dueAt = this.#nextDueAt();
    if (dueAt !== null) this.wakeBy(Date.now() + BACKSTOP_MS);
  }

  /** Last of all in `alarm()`: what is only due in three days is slept through. */
  sleep(): void {
    const dueAt = this.#nextDueAt();
    if (dueAt === null || this.#alarmAt === null || dueAt <= this.#alarmAt) return;
    this.#alarmAt = dueAt;
    void this.#ctx.storage.setAlarm(dueAt);
  }

  /**
   * Inside the transaction that records, so that both are stored or neither. Setting an alarm is a row
   * written, so an earlier one that is still ahead serves. One that is overdue waits for the end of the turn that
   * an alarm began, and stays overdue: what is due later must not put it off.
   */
  wakeBy(at: number): void {
    const [now, before] = [Date.now(), this.#alarmAt];
    const isOverdue = before !== null && before <= now;
    if (before !== null && !isOverdue && before <= at) return;
    this.#alarmAt = isOverdue ? Math.min(at, now + OVERDUE_WAIT_MS) : at;
    void this.#ctx.storage.setAlarm(this.#alarmAt);
  }

  /**
   * Each run sees to its own next wake-up, which is always derived from what is stored: while one is under way,
   * what it has not come to yet is not overdue.
   */
  #run(what: string, work: () => Promise<void>, dueAt: () => number | null): SingleRun {
    return new SingleRun(
      () => work().then(() => this.#wakeFor(dueAt())),
      (error) => {
        console.error(what, { conversation: this.#ctx.id.toString(), error: String(error) });
        this.#wakeFor(dueAt());
      },
    );
  }

  #wakeFor(dueAt: number | null): void {
    if (dueAt === null) return;
    const now = Date.now();
    this.wakeBy(dueAt > now ? dueAt : now + OVERDUE_WAIT_MS);
  }

  #nextDueAt(): number | null {
    return earliest(this.#textDueAt(), this.#publisher.retryAt);
  }

  #textDueAt(): number | null {
    const dueAt = this.#store.pending().reduce<number | null>((at, row) => earliest(at, row.dueAt), null);
    return earliest(dueAt, this.#store.state?.summary.snoozedUntil ?? null);
  }
}

function earliest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
