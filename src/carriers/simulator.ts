/** The simulated carrier: hands each text to the Handset object of the number it is sent to. */
import { handsetKind } from '../domain/conversation/handset.ts';
import type { Env } from '../env.ts';
import type { Carrier } from './carrier.ts';
import { sign } from './simulator-signature.ts';

/** No `receivedTexts`: the Handset that wrote a text hands it over until it is taken, and nobody lists handsets. */
export const simulator: Carrier = {
  answersKeywords: false,

  async send(env, text) {
    const handset = handsetOf(env, text.to);
    if (!handset) return { outcome: 'refused', reason: 'invalid-number' };
    try {
      return await handset.deliver(text);
    } catch {
      // The object may have failed before or after it wrote: only looking it up can tell.
      return { outcome: 'unknown' };
    }
  },

  async lookUp(env, text) {
    try {
      return (await handsetOf(env, text.to)?.lookUp(text)) ?? { found: 'no' };
    } catch {
      return { found: 'unknown' };
    }
  },

  async lineTypeOf(_, number) {
    return handsetKind(number) === 'landline' ? 'landline' : 'mobile';
  },

  /** It runs in here; that it has its secret was looked at before. */
  async check() {
    return { isGood: true, words: 'Simulated phones are here. Texts from this line reach nobody else.' };
  },

  /** `reference`: the number of the phone, which text it sent, and which of what that carried. */
  async fetchMedia(env, reference) {
    const [, number = ''] = /^(\+\d+)\//.exec(reference) ?? [];
    try {
      const signature = await sign(env.SIMULATOR_SECRET ?? '', { path: reference, body: '' }, Date.now());
      const bytes = (await handsetOf(env, number)?.media(reference, signature)) ?? null;
      return bytes === null ? { outcome: 'gone' } : { outcome: 'fetched', bytes };
    } catch {
      return { outcome: 'unreachable' };
    }
  },
};

/** Simulated phones exist in North America only, named by their ten digits. */
function handsetOf(env: Env, number: string): ReturnType<Env['HANDSET']['get']> | null {
  const tenDigits = /^\+1(\d{10})$/.exec(number)?.[1];
  return tenDigits === undefined ? null : env.HANDSET.get(env.HANDSET.idFromName(tenDigits));
}
