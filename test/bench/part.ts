import type { Figure } from './table.ts';

/** A part that fails, or does not end, is told of as such: what was measured before it is not lost. */
export async function figuresOfPart(
  name: string,
  measure: () => Promise<Figure[]>,
  mostMs: number,
): Promise<Figure[]> {
  const late = Promise.withResolvers<never>();
  const minutes = Math.round(mostMs / 60_000);
  const timer = setTimeout(() => late.reject(new Error(`not at its end after ${minutes} minutes`)), mostMs);
  try {
    return await Promise.race([measure(), late.promise]);
  } catch (error) {
    const measured = error instanceof Error ? error.message : String(error);
    return [{ what: name, target: '', measured, isMet: false }];
  } finally {
    clearTimeout(timer);
  }
}
