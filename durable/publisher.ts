import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../src/domain/conversation/message.ts';
import type { Env } from '../src/env.ts';
import { answerWithin } from './answer-within.ts';
import type { ConversationStore } from './conversation-store.ts';

/** Messages handed to the inbox in one call. */
const BATCH = 200;
const RETRY_MS = 5_000;
/** Messages whose activity is told again by an object that woke up. */
const TOLD_AGAIN = 6;

/** An inbox that says nothing must not hold up the turn of an alarm: no other alarm rings meanwhile. */
const INBOX_TIMEOUT_MS = 10_000;

/**
 * Pushes a conversation's state to its practice's inbox: state, not events, so that a lost or repeated push
 * does no harm. What has been pushed is kept in memory only; an object that woke up pushes again, and the
 * inbox ignores what it has.
 */
export class Publisher {
  readonly #env: Env;
  readonly #store: ConversationStore;
  readonly #changed = new Set<number>();
  readonly #activities = new Set<number>();
  #publishedVersion: number | null = null;
  #retryAt: number | null = null;

  constructor(env: Env, store: ConversationStore) {
    this.#env = env;
    this.#store = store;
  }

  /** When to try again after a push that failed; null when none did. */
  get retryAt(): number | null {
    return this.#retryAt;
  }

  messageChanged(seq: number): void {
    this.#changed.add(seq);
  }

  activityChanged(seq: number): void {
    this.#activities.add(seq);
  }

  /**
   * What was called off just before the object died is not new, and the inbox would not ask for it: the newest few
   * are told once more, which writes nothing where it is known.
   */
  #toldBeforeWaking({ lastSeq }: ConversationSummary): number[] {
    if (this.#publishedVersion !== null) return [];
    return Array.from({ length: Math.min(TOLD_AGAIN, lastSeq) }, (_, back) => lastSeq - back);
  }

  async publish(): Promise<void> {
    for (;;) {
      const { summary, line } = this.#store.state ?? {};
      if (!summary || !line) return;
      if (this.#changed.size === 0 && this.#publishedVersion === summary.version) return;
      const seqs = [...this.#changed].sort((a, b) => a - b);
      const ofTriggers = [...new Set([...this.#activities, ...this.#toldBeforeWaking(summary)])];
      this.#changed.clear();
      this.#activities.clear();
      try {
        const inbox = this.#env.INBOX.get(this.#env.INBOX.idFromName(summary.practiceId));
        let messages: Message[] = this.#store.messagesWithSeq(seqs);
        let activities = this.#store.activitiesOf(ofTriggers);
        for (;;) {
          const asked = inbox.apply(summary, messages, line.carrier, activities);
          const applied = await answerWithin(INBOX_TIMEOUT_MS, asked, null);
          if (applied === null) throw new Error('no answer');
          if (applied.indexedSeq >= summary.lastSeq) break;
          messages = this.#store.pageFrom(applied.indexedSeq + 1, BATCH);
          activities = this.#store.activitiesOf(messages.map(({ seq }) => seq));
        }
        this.#publishedVersion = summary.version;
        this.#retryAt = null;
      } catch (error) {
        for (const seq of seqs) this.#changed.add(seq);
        for (const seq of ofTriggers) this.#activities.add(seq);
        this.#retryAt = Date.now() + RETRY_MS;
        console.error('inbox not reached', { conversation: summary.id, error: String(error) });
        return;
      }
    }
  }
}
