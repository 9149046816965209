import type { Browser } from 'playwright-core';
import { buildUi } from '../../../scripts/build-ui.ts';
import { pathOf } from '../../real-program.ts';
import { type Served, serveProduct, serveWorker } from '../serve.ts';
import type { Figure } from '../table.ts';
import { busyMinute } from './busy-minute.ts';
import { painted } from './painted.ts';
import { Practice } from './practice.ts';
import { openChromium } from './screen.ts';
import { slowComputer } from './slow-computer.ts';

type Bench = () => Promise<Figure[]>;

/** What a page does in a real Chromium, with 100,000 conversations behind it: all in the same practice. */
export function pageBenches(
  inDirectory: (name: string) => string,
  serving: (starting: Promise<Served>) => Promise<Served>,
): Record<string, Bench> {
  const floor = () =>
    serving(serveWorker('floor-worker.ts', inDirectory('bare'), { OBJECT: 'FloorObject', HUB: 'FloorHub' }));
  let filled: Promise<Practice> | null = null;

  async function fill(): Promise<Practice> {
    await buildUi({ minify: true });
    return Practice.fill(await serving(serveProduct('page-worker.ts', inDirectory('page'))));
  }

  function inChromium(
    name: string,
    measure: (practice: Practice, browser: Browser) => Promise<Figure[]>,
  ): Bench {
    return async () => {
      if (pathOf('chromium') === null)
        return [{ what: name, target: '', measured: 'skipped: needs chromium (apt-get install chromium)' }];
      filled ??= fill();
      const practice = await filled;
      const browser = await openChromium();
      try {
        return await measure(practice, browser);
      } finally {
        await browser.close();
      }
    };
  }

  return {
    painted: inChromium('painted', async (practice, browser) => painted(practice, await floor(), browser)),
    'slow-computer': inChromium('slow-computer', slowComputer),
    'busy-minute': inChromium('busy-minute', busyMinute),
  };
}
