import type { Browser } from 'playwright-core';
import { median, post, quantile } from '../measuring.ts';
import type { Served } from '../serve.ts';
import type { Figure } from '../table.ts';
import type { Practice } from './practice.ts';
import { notePaints, openScreen, type Screen, signInAt, wallClock } from './screen.ts';

const TEXTS = 140;
const WARM_UP = 20;
const CALLERS = 20;
const EMAIL = 'manager@lakeside.example';

/**
 * From the carrier's webhook until a second member of staff sees it, over a bare page whose socket is told of a text
 * that was written down twice, as the product does. One of each by turns.
 */
export async function painted(practice: Practice, floor: Served, browser: Browser): Promise<Figure[]> {
  await practice.assignCallers(CALLERS, EMAIL);
  const first = await openScreen(browser);
  await signInAt(first, practice.origin, 'staff@lakeside.example');
  const second = await openScreen(browser);
  await signInAt(second, practice.origin, EMAIL);
  await second.page.goto(`${practice.origin}/lakeside/mine`);
  await second.page
    .locator('.row')
    .nth(CALLERS - 1)
    .waitFor();
  const paintedAt = await notePaints(second);
  const bare = await barePage(browser, floor);
  const barePaintedAt = await notePaints(bare);

  const ours: number[] = [];
  const least: number[] = [];
  for (let n = 0; n < TEXTS; n += 1) {
    const began = wallClock();
    ours.push((await paintedAt(await practice.textFrom(n % CALLERS))) - began);
    const body = `Text ${1_000_000 + n}: my prescription ran out`;
    const bareBegan = wallClock();
    await post(`${floor.origin}/api/text`, JSON.stringify({ caller: `caller-${n % CALLERS}`, body }));
    least.push((await barePaintedAt(body)) - bareBegan);
  }
  await Promise.all([first, second, bare].map((screen) => screen.close()));
  return [ratioOf('p50', median, ours, least), ratioOf('p99', p99, ours, least)];
}

function ratioOf(name: string, of: (ms: number[]) => number, ours: number[], least: number[]): Figure {
  const [mine, floor] = [of(ours.slice(WARM_UP)), of(least.slice(WARM_UP))];
  return {
    what: `text in → painted on a second member of staff's screen, ${name}, over a bare socket`,
    target: '',
    measured: `${(mine / floor).toFixed(2)} (${mine.toFixed(0)} ms over ${floor.toFixed(0)} ms)`,
  };
}

function p99(ms: readonly number[]): number {
  return quantile(
    ms.toSorted((a, b) => a - b),
    0.99,
  );
}

/** Shows what its socket says, and does nothing else. */
async function barePage(browser: Browser, { origin }: Served): Promise<Screen> {
  const screen = await openScreen(browser);
  await screen.page.route(`${origin}/bare`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Bare</title><p></p>' }),
  );
  await screen.page.goto(`${origin}/bare`);
  await screen.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/socket`);
        const place = document.querySelector('p');
        socket.onmessage = ({ data }) => {
          if (place !== null) place.textContent = String(data);
          resolve();
        };
      }),
  );
  return screen;
}
