import type { ConversationState } from '../../durable/conversation-state.ts';
import type { DeliveryReport, TextOut } from '../../src/carriers/carrier.ts';
import type { Firing, TextIn } from '../../src/domain/calls/firing.ts';
import { CONSENT_TEXTS } from '../../src/domain/conversation/consent.ts';
import { keywordIn } from '../../src/domain/conversation/consent-words.ts';
import {
  type DeliveryStatus,
  laterStatus,
  needsAttention,
} from '../../src/domain/conversation/delivery-status.ts';
import { AUTOMATIC_TEXT_LIFETIME_MS } from '../../src/domain/conversation/outbox-rules.ts';
import type { Taken } from './carrier.ts';
import type { PlatformObject } from './platform.ts';
import { PRACTICE_NAME } from './world.ts';

interface Seen {
  id: string;
  status: DeliveryStatus;
  attempt: number;
  reason: string | null;
}

/** What has been promised to somebody, and so has to hold in the end. */
export interface Promised {
  target: PlatformObject;
  messageId: string;
  /** How often it has to be there: never where the answer was that it will not be. */
  times: 0 | 1;
  body: string | null;
}

/** Looks on while things happen, and says at once what may never happen. */
export class Watch {
  readonly promised = new Map<string, Promised>();
  /** The newest version that anybody was told of. */
  readonly toldVersion = new Map<PlatformObject, number>();
  readonly reports: DeliveryReport[] = [];
  readonly askedAgain = new Map<string, { target: PlatformObject; attempt: number; times: number }>();
  readonly wrong: string[] = [];
  readonly #seen = new Map<PlatformObject, { writes: number; texts: Map<string, Seen> }>();
  readonly #justAskedAgain = new Set<string>();
  readonly #firedAt = new Map<string, number>();
  readonly #now: () => number;
  readonly #taken: () => readonly Taken[];

  constructor(now: () => number, taken: () => readonly Taken[]) {
    this.#now = now;
    this.#taken = taken;
  }

  round(messageId: string): number {
    return this.askedAgain.get(messageId)?.times ?? 0;
  }

  /** A text leaves for the carrier, in the turn in which it was claimed. */
  claimed(target: PlatformObject, text: TextOut): number {
    const { summary } = stateOf(target);
    const isConfirmation = text.body === CONSENT_TEXTS['opted-out'].en(PRACTICE_NAME);
    if (summary.consent.state === 'opted-out' && !isConfirmation)
      this.wrong.push(`${text.messageId} was claimed after the caller opted out`);
    if (summary.doNotText)
      this.wrong.push(`${text.messageId} was claimed although its number is on the do-not-text list`);
    const firedAt = this.#firedAt.get(text.messageId);
    const round = this.round(text.messageId);
    if (firedAt !== undefined && round === 0 && this.#now() >= firedAt + AUTOMATIC_TEXT_LIFETIME_MS)
      this.wrong.push(`${text.messageId} was claimed after it had expired`);
    return round;
  }

  /** An object did what it was asked, whether or not anybody learns of it. */
  done(target: PlatformObject, method: string, given: unknown[], result: unknown): void {
    const { outcome } = (result ?? {}) as { outcome?: string };
    if (method === 'fire' && (outcome === 'texting' || outcome === 'held')) {
      const { messageId, firedAt } = given[0] as Firing;
      this.#firedAt.set(messageId, (result as { until?: number }).until ?? firedAt);
    }
    if (method === 'receive' && outcome === 'received') this.#received(target, given[0] as TextIn);
    if (method === 'retry' && outcome === 'queued') this.#retried(target, given[1] as string);
  }

  #received(target: PlatformObject, { body, messageId }: TextIn): void {
    const keyword = keywordIn(body);
    const { consent } = stateOf(target).summary;
    const isOut = consent.state === 'opted-out';
    if (keyword === 'opt-out' ? !isOut : keyword === 'opt-in' && isOut)
      this.wrong.push(`${messageId} said ${body}, and consent is ${consent.state}`);
  }

  #retried(target: PlatformObject, messageId: string): void {
    const before = this.#seen.get(target)?.texts.get(messageId);
    const round = this.round(messageId);
    const isVisible = this.#taken().some(
      ({ text, fate, round: of }) => text.messageId === messageId && of === round && fate !== 'undelivered',
    );
    if (isVisible && before?.status !== 'unconfirmed')
      this.wrong.push(`${messageId} has arrived, and yet a person was let send it again: ${before?.status}`);
    this.askedAgain.set(messageId, { target, attempt: before?.attempt ?? 0, times: round + 1 });
    this.#justAskedAgain.add(messageId);
  }

  /** After each turn: how far did the texts get? */
  look(target: PlatformObject): void {
    const seen = this.#seen.get(target);
    if (seen?.writes === target.storage.writes || target.storage.value('state') === undefined) return;
    const texts = new Map<string, Seen>();
    for (const row of target.storage.rows(
      'SELECT id, status, attempt, reason FROM messages WHERE status IS NOT NULL',
    )) {
      const text = row as unknown as Seen;
      texts.set(text.id, text);
      const before = seen?.texts.get(text.id);
      if (before && !this.#mayFollow(before, text))
        this.wrong.push(
          `${text.id} went from ${before.status} of attempt ${before.attempt} to ${text.status} of ${text.attempt}`,
        );
    }
    this.#seen.set(target, { writes: target.storage.writes, texts });
    this.#justAskedAgain.clear();
  }

  #isTaken(messageId: string): boolean {
    return this.#taken().some(({ text }) => text.messageId === messageId);
  }

  #mayFollow(before: Seen, after: Seen): boolean {
    // Recorded and claimed in one, and then told to wait for its place: nobody may have it yet.
    if (after.attempt === 0 && before.attempt === 1)
      return after.status === 'queued' && before.status === 'sending' && !this.#isTaken(after.id);
    if (after.attempt !== before.attempt)
      // Nothing that happened in between was seen, but only the queue and a second try lead to a claim.
      return (
        after.attempt === before.attempt + 1 &&
        (before.status === 'queued' || before.status === 'undelivered' || this.#justAskedAgain.has(after.id))
      );
    if (after.status === before.status) return true;
    if (after.status === 'queued')
      return (
        before.status === 'sending' || (needsAttention(before.status) && this.#justAskedAgain.has(after.id))
      );
    return laterStatus(before.status, after.status) === after.status;
  }
}

export function stateOf(target: PlatformObject): ConversationState {
  return target.storage.value('state') as ConversationState;
}
