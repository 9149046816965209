import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER, STAFF } from './inbox-page.ts';
import { Product } from './product.ts';

const LANDLINE = '2062020006';
const BLOCKED = '2062020010';

let product: Product;
let browser: Browser;
let ana: Page;
let marcus: Page;
let complaints: string[];

async function signedIn(email: string): Promise<Page> {
  const context = await openContext(browser);
  await prepareAudit(context);
  const inbox = await InboxPage.signedIn(context, product.origin, email);
  return inbox.page;
}

const queue = (page: Page) => page.getByRole('tabpanel', { name: 'To call' });
const task = (page: Page, caller: string) => page.getByRole('listitem').filter({ hasText: caller });

describeWith(['chromium'], 'callers whom no text can reach', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    ana = await signedIn(STAFF.email);
    complaints = complaintsOf(ana);
    marcus = await signedIn(MANAGER.email);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await ana?.locator('body').ariaSnapshot()));
  });

  describe('the page of call-backs', { timeout: 240_000 }, () => {
    it('says so while there is nobody to call', async () => {
      for (const page of [ana, marcus]) await page.getByRole('link', { name: 'Call-backs' }).click();
      await ana.getByText('Nobody to call', { exact: true }).waitFor();
      expect(await audit(ana)).toEqual([]);
    });

    it('shows whoever calls from a landline, at once and in the rail', async () => {
      await product.hangUp(LANDLINE);
      await product.hangUp(BLOCKED);
      await task(ana, '(206) 202-0006').getByText('A landline, which cannot get texts.').waitFor();
      await task(ana, '(206) 202-0010').getByText('Wants no texts.').waitFor();
      await ana.getByRole('link', { name: /^Call-backs ?, 2$/ }).waitFor();
      const number = task(ana, '(206) 202-0006').getByRole('link', { name: /^\(206\) 202-0006/ });
      expect(await number.getAttribute('href')).toBe('tel:+12062020006');
      expect(await audit(ana)).toEqual([]);
    });

    it('is the same for two who look at it: one has it, and the other sees who', async () => {
      await task(ana, '(206) 202-0006').getByRole('button', { name: 'I’ll call' }).click();
      await task(ana, '(206) 202-0006').getByText('You have it').waitFor();
      await task(marcus, '(206) 202-0006').getByText(`${STAFF.name} has it`).waitFor();
      await task(ana, '(206) 202-0006').getByRole('button', { name: 'No answer' }).click();
      await task(marcus, '(206) 202-0006').getByText(`No answer, ${STAFF.name}`).waitFor();
      expect(await audit(marcus)).toEqual([]);
    });

    it('closes with the keyboard and a note, for both', async () => {
      const close = task(ana, '(206) 202-0006').getByRole('button', { name: 'Close' });
      await close.focus();
      await ana.keyboard.press('Enter');
      const sheet = ana.getByRole('dialog', { name: 'Close this call-back' });
      await sheet.waitFor();
      expect(await audit(ana)).toEqual([]);
      await ana.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });
      await eventually(() => close.evaluate((button) => button === document.activeElement)).toBe(true);
      await ana.keyboard.press('Enter');
      await sheet.getByRole('radio', { name: 'Not needed' }).press('Space');
      await sheet.getByLabel('Note (optional)').fill('Called again and was helped.');
      await sheet.getByRole('button', { name: 'Close the call-back' }).press('Enter');
      await eventually(() => task(marcus, '(206) 202-0006').count()).toBe(0);
      await ana.getByRole('link', { name: /^Call-backs ?, 1$/ }).waitFor();
    });

    it('keeps what was closed, and opens it again', async () => {
      await ana.getByRole('tab', { name: 'To call' }).press('ArrowRight');
      const done = task(ana, '(206) 202-0006');
      await done.getByText(`${STAFF.name}: Called again and was helped.`).waitFor();
      // It goes by itself, and is no part of any page.
      await eventually(() => ana.locator('.notice').count()).toBe(0);
      expect(await audit(ana)).toEqual([]);
      await done.getByRole('button', { name: 'Open again' }).click();
      await eventually(() => queue(marcus).getByRole('listitem').count()).toBe(2);
      expect(complaints).toEqual([]);
    });
  });
});
