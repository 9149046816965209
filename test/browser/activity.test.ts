import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER } from './inbox-page.ts';
import { Product } from './product.ts';

const HANGUP = '/hooks/demo/abandoned-call/lakeside-hangup-en';

let product: Product;
let browser: Browser;
let inbox: InboxPage;
let page: Page;
let complaints: string[];

const entries = () => page.locator('a[data-activity-id]');
const entry = (text: string) => page.getByRole('listitem').filter({ hasText: text });
const sheet = () => page.getByRole('dialog', { name: 'What happened' });

async function fired(caller: string): Promise<void> {
  await fetch(`${product.origin}${HANGUP}`, {
    method: 'POST',
    body: new URLSearchParams({ CALLER_ID_NUMBER: caller }),
  });
}

describeWith(['chromium'], 'why a call did or did not lead to a text', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    const context = await openContext(browser);
    await prepareAudit(context);
    inbox = await InboxPage.signedIn(context, product.origin, MANAGER.email);
    page = inbox.page;
    complaints = complaintsOf(page);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await page?.locator('body').ariaSnapshot()));
  });

  describe('the activity page', { timeout: 240_000 }, () => {
    it('says what will appear while there is nothing', async () => {
      await page.getByRole('link', { name: 'Activity' }).click();
      await page.getByText('No calls yet', { exact: true }).waitFor();
      await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('page-title');
      expect(await audit(page)).toEqual([]);
    });

    it('shows each call as it comes, and tells a screen reader of a burst once', async () => {
      const said = await inbox.listen();
      await product.hangUp('2062020123');
      await product.hangUp('2062020006');
      for (const caller of ['anonymous', '18005551234', '103', '2062020123']) await fired(caller);
      await eventually(() => entries().count()).toBe(6);
      await entry('(206) 202-0006').getByText('Not delivered').waitFor();
      await entry('anonymous').getByText('Number withheld').waitFor();
      await entry('103').getByText('Not a phone number', { exact: true }).waitFor();
      await eventually(async () => (await said()).filter((words) => words.includes('new call'))).toHaveLength(
        1,
      );
      await page.reload();
      await page.getByRole('heading', { name: 'Calls that no text can reach' }).waitFor();
      expect(await audit(page)).toEqual([]);
    });

    it('opens with the keyboard on every decision, the text and its steps, and closes back to the row', async () => {
      const link = entry('(206) 202-0123').locator('a[data-activity-id]').last();
      await link.focus();
      await page.keyboard.press('Enter');
      await sheet().getByText('The phone of the caller has it.').waitFor();
      await sheet().getByText('Caller’s number: passed.').waitFor();
      await sheet().getByText('Lakeside Family Clinic', { exact: false }).first().waitFor();
      await sheet().getByRole('button', { name: 'Replay as a dry run' }).press('Enter');
      await sheet().getByText('No text would leave', { exact: true }).waitFor();
      expect(await audit(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await sheet().waitFor({ state: 'hidden' });
      await eventually(() => link.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(new URL(page.url()).pathname).toBe('/lakeside/activity');
    });

    it('says why a text did not arrive, and leads to the conversation', async () => {
      await entry('(206) 202-0006').locator('a[data-activity-id]').click();
      await sheet().getByText('This is a landline. It cannot get texts: call back.').first().waitFor();
      await sheet().getByRole('link', { name: 'Open the conversation' }).click();
      await inbox.messages.waitFor();
      await page.goBack();
      await page.goBack();
    });

    it('is narrowed by outcome and by part of a number, in its address', async () => {
      await page.getByLabel('Outcome').selectOption({ label: 'Number withheld' });
      await eventually(() => entries().allInnerTexts()).toEqual(['anonymous']);
      expect(new URL(page.url()).search).toBe('?outcome=withheld');
      await page.getByLabel('Outcome').selectOption({ label: 'Every outcome' });
      await page.getByLabel('Search by any part of a number').fill('202-0123');
      await eventually(() => entries().count()).toBe(2);
      await page.getByLabel('Search by any part of a number').fill('9999');
      await page.getByText('Nothing like that').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Show everything' }).click();
      await eventually(() => entries().count()).toBe(6);
    });

    it('does not move under who reads further down: what is new waits for a click', async () => {
      for (let n = 0; n < 14; n += 1) await fired(`20620205${String(n).padStart(2, '0')}`);
      await eventually(() => entries().count()).toBe(20);
      await page.locator('#page').evaluate((main) => main.scrollTo({ top: 600 }));
      await fired('2062020599');
      const fresh = page.getByRole('button', { name: '1 new' });
      await fresh.waitFor();
      expect(await entries().count()).toBe(20);
      expect(await audit(page)).toEqual([]);
      await fresh.click();
      await eventually(() => entries().first().innerText()).toBe('(206) 202-0599');
      expect(complaints).toEqual([]);
    });
  });
});
