/**
 * When the next automatic text of a line may leave: one number, in memory only, one object per line. Losing
 * it costs at most one burst. Made with itty-durable, whose calls carry their arguments in a header: numbers only.
 */
import { createDurable } from 'itty-durable/itty-durable.js';
import { proxyDurable } from 'itty-durable/proxy-durable.js';

export class LinePacer extends createDurable() {
  /** Epoch ms. */
  nextAt = 0;

  /** Takes the next free place for a text of so many segments, and answers when that is. Epoch ms. */
  takePlace(segments: number, segmentsPerSecond: number): number {
    const place = Math.max(Date.now(), this.nextAt);
    this.nextAt = place + (segments * 1000) / segmentsPerSecond;
    return place;
  }
}

/** When an automatic text may leave; at once where the pacer cannot be asked. */
export async function placeOnLine(
  namespace: DurableObjectNamespace,
  lineId: string,
  segments: number,
  segmentsPerSecond: number,
): Promise<number> {
  try {
    const pacer: Pick<LinePacer, 'takePlace'> = proxyDurable(namespace, { parse: true }).get(
      namespace.idFromName(lineId),
    );
    const place: unknown = await pacer.takePlace(segments, segmentsPerSecond);
    return typeof place === 'number' ? place : 0;
  } catch {
    return 0;
  }
}
