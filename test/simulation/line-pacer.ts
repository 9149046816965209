import { LinePacer } from '../../durable/line-pacer.ts';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** The pacer of a line as far as its calls go: it answers when the next text may leave, late or not at all. */
export function linePacer(clock: Clock, random: Random): DurableObjectNamespace {
  let nextAt = 0;
  const answer = () => {
    const place = Math.max(clock.now(), nextAt);
    nextAt = place + random.between(0, 2_000);
    return { ok: true, headers: { get: () => 'application/json' }, json: async () => place };
  };
  const fetch = () =>
    new Promise((resolve, reject) => {
      if (random.happens(0.03)) return;
      clock.after(random.between(1, 500), () =>
        random.happens(0.1) ? reject(new Error('the pacer cannot be reached')) : resolve(answer()),
      );
    });
  const namespace = { idFromName: (name: string) => ({ name }), get: () => ({ fetch }) };
  return namespace as unknown as DurableObjectNamespace;
}

/** The pacer of a line itself, for as long as its memory lasts. It stores nothing. */
export class PacerOfLine {
  #pacer = new LinePacer(WITHOUT_STORAGE);

  readonly namespace = {
    idFromName: (name: string) => ({ name }),
    get: () => ({ fetch: (request: Request) => this.#pacer.fetch(request) }),
  } as unknown as DurableObjectNamespace;

  crash(): void {
    this.#pacer = new LinePacer(WITHOUT_STORAGE);
  }
}

const WITHOUT_STORAGE = { storage: { get: async () => undefined } };
