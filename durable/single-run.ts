/**
 * Work that must never run twice at once. A start during a run makes it run once more, so that nothing that
 * came up meanwhile is missed. It begins after the current turn, hence never inside a transaction.
 */
export class SingleRun {
  readonly #work: () => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(work: () => Promise<void>, failed: (error: unknown) => void) {
    this.#work = work;
    this.#failed = failed;
  }

  /** Settles when nothing is left to do; never rejects. */
  start(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    await null;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#work();
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#running = null;
    }
  }
}
