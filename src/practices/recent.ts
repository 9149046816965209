/** As stale as configuration may be in an isolate that did not change it. */
const MAX_AGE_MS = 10_000;

const MAX_ENTRIES = 1000;

/**
 * What this isolate read from D1 a moment ago, so that a busy trigger costs no query. Bounded: the oldest
 * entry makes room, so that a stranger who makes up keys can push entries out but not fill the memory.
 */
export class Recent<Value> {
  readonly #entries = new Map<string, { value: Value; readAt: number }>();

  find(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && now - entry.readAt < MAX_AGE_MS ? entry.value : undefined;
  }

  keep(key: string, value: Value, now: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, readAt: now });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
  }

  clear(): void {
    this.#entries.clear();
  }
}
