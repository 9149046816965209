/**
 * Tells staff who are away, through their browsers' push services: noticed while the inbox applies what happened, sent
 * when it wakes up for it, so that nobody waits for a push service.
 */
import type { ConversationSummary } from '../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../src/domain/conversation/message.ts';
import type { Schedule } from '../src/domain/hours/schedule.ts';
import { isQuietAt, toldHours } from '../src/domain/telling/quiet.ts';
import { type Happening, morePressing, reasonToTell, ring } from '../src/domain/telling/ring.ts';
import { type Pushed, ringWords, severalRingWords } from '../src/domain/telling/ring-words.ts';
import { vapidKeys } from '../src/domain/telling/vapid-keys.ts';
import type { Env } from '../src/env.ts';
import { answerWithin } from './answer-within.ts';
import type { Job } from './inbox-wake-ups.ts';
import type { DueTelling, PushStore, Subscription } from './push-store.ts';
import { pushRequest } from './web-push.ts';

/** What comes together is told together. */
const GATHER_MS = 3_000;
/** Nobody's phone buzzes more often. */
const EVERY_MS = 30_000;
const RETRY_MS = 20_000;
/** A push service that does not answer for so long has nothing new to tell anybody. */
const GIVE_UP_MS = 10 * 60_000;
/** What nobody's browser fetched by then is no news. */
const TTL_SECONDS = 3600;
const ANSWER_MS = 10_000;
const AT_ONCE = 20;

type Sent = 'sent' | 'gone' | 'later' | 'refused';

export interface Around {
  /** Has a page of the practice before them. */
  isAround: (staffId: string) => boolean;
  /** The practice's hours; null where nobody set any. */
  practiceHours: () => Schedule | null;
  /** Null where it is not known any more. */
  conversation: (id: string) => ConversationSummary | null;
}

export class PushTelling {
  readonly job: Job;
  readonly #env: Env;
  readonly #store: PushStore;
  readonly #around: Around;
  /** Of those who were told lately; lost with the memory, which means a push more at most. */
  readonly #toldAt = new Map<string, number>();

  constructor(env: Env, store: PushStore, around: Around) {
    this.#env = env;
    this.#store = store;
    this.#around = around;
    this.job = { name: 'telling staff', dueAt: () => store.nextDueAt(), run: (now) => this.#tellAll(now) };
  }

  /** Answers by when the inbox has to wake up for it; null where there is nobody to tell. */
  changed(conversation: ConversationSummary, messages: readonly Message[], now: number): number | null {
    if (this.#store.subscriptions().length === 0) return null;
    if (conversation.state !== 'open' || conversation.waitingSince === null)
      this.#store.settled(conversation.id);
    return messages.length === 0
      ? null
      : this.happened(conversation.id, { is: 'changed', conversation, messages }, now);
  }

  /** As `changed`; `onlyTo` where it is one person's. */
  happened(id: string, happening: Happening, now: number, onlyTo: string | null = null): number | null {
    const people = new Map(this.#store.subscriptions().map((one) => [one.staffId, one]));
    let wakeAt: number | null = null;
    for (const person of people.values()) {
      if (onlyTo !== null && person.staffId !== onlyTo) continue;
      const told = reasonToTell(happening, { id: person.staffId, isManager: person.isManager });
      const reason = told && ring(told, this.#momentOf(person, now));
      if (reason === null) continue;
      const dueAt = Math.max(now + GATHER_MS, (this.#toldAt.get(person.staffId) ?? 0) + EVERY_MS);
      if (this.#store.notice(person.staffId, id, reason, now, dueAt))
        wakeAt = Math.min(wakeAt ?? dueAt, dueAt);
    }
    return wakeAt;
  }

  #momentOf({ staffId, quiet, passesUrgent }: Subscription, now: number) {
    const hours = toldHours(quiet, this.#around.practiceHours());
    return { isLookedAt: this.#around.isAround(staffId), isQuiet: isQuietAt(hours, now), passesUrgent };
  }

  async #tellAll(now: number): Promise<void> {
    const due = [...this.#store.due(now)];
    for (let at = 0; at < due.length; at += AT_ONCE)
      await Promise.all(
        due.slice(at, at + AT_ONCE).map(([staffId, tellings]) => this.#tell(staffId, tellings, now)),
      );
  }

  async #tell(staffId: string, tellings: DueTelling[], now: number): Promise<void> {
    const ids = tellings.map(({ conversation }) => conversation);
    const browsers = this.#store.subscriptions().filter((one) => one.staffId === staffId);
    const known = tellings.filter(({ conversation }) => this.#around.conversation(conversation) !== null);
    const [first] = known;
    // They came back in between, or nothing of it is there any more.
    if (this.#around.isAround(staffId) || first === undefined) return this.#store.drops(staffId, ids);
    // First, so that what happens while the push is on its way is told after it.
    this.#store.put(staffId, ids, null);
    this.#toldAt.set(staffId, now);
    const sent = await Promise.all(browsers.map((browser) => this.#send(browser, known, now)));
    for (const [index, browser] of browsers.entries())
      if (sent[index] === 'gone') this.#store.drop(browser.endpoint);
    const isOver = now - first.noticedAt > GIVE_UP_MS || sent.includes('sent');
    if (!isOver && sent.includes('later')) this.#store.put(staffId, ids, now + RETRY_MS);
  }

  async #send(browser: Subscription, tellings: DueTelling[], now: number): Promise<Sent> {
    const vapid = vapidKeys(this.#env);
    if (vapid === null) return 'refused';
    try {
      const { endpoint, keys } = browser;
      const { topic, ...payload } = this.#words(browser, tellings);
      const push = { endpoint, keys, topic, payload: JSON.stringify(payload), ttlSeconds: TTL_SECONDS };
      const answer = await answerWithin(ANSWER_MS, fetch(await pushRequest(push, vapid, now)), null);
      await answer?.body?.cancel();
      return outcomeOf(answer?.status ?? 0);
    } catch (error) {
      console.error('push service not reached', { error: String(error) });
      return 'later';
    }
  }

  /** Nothing about anybody: a locked screen shows it to whoever walks by. */
  #words({ practiceName }: Subscription, tellings: DueTelling[]): Pushed & { topic: string } {
    const reason = tellings.map((one) => one.reason).reduce(morePressing);
    const [{ conversation: id } = { conversation: '' }] = tellings;
    const practice = encodeURIComponent(this.#around.conversation(id)?.practiceId ?? '');
    if (tellings.length === 1) {
      const title = ringWords(reason, practiceName);
      return { title, path: `/${practice}/c/${id}`, tag: id, topic: id.slice(0, 32) };
    }
    const title = severalRingWords(tellings.length, reason, practiceName);
    return { title, path: `/${practice}/needs-reply`, tag: practice, topic: 'several' };
  }
}

function outcomeOf(status: number): Sent {
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  if (status === 0 || status === 429 || status >= 500) return 'later';
  console.error('push service refused', { status });
  return 'refused';
}
