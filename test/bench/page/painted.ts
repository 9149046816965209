import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { post } from '../measuring.ts';
import type { Served } from '../serve.ts';
import type { Figure } from '../table.ts';
import { paintFigures } from './paint-figures.ts';
import { notePaints, PATIENCE_MS, type PaintedAt } from './paints.ts';
import type { Practice } from './practice.ts';
import { openScreen, type Screen, signInAt } from './screen.ts';

const TEXTS = 420;
const WARM_UP = 20;
/** So few that the rows of all of them are in sight. */
const CALLERS = 10;
const EMAIL = 'manager@lakeside.example';
const FRAME_MS = 17;

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
  const last = second.page.locator('.row').nth(CALLERS - 1);
  await last.waitFor();
  const bare = await barePage(browser, floor);
  const [inRow, inBare] = [await notePaints(second, '.row__snippet'), await notePaints(bare, 'p')];

  const ours: (number | null)[] = [];
  const least: (number | null)[] = [];
  for (let n = 0; n < TEXTS; n += 1) {
    ours.push(await msUntilPainted(n, inRow, () => practice.textFrom(n % CALLERS)));
    least.push(await msUntilPainted(n, inBare, () => bareText(floor, n)));
  }
  await Promise.all([first, second, bare].map((screen) => screen.close()));
  return paintFigures(ours, least, WARM_UP, PATIENCE_MS);
}

async function msUntilPainted(
  n: number,
  paintedAt: PaintedAt,
  write: () => Promise<string>,
): Promise<number | null> {
  // Else each would be written right after a frame, and find the next one as near or far as the last did.
  await setTimeout(n % FRAME_MS);
  const began = Date.now();
  const at = await paintedAt(await write());
  return at === null ? null : at - began;
}

async function bareText({ origin }: Served, n: number): Promise<string> {
  const body = `Text ${n}: my prescription ran out`;
  await post(`${origin}/api/text`, JSON.stringify({ caller: `caller-${n % CALLERS}`, body }));
  return body;
}

/** Shows what its socket says, and does nothing else. */
async function barePage(browser: Browser, { origin }: Served): Promise<Screen> {
  const screen = await openScreen(browser);
  // From the Worker itself: a page that the browser was handed has no address, and may open no socket to this machine.
  await screen.page.goto(`${origin}/api/page`);
  await screen.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/socket`);
        const place = document.querySelector('p');
        socket.onerror = () => reject(new Error('the bare page got no socket'));
        socket.onmessage = ({ data }) => {
          if (place !== null) place.textContent = String(data);
          resolve();
        };
      }),
  );
  return screen;
}
