/**
 * Simulated time: things that are due run one after the other, each with all that follows from it, and no time
 * passes in between but what the next one is due at. While it runs, `Date.now` and the timers are its own.
 */
export class Clock {
  /** Milliseconds that really passed: timers and the network go by it. */
  elapsed = 0;
  #wall = Date.UTC(2026, 10, 23, 18);
  readonly #due: { at: number; order: number; run: () => void }[] = [];
  readonly #timers = new Set<number>();
  #order = 0;

  /** What clocks on the wall show; they jump. */
  now(): number {
    return this.#wall + this.elapsed;
  }

  jump(ms: number): void {
    this.#wall += ms;
  }

  after(ms: number, run: () => void): void {
    this.#order += 1;
    const entry = { at: this.elapsed + Math.max(0, ms), order: this.#order, run };
    let [low, high] = [0, this.#due.length];
    // Latest first, so that the next one is taken from the end.
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#due[middle];
      if (other && (other.at > entry.at || (other.at === entry.at && other.order > entry.order)))
        low = middle + 1;
      else high = middle;
    }
    this.#due.splice(low, 0, entry);
  }

  async runFor(ms: number, afterEach: () => void): Promise<void> {
    const end = this.elapsed + ms;
    for (let next = this.#due.at(-1); next && next.at <= end; next = this.#due.at(-1)) {
      this.#due.pop();
      this.elapsed = next.at;
      next.run();
      await turnEnds();
      afterEach();
    }
    this.elapsed = end;
  }

  setTimer(run: () => void, ms = 0): number {
    const timer = this.#order + 1;
    this.#timers.add(timer);
    this.after(ms, () => {
      if (this.#timers.delete(timer)) run();
    });
    return timer;
  }

  clearTimer(timer: number | null): void {
    if (timer !== null) this.#timers.delete(timer);
  }
}

const realImmediate = setImmediate;

/** All that promises still have to do is done first. */
function turnEnds(): Promise<void> {
  return new Promise((resolve) => realImmediate(resolve));
}
