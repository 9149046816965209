import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { HandsetPage } from './handset-page.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

const NUMBER = '2062020142';
const CALLER_NAME = '(206) 202-0142';
const CLINIC = 'Lakeside Family Clinic';

let product: Product;
let browser: Browser;
let handset: HandsetPage;
let inbox: InboxPage;

describeWith(['chromium'], 'the handset, with the inbox beside it', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    handset = await HandsetPage.open(await openContext(browser), product.origin, NUMBER);
    inbox = await InboxPage.signedIn(await openContext(browser), product.origin);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const open of [handset, inbox]) console.error(await open?.page.locator('body').ariaSnapshot());
    });
  });

  it('waits on hold and is offered the key', async () => {
    const complaints = complaintsOf(handset.page);
    await handset.call(CLINIC);
    await handset.phone.getByText('on hold').waitFor();
    await handset.phone.getByText('Please hold').waitFor();
    await handset.phone.getByText('Press 5 to text with us instead').waitFor();
    await handset.offeredKey.waitFor();
    expect(complaints).toEqual([]);
  });

  it('presses 5 and gets the text while still on the line', async () => {
    await handset.offeredKey.click();
    await handset.phone.getByText('We are texting you now').waitFor();
    await handset.arrival(CLINIC).waitFor();
    await eventually(() => handset.webhooks.innerText()).toMatch(/pressed 5.*on its way.*"texting"/s);
  });

  it('hangs up, which brings no second text', async () => {
    await handset.hangUp();
    await eventually(() => handset.webhooks.innerText()).toMatch(/hung up.*no second text.*"same-journey"/s);
    const texts = await product.textsOn(NUMBER);
    expect(texts.map(({ direction }) => direction)).toEqual(['received']);
  });

  it('answers the text, and staff see it beside what happened on the phone', async () => {
    await handset.arrival(CLINIC).first().click();
    await handset.texts(CLINIC).getByText('We are sorry about the long hold').waitFor();
    await handset.write('Is Dr. Lee in on Friday?');
    await handset.texts(CLINIC).getByText('Delivered').waitFor();
    const row = inbox.needsReply.getByRole('link', { name: CALLER_NAME });
    await row.waitFor();
    await row.click();
    await inbox.messages.getByText(/chose to text after \d+ s on hold/).waitFor();
    await inbox.bubble('Is Dr. Lee in on Friday?').waitFor();
  });

  it('gets what staff reply', async () => {
    await inbox.reply('She is, from 8 to 12.');
    await handset.texts(CLINIC).getByText('She is, from 8 to 12.').waitFor();
    await eventually(() => inbox.bubble('She is, from 8 to 12.').innerText()).toContain('Delivered');
  });

  it('that just hangs up on hold is texted about the lost call', async () => {
    const context = await openContext(browser);
    await context.clock.install();
    const other = await HandsetPage.open(context, product.origin, '2062020143');
    await other.call(CLINIC);
    await context.clock.fastForward(8_000);
    await other.phone.getByText('on hold').waitFor();
    await other.hangUp();
    await other.arrival(CLINIC).first().waitFor();
    await eventually(() => other.webhooks.innerText()).toMatch(/hung up.*"texting"/s);
    await inbox.waitingOnCaller.getByRole('link', { name: '(206) 202-0143' }).waitFor();
  });
});
