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
