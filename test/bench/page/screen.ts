import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { SEED_PASSWORD } from '../../../src/practices/seed.ts';
import { pathOf } from '../../real-program.ts';

/** A page in a real Chromium, and what its browser knows of it. */
export interface Screen {
  page: Page;
  cdp: CDPSession;
  close: () => Promise<void>;
}

export function openChromium(): Promise<Browser> {
  const executablePath = pathOf('chromium');
  if (executablePath === null) throw new Error('there is no chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
}

/** In a browser of their own. */
export async function openScreen(browser: Browser): Promise<Screen> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  return { page, cdp: await context.newCDPSession(page), close: () => context.close() };
}

export async function signInAt({ page }: Screen, origin: string, email: string): Promise<void> {
  await page.goto(origin);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(SEED_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.row').first().waitFor();
}

/**
 * From now on the page notes when it painted a text: the first time that it stood in the document and the frame
 * after that was drawn. In milliseconds since 1970, as `wallClock` has them here.
 */
export async function notePaints({ page }: Screen): Promise<(text: string) => Promise<number>> {
  await page.evaluate(() => {
    const painted = new Map<string, number>();
    Object.assign(window, { painted });
    const look = () => {
      const texts = document.body.textContent?.matchAll(/Text \d+:/g) ?? [];
      const fresh = [...texts].map(([text]) => text).filter((text) => !painted.has(text));
      if (fresh.length === 0) return;
      for (const text of fresh) painted.set(text, 0);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // After the frame, not before it.
        port1.onmessage = () => {
          for (const text of fresh) painted.set(text, performance.timeOrigin + performance.now());
        };
        port2.postMessage(null);
      });
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  return async (said) => {
    const [text] = /^Text \d+:/.exec(said) ?? [''];
    const at = await page.waitForFunction(
      (wanted) => (window as unknown as { painted: Map<string, number> }).painted.get(wanted) || null,
      text,
      { polling: 10, timeout: 30_000 },
    );
    return Number(await at.jsonValue());
  };
}

export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}
