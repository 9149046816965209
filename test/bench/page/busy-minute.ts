import type { Browser } from 'playwright-core';
import { offered } from '../measuring.ts';
import type { Figure } from '../table.ts';
import type { Practice } from './practice.ts';
import { openScreen, type Screen, signInAt } from './screen.ts';

const PER_SECOND = 20;
const SECONDS = 60;
const CALLERS = 400;
const LONG_MS = 50;
/** What a page that keeps nothing it need not keep may differ by. */
const FLAT_MB = 2;

/** 20 texts a second for a minute, while somebody has the list and a conversation on screen. */
export async function busyMinute(practice: Practice, browser: Browser): Promise<Figure[]> {
  const email = 'staff@lakeside.example';
  const [id = ''] = await practice.assignCallers(20, email);
  const screen = await openScreen(browser);
  await signInAt(screen, practice.origin, email);
  await screen.page.goto(`${practice.origin}/lakeside/mine/c/${id}`);
  await screen.page.locator('.bubble').first().waitFor();
  await texts(practice, 10);
  const before = await heapMb(screen);
  await screen.page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    }).observe({ type: 'longtask' });
  });
  const taken = await texts(practice, SECONDS);
  const long = await screen.page.evaluate(() => (window as unknown as { long: number[] }).long);
  const after = await heapMb(screen);
  await screen.close();
  const grown = after - before;
  return [
    {
      what: `tasks over ${LONG_MS} ms in a page while ${PER_SECOND} texts a second arrive for ${SECONDS} s`,
      target: '0',
      measured: `${long.length} of ${taken} texts${long.length === 0 ? '' : `, the longest ${Math.max(...long).toFixed(0)} ms`}`,
      isMet: long.length === 0,
    },
    {
      what: 'memory of the page after that minute, over before',
      target: `≤ ${FLAT_MB} MB`,
      measured: `${grown.toFixed(1)} MB (${before.toFixed(1)} → ${after.toFixed(1)} MB)`,
      isMet: grown <= FLAT_MB,
    },
  ];
}

async function texts(practice: Practice, seconds: number): Promise<number> {
  let caller = 0;
  const said = await offered(PER_SECOND, seconds, () => practice.textFrom(caller++ % CALLERS));
  return said.length;
}

async function heapMb({ page, cdp }: Screen): Promise<number> {
  await page.waitForTimeout(1000);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
