import type {
  Carrier,
  DeliveryReport,
  LookUpOutcome,
  SendOutcome,
  TextOut,
} from '../../src/carriers/carrier.ts';
import type { MediaOutcome } from '../../src/carriers/media-download.ts';
import type { FailureReason } from '../../src/domain/conversation/failure-reason.ts';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** A text that the carrier took. */
export interface Taken {
  text: TextOut;
  /** `undelivered` means that the caller never saw it. */
  fate: 'delivered' | 'undelivered' | 'not-told';
  reason: FailureReason | null;
  /** Which asking for this text it answers: 0 for the first, one more for each time that a person asked again. */
  round: number;
}

export interface Temper {
  /** From 0 to 1: how much of what can go wrong with a carrier does. */
  badness: number;
  /** Whether it can tell afterwards what it took. */
  canBeAsked: boolean;
}

const REFUSALS: readonly FailureReason[] = ['refused', 'spam-filtered', 'account', 'blocked', 'landline'];

/**
 * A carrier that does everything but lie: it is slow, loses requests and answers, refuses, puts off, reports
 * late, repeatedly, in any order or never. What it says when it is asked is true: `no` only where nothing is
 * under way to it any more.
 */
export class SimulatedCarrier implements Carrier {
  readonly answersKeywords = false;
  readonly taken: Taken[] = [];
  temper: Temper;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #underWay = new Map<string, number>();
  readonly #log: (line: string) => void;
  readonly #on: {
    claimed: (text: TextOut) => number;
    report: (report: DeliveryReport) => void;
  };

  constructor(
    clock: Clock,
    random: Random,
    temper: Temper,
    log: (line: string) => void,
    on: { claimed: (text: TextOut) => number; report: (report: DeliveryReport) => void },
  ) {
    this.#clock = clock;
    this.#random = random;
    this.temper = temper;
    this.#log = log;
    this.#on = on;
  }

  async check(): Promise<{ isGood: boolean; words: string }> {
    return { isGood: true, words: 'It is here.' };
  }

  send(_: unknown, text: TextOut): Promise<SendOutcome> {
    const round = this.#on.claimed(text);
    const random = this.#random;
    this.#log(`send ${nameOf(text)} "${text.body.slice(0, 20)}"`);
    this.#move(text, 1);
    return new Promise((resolve) => {
      this.#clock.after(this.#delay(), () => {
        this.#move(text, -1);
        if (this.#goesWrong(0.15)) {
          this.#log(`lost on its way: ${nameOf(text)}`);
          if (random.happens(0.5)) resolve({ outcome: 'unknown' });
          return;
        }
        const outcome = this.#decide(text, round);
        this.#log(`carrier: ${nameOf(text)} ${outcome.outcome}`);
        if (this.#goesWrong(0.2)) {
          if (random.happens(0.5)) resolve({ outcome: 'unknown' });
          return;
        }
        this.#clock.after(this.#delay(), () => resolve(outcome));
      });
    });
  }

  lookUp(_: unknown, text: TextOut): Promise<LookUpOutcome> {
    return new Promise((resolve) => {
      this.#clock.after(this.#delay(), () => {
        const outcome = this.#tell(text);
        this.#log(`asked about ${nameOf(text)}: ${outcome.found}`);
        if (this.#goesWrong(0.1)) return;
        this.#clock.after(this.#delay(), () => resolve(outcome));
      });
    });
  }

  /** Nobody in the simulation sends pictures. */
  async fetchMedia(): Promise<MediaOutcome> {
    return { outcome: 'gone' };
  }

  #tell(text: TextOut): LookUpOutcome {
    if (!this.temper.canBeAsked || this.#goesWrong(0.1)) return { found: 'unknown' };
    const isTaken = this.taken.some(({ text: other }) => nameOf(other) === nameOf(text));
    if (isTaken) return { found: 'yes', carrierId: nameOf(text) };
    if ((this.#underWay.get(nameOf(text)) ?? 0) > 0 || this.#goesWrong(0.1)) return { found: 'not-yet' };
    return { found: 'no' };
  }

  #decide(text: TextOut, round: number): SendOutcome {
    const random = this.#random;
    if (this.#goesWrong(0.25))
      return { outcome: 'later', delayMs: random.happens(0.5) ? random.between(1_000, 60_000) : null };
    if (this.#goesWrong(0.1)) return { outcome: 'refused', reason: random.oneOf(REFUSALS) };
    const isUndelivered = this.#goesWrong(0.3);
    const fate = isUndelivered ? 'undelivered' : random.happens(0.8) ? 'delivered' : 'not-told';
    const reason = isUndelivered ? random.oneOf(['unreachable', 'unreachable', 'refused'] as const) : null;
    this.taken.push({ text, fate, reason, round });
    this.#report(text, fate, reason);
    return { outcome: 'accepted', carrierId: nameOf(text) };
  }

  #report(text: TextOut, fate: Taken['fate'], reason: FailureReason | null): void {
    const { conversationId, messageId, attempt } = text;
    const report = (status: DeliveryReport['status'], because: FailureReason | null) => {
      for (let times = this.#random.between(1, 3); times > 0; times -= 1) {
        const delay = this.#random.between(1, this.#goesWrong(0.4) ? 100_000 : 1_000);
        this.#clock.after(delay, () =>
          this.#on.report({ conversationId, messageId, attempt, status, reason: because }),
        );
      }
    };
    if (this.#random.happens(0.5)) report('sent', null);
    if (fate !== 'not-told') report(fate, reason);
  }

  #goesWrong(often: number): boolean {
    return this.#random.happens(often * this.temper.badness);
  }

  #delay(): number {
    if (!this.#goesWrong(0.3)) return this.#random.between(5, 400);
    return this.#random.between(400, this.#random.happens(0.3) ? 25_000 : 5_000);
  }

  #move(text: TextOut, change: number): void {
    this.#underWay.set(nameOf(text), (this.#underWay.get(nameOf(text)) ?? 0) + change);
  }
}

/** The attempt included: it is what the carrier is asked about. */
export function nameOf({ messageId, attempt }: TextOut): string {
  return `${messageId}#${attempt}`;
}
