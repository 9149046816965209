import type { Browser, CDPSession } from 'playwright-core';
import { offered } from '../measuring.ts';
import type { Figure } from '../table.ts';
import type { Practice } from './practice.ts';
import { openScreen, type Screen, signInAt } from './screen.ts';

const PER_SECOND = 20;
const THIRDS = 3;
const SECONDS_EACH = 20;
const CALLERS = 400;
/** All of them have written by then, as who is new is kept too, and what runs often is compiled. */
const WARM_UP_SECONDS = 40;
/** So many that not all rows of the list are drawn. */
const IN_LIST = 120;
const LONG_MS = 50;
/** By then what the last text set off is done. */
const SETTLED_MS = 1000;
/** What a page that keeps nothing it need not keep may differ by. */
const FLAT = 1.05;

const EMAIL = 'staff@lakeside.example';

/** 20 texts a second for a minute, while somebody has a list and a conversation on screen, and touches nothing. */
export async function busyMinute(practice: Practice, browser: Browser): Promise<Figure[]> {
  const ids = await practice.assignCallers(IN_LIST, EMAIL);
  const screen = await openScreen(browser);
  await signInAt(screen, practice.origin, EMAIL);
  await screen.page.goto(`${practice.origin}/lakeside/mine/c/${ids[0]}`);
  await screen.page.locator('.bubble').first().waitFor();
  const take = await longTasks(screen);
  await texts(practice, WARM_UP_SECONDS);
  const long: number[] = [];
  const kept: Kept[] = [];
  for (let third = 0; third < THIRDS; third += 1) {
    kept.push(await keptBy(screen));
    // Collecting what is not kept is a long task too, and not the page's.
    await take();
    await texts(practice, SECONDS_EACH);
    long.push(...(await take()));
  }
  await screen.close();
  const longest = long.length === 0 ? '' : `, the longest ${Math.max(...long).toFixed(0)} ms`;
  return [
    {
      what: `tasks over ${LONG_MS} ms in a page while ${PER_SECOND} texts a second arrive for ${THIRDS * SECONDS_EACH} s`,
      target: '0',
      measured: `${long.length}${longest}`,
      isMet: long.length === 0,
    },
    flat('its memory in MB', kept, 'heapMb'),
    flat('the objects it keeps', kept, 'objects'),
    flat('its nodes', kept, 'nodes'),
  ];
}

function flat(what: string, kept: readonly Kept[], by: keyof Kept): Figure {
  const [first, last] = [kept.at(0)?.[by] ?? 0, kept.at(-1)?.[by] ?? 0];
  const inWords = (n: number) => n.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return {
    what: `${what} as the last third of that minute begins, over the first`,
    target: `≤ ${FLAT}`,
    measured: `${(last / first).toFixed(2)} (${inWords(first)} → ${inWords(last)})`,
    isMet: last / first <= FLAT,
  };
}

function texts(practice: Practice, seconds: number): Promise<unknown> {
  let caller = 0;
  return offered(PER_SECOND, seconds, () => practice.textFrom(caller++ % CALLERS));
}

/** From now on; answers how long each took, and begins anew. */
async function longTasks({ page }: Screen): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    }).observe({ type: 'longtask' });
  });
  return () => page.evaluate(() => (window as unknown as { long: number[] }).long.splice(0));
}

interface Kept {
  heapMb: number;
  /** What the heap grows by is for the most part compiled code; these are the page's own. */
  objects: number;
  nodes: number;
}

async function keptBy({ page, cdp }: Screen): Promise<Kept> {
  await page.waitForTimeout(SETTLED_MS);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  return { heapMb: usedSize / 1e6, objects: await objectsOf(cdp), nodes };
}

async function objectsOf(cdp: CDPSession): Promise<number> {
  const objectGroup = 'counted';
  const { result: prototype } = await cdp.send('Runtime.evaluate', {
    expression: 'Object.prototype',
    objectGroup,
  });
  const { objects } = await cdp.send('Runtime.queryObjects', {
    prototypeObjectId: prototype.objectId ?? '',
    objectGroup,
  });
  const { result } = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length; }',
  });
  await cdp.send('Runtime.releaseObjectGroup', { objectGroup });
  return Number(result.value);
}
