import { expect, test } from 'vitest';
import { simulate } from './simulation.ts';

/**
 * Every seed is another course of things: two conversations and their inbox, 5 to 14 things that people do, and
 * what goes wrong meanwhile. `SEED=7 npx vitest run --project simulation` runs one alone and says all that happens.
 */
const SEEDS = Number(process.env.SEEDS ?? 10_000);
const only = process.env.SEED === undefined ? null : Number(process.env.SEED);

/** Enough of them to see what they have in common. */
const MOST_SHOWN = 5;

/** Half of the seeds, so that two processors share them: the even (0) or the odd ones (1). */
export function testSeeds(half: 0 | 1): void {
  if (only === null) testAll(half);
  else test.runIf(only % 2 === half)(`seed ${only}`, () => testOne(only));
}

function testAll(half: 0 | 1): void {
  test(`${SEEDS / 2} seeds`, async () => {
    const broken: string[] = [];
    for (let seed = half; seed < SEEDS && broken.length < MOST_SHOWN; seed += 2) {
      const course = await simulate(seed);
      if (course.broken.length > 0) broken.push(`SEED=${seed}: ${course.broken.join('; ')}`);
    }
    expect(broken).toEqual([]);
  });
}

async function testOne(seed: number): Promise<void> {
  const course = await simulate(seed, (line) => process.stdout.write(`${line}\n`));
  expect(course.broken).toEqual([]);
}
