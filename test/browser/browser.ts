import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { pathOf } from '../real-program.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** For a machine that does other things at the same time. */
export const PATIENCE = { timeout: 25_000, interval: 50 };

/** A real Chromium. Everybody in it has a context of their own: cookies and storage as in a browser of theirs. */
export function openBrowser(): Promise<Browser> {
  const executablePath = pathOf('chromium');
  if (executablePath === null) throw new Error('there is no chromium');
  return chromium.launch({ executablePath, args: ARGS });
}

export async function openContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    // Nothing has to be waited for until it stands still.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE.timeout);
  return context;
}

/** Asks until it is so; the last answer is in the failure. */
export function eventually<T>(ask: () => Promise<T> | T) {
  return expect.poll(ask, PATIENCE);
}

/** What the page complains about, forbidden script and style included; the first question who is signed in may be refused. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const { url } = message.location();
    if (url.endsWith('/api/session') && message.text().includes('401')) return;
    complaints.push(`${message.text()} (${url})`);
  });
  return complaints;
}

/**
 * Counts, as the browser does, how often a function of the page was called: the one where this stands. Begins at 0
 * each time that it is asked.
 */
export async function countDraws(page: Page, text: string): Promise<() => Promise<number>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Profiler.enable');
  await devTools.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const { result } = await devTools.send('Profiler.takePreciseCoverage');
  const urls = result.map(({ url }) => url).filter((url) => url.endsWith('.js'));
  const sources = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
  const at = sources.findIndex((source) => source.includes(text));
  const offset = sources[at]?.indexOf(text) ?? -1;
  if (offset === -1) throw new Error(`no function of the page has ${text}`);
  return async () => {
    const coverage = await devTools.send('Profiler.takePreciseCoverage');
    const called = coverage.result.find(({ url }) => url === urls[at])?.functions ?? [];
    const around = called
      .flatMap(({ ranges }) => ranges.slice(0, 1))
      .filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
      .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
    return around[0]?.count ?? 0;
  };
}
