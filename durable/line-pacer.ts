/**
 * When the next automatic text of a line may leave: two numbers, in memory only, one object per line. Losing
 * them costs at most one burst. Made with itty-durable, whose calls carry their arguments in a header: numbers only.
 */
import { createDurable } from 'itty-durable/itty-durable.js';
import { proxyDurable } from 'itty-durable/proxy-durable.js';
import { nextPlace } from '../src/domain/conversation/line-pace.ts';
import { answerWithin } from './answer-within.ts';

/** A text, and whatever staff write after it, does not wait longer for a pacer that says nothing. */
const PACER_TIMEOUT_MS = 2_000;

export class LinePacer extends createDurable() {
  /** Epoch ms, both. */
  nextAt = 0;
  askedAt = 0;

  /** Takes the next free place for a text of so many segments, and answers when that is. Epoch ms. */
  takePlace(segments: number, segmentsPerSecond: number, expiresAt: number | null): number {
    const wanted = { segments, segmentsPerSecond, expiresAt, now: Date.now() };
    const { place, pace } = nextPlace({ nextAt: this.nextAt, askedAt: this.askedAt }, wanted);
    this.nextAt = pace.nextAt;
    this.askedAt = pace.askedAt;
    return place;
  }
}

export interface TextToPlace {
  segments: number;
  segmentsPerSecond: number;
  expiresAt: number | null;
}

/** When an automatic text may leave; at once where the pacer cannot be asked. */
export async function placeOnLine(
  namespace: DurableObjectNamespace,
  lineId: string,
  { segments, segmentsPerSecond, expiresAt }: TextToPlace,
): Promise<number> {
  try {
    const pacer: Pick<LinePacer, 'takePlace'> = proxyDurable(namespace, { parse: true }).get(
      namespace.idFromName(lineId),
    );
    const asked = Promise.resolve(pacer.takePlace(segments, segmentsPerSecond, expiresAt));
    const place: unknown = await answerWithin(PACER_TIMEOUT_MS, asked, 0);
    return typeof place === 'number' ? place : 0;
  } catch {
    return 0;
  }
}
