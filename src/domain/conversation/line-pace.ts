/** How far the texts of a line have been planned. Epoch ms. */
export interface LinePace {
  /** When the next automatic text may leave. */
  nextAt: number;
  /** When a place was last asked for. */
  askedAt: number;
}

export interface PlaceWanted {
  segments: number;
  segmentsPerSecond: number;
  /** When the text is dropped unless it has left; null for never. */
  expiresAt: number | null;
  now: number;
}

/**
 * The next free place on a line. One that comes too late for its text is told and not taken: the text will not
 * leave, and who calls later would wait for nothing.
 */
export function nextPlace(pace: LinePace, wanted: PlaceWanted): { place: number; pace: LinePace } {
  const { segments, segmentsPerSecond, expiresAt, now } = wanted;
  // A clock that ran back says nothing about the line: what is planned is as far ahead as it was.
  const nextAt = pace.nextAt - Math.max(0, pace.askedAt - now);
  const place = Math.max(now, nextAt);
  const isTaken = expiresAt === null || place < expiresAt;
  const takes = isTaken ? (segments * 1000) / segmentsPerSecond : 0;
  return { place, pace: { nextAt: place + takes, askedAt: now } };
}
