/** How many at once, and how many a second after that. */
export interface Pace {
  burst: number;
  perSecond: number;
}

/** Keys remembered at most: the one that was used longest ago makes room, and starts anew. */
const MAX_KEYS = 5_000;

/** Fractions of a token are not exact in binary: a wait that is whole milliseconds must not become one more. */
const ROUNDING = 1e-6;

/** Lets through what keeps to its pace, key by key. In memory only: a restart forgives everybody. */
export class TokenBuckets {
  readonly #pace: Pace;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Null lets through; else in how many milliseconds there is room again. */
  take(key: string, now: number): number | null {
    const { burst, perSecond } = this.#pace;
    const before = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const passed = Math.max(0, now - before.at);
    const tokens = Math.min(burst, before.tokens + (passed * perSecond) / 1000);
    const isThrough = tokens >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: isThrough ? tokens - 1 : tokens, at: now });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MAX_KEYS && oldest !== undefined) this.#buckets.delete(oldest);
    return isThrough ? null : Math.ceil(((1 - tokens) * 1000) / perSecond - ROUNDING);
  }
}
