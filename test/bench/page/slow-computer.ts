import type { Browser, Page } from 'playwright-core';
import { median } from '../quantiles.ts';
import type { Figure } from '../table.ts';
import { CONVERSATIONS, type Practice } from './practice.ts';
import { openScreen, type Screen, signInAt } from './screen.ts';

/** As a cheap laptop compares to this machine. */
const SLOWER = 4;
const LOADS = 7;
/** https://web.dev/articles/inp: what people take for immediate. */
const GOOD_INP_MS = 200;

const EMAIL = 'staff@lakeside.example';

/** First list and keys on a processor that is four times as slow. */
export async function slowComputer(practice: Practice, browser: Browser): Promise<Figure[]> {
  const screen = await openScreen(browser);
  await signInAt(screen, practice.origin, EMAIL);
  await practice.assignCallers(20, EMAIL);
  await screen.cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const loads = await firstLists(screen, practice.origin);
  const bare = await openScreen(browser);
  await bare.cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const delays = await keyDelays(screen, practice.origin, bare);
  await Promise.all([screen.close(), bare.close()]);
  return [...loads, ...delays];
}

async function firstLists({ page }: Screen, origin: string): Promise<Figure[]> {
  let asked = 0;
  page.on('request', (request) => {
    if (/\/api\/practices\/[^/]+\/conversations\?/.test(request.url())) asked += 1;
  });
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (document.querySelector('.row') === null) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => performance.mark('first list')));
    });
    watch.observe(document, { subtree: true, childList: true });
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        this.addEventListener('message', () => performance.mark('frame'), { once: true });
      }
    };
  });
  const times: number[] = [];
  const afterFrame: number[] = [];
  for (let n = 0; n < LOADS; n += 1) {
    await page.goto(origin);
    const at = await page.waitForFunction(() => performance.getEntriesByName('first list')[0]?.startTime);
    times.push(Number(await at.jsonValue()));
    const framed = await page.evaluate(() => performance.getEntriesByName('frame')[0]?.startTime);
    afterFrame.push((times.at(-1) ?? 0) - Number(framed));
  }
  return [
    {
      what: `first list of ${CONVERSATIONS.toLocaleString('en-US')} conversations, painted, on a processor ${SLOWER} × as slow`,
      target: '',
      measured: `${median(times).toFixed(0)} ms`,
    },
    {
      what: 'the part of it after the server had sent the list',
      target: '',
      measured: `${median(afterFrame).toFixed(0)} ms`,
    },
    {
      what: 'requests for the list until then: it is in the first frame of the socket',
      target: '0',
      measured: String(asked),
      isMet: asked === 0,
    },
  ];
}

/** Until the screen had changed, as the browser tells: over the same on a page that only counts keys. */
async function keyDelays(screen: Screen, origin: string, bare: Screen): Promise<Figure[]> {
  const { page } = screen;
  await bare.page.setContent('<!doctype html><title>Bare</title><p>0</p>');
  await bare.page.evaluate(() => {
    const place = document.querySelector('p');
    addEventListener('keydown', () => {
      if (place !== null) place.textContent = String(Number(place.textContent) + 1);
    });
  });
  const least = await delaysOf(bare);
  for (let n = 0; n < 12; n += 1) await press(bare.page, 'j');
  const floor = await least();

  await page.goto(`${origin}/lakeside/mine`);
  await page.locator('.row').nth(15).waitFor();
  const take = await delaysOf(screen);
  for (let n = 0; n < 12; n += 1) await press(page, 'j');
  const moving = await take();
  for (let n = 0; n < 6; n += 1) for (const key of ['Enter', 'Escape', 'k']) await press(page, key);
  const opening = await take();
  for (const name of [...VIEWS, ...VIEWS, ...VIEWS]) {
    await page.locator('.view-link', { hasText: name }).first().click();
    await page.waitForTimeout(PAUSE_MS);
  }
  const switching = await take();
  for (const letter of ['o', 'd', 'u', 'n', 'o', 'd', 'u', 'n'])
    for (const key of ['g', letter]) await press(page, key);
  const going = await take();
  return [
    delay('J, to the next row', moving, floor),
    delay('Enter and Esc, into a conversation and back', opening, floor),
    delay('a click on another view', switching, floor),
    delay('G and a letter, to another view', going, floor),
  ];
}

const PAUSE_MS = 400;
const VIEWS = ['Open', 'Done', 'Unassigned', 'Needs reply'];

async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForTimeout(PAUSE_MS);
}

/** From now on; answers the slowest, and begins anew. */
async function delaysOf({ page }: Screen): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const delays: number[] = [];
    Object.assign(window, { delays });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[])
        if (entry.interactionId) delays.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  return () =>
    page.evaluate(() => {
      const { delays } = window as unknown as { delays: number[] };
      // What is shorter than a frame is not told of.
      return Math.max(16, ...delays.splice(0));
    });
}

function delay(what: string, ms: number, floor: number): Figure {
  return {
    what: `until the screen answers on such a processor, slowest: ${what}`,
    target: `≤ ${GOOD_INP_MS} ms`,
    measured: `${ms.toFixed(0)} ms (a bare page: ${floor.toFixed(0)} ms)`,
    isMet: ms <= GOOD_INP_MS,
  };
}
