import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

const TIMEOUT_MS = 240_000;
const CALLER = '2062020161';
const OTHER = '2062020162';

let product: Product;
let browser: Browser;
let context: BrowserContext;
let inbox: InboxPage;
let complaints: string[];
let conversation: string;
let other: string;

describeWith(['chromium'], 'writing a reply', () => {
  beforeAll(async () => {
    product = await Product.start();
    conversation = await product.hangUp(CALLER);
    other = await product.hangUp(OTHER);
    browser = await openBrowser();
    context = await openContext(browser);
    await prepareAudit(context);
    inbox = await InboxPage.signedIn(context, product.origin);
    complaints = complaintsOf(inbox.page);
    await inbox.openConversation(conversation);
    await slashButton().waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await inbox.page.locator('body').ariaSnapshot()));
  });

  describe('with quick responses', { timeout: TIMEOUT_MS }, () => {
    it('finds one by a slash and the keyboard alone, and stacks another one below it', async () => {
      const { page, composer } = inbox;
      const said = await inbox.listen();
      await composer.focus();
      await page.keyboard.type('/hello');
      await options().first().waitFor();
      await eventually(() => composer.getAttribute('aria-activedescendant')).toBe('quick-option-0');
      expect(await audit(page)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      const hello = 'Hello, this is Ana at Lakeside Family Clinic. How can I help you today?';
      await eventually(() => composer.inputValue()).toBe(hello);
      await page.keyboard.type('/call us');
      await page.keyboard.press('Tab');
      await eventually(() => composer.inputValue()).toBe(`${hello}\nYou can also call us at (206) 202-0100.`);
      expect((await said()).some((words) => /quick responses/.test(words))).toBe(true);
      await page.keyboard.press('Control+z');
      await eventually(() => composer.inputValue()).toBe(`${hello}/call us`);
      await composer.fill('');
    });

    it('keeps what was typed at Escape, and is not in the way of dates, addresses and fractions', async () => {
      const { page, composer } = inbox;
      await composer.focus();
      await page.keyboard.type('/clos');
      await options().first().waitFor();
      await page.keyboard.press('Escape');
      await eventually(() => composer.inputValue()).toBe('/clos');
      await eventually(() => options().count()).toBe(0);
      await eventually(() => composer.evaluate((field) => field === document.activeElement)).toBe(true);
      await composer.fill('');
      await page.keyboard.type('12/1 and/or https://a.b/c 1/2');
      await eventually(() => page.locator('#quick-list').count()).toBe(0);
      await composer.fill('');
    });

    it('is opened by a button too, and chosen with the mouse', async () => {
      await slashButton().click();
      await inbox.page.getByRole('option', { name: /^Thank you/ }).click();
      await eventually(() => inbox.composer.inputValue()).toMatch(/^Thank you for texting/);
      await inbox.composer.fill('');
    });

    it('shows what a manager has changed meanwhile', async () => {
      const manager = await InboxPage.signedIn(
        await openContext(browser),
        product.origin,
        'manager@lakeside.example',
      );
      const added = await manager.page.evaluate(async () => {
        const body = JSON.stringify({ title: 'Zebra', group: 'Greetings', texts: { en: 'Stripes.' } });
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch('/api/practices/lakeside/quick-responses', { method: 'POST', headers, body }))
          .status;
      });
      expect(added).toBe(201);
      await inbox.composer.focus();
      await inbox.page.keyboard.type('/zebra');
      await inbox.page.getByRole('option', { name: /^Zebra/ }).waitFor();
      await inbox.composer.fill('');
      await manager.page.context().close();
    });
  });

  describe('with smart phrases', { timeout: TIMEOUT_MS }, () => {
    it('is not sent while one is left; Tab goes from one to the next', async () => {
      const { page, composer } = inbox;
      await composer.focus();
      await page.keyboard.type('/hello by name');
      await options().first().waitFor();
      await page.keyboard.press('Enter');
      await eventually(selected).toBe('{caller name}');
      await page.keyboard.press('End');
      await page.keyboard.type(' See {form}. I am {my name}');
      await eventually(() => composer.inputValue()).toMatch(/See \{form\}\. I am Ana Reyes$/);
      await page.keyboard.press('Control+Enter');
      await page.getByText('Not sent: fill in {caller name} first, or take it out.').waitFor();
      await eventually(selected).toBe('{caller name}');
      expect(await audit(page)).toEqual([]);
      await page.keyboard.press('Tab');
      await eventually(selected).toBe('{form}');
      await page.keyboard.press('Shift+Tab');
      await eventually(selected).toBe('{caller name}');
      await page.keyboard.type('Maria');
      await page.keyboard.press('Tab');
      await page.keyboard.type('A1');
      await page.keyboard.press('Control+Enter');
      const text =
        'Hello Maria, this is Ana at Lakeside Family Clinic. How can I help you today? See A1. I am Ana Reyes';
      await eventually(() => product.timesReceived(CALLER, text)).toBe(1);
    });
  });

  describe('with private details', { timeout: TIMEOUT_MS }, () => {
    it('asks once, and says how to go on', async () => {
      const { page, composer } = inbox;
      const text = 'Your MRN is 00451234, born on 3/14/1985.';
      await inbox.reply(text);
      await page.getByText('Texts are not private').waitFor();
      await page.getByText('A record number: “MRN is 00451234”').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Change the text' }).press('Enter');
      await eventually(() => composer.evaluate((field) => field === document.activeElement)).toBe(true);
      await composer.press('Control+Enter');
      await page.getByRole('button', { name: 'Send it anyway' }).press('Enter');
      await eventually(() => product.timesReceived(CALLER, text)).toBe(1);
    });

    it('asks nothing of a note', async () => {
      await inbox.page.locator('label', { hasText: 'Note' }).click();
      await inbox.page.getByRole('textbox', { name: 'Write a note' }).fill('MRN 00451234, {form}, /hello');
      await inbox.page.keyboard.press('Control+Enter');
      await inbox.bubble('MRN 00451234').waitFor();
      await inbox.page.locator('label', { hasText: 'Reply' }).click();
    });
  });

  describe('that can be taken back', { timeout: TIMEOUT_MS }, () => {
    beforeAll(async () => {
      await product.setUndoSeconds(8);
      await inbox.page.reload();
      await slashButton().waitFor();
    });

    it('waits, and comes back to where it was written', async () => {
      const { page, composer } = inbox;
      await settingHasCome();
      await inbox.reply('Taken back');
      await page.getByText(/^Sending in \d s$/).waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Undo sending' }).click();
      await eventually(() => composer.inputValue()).toBe('Taken back');
      await composer.press('Control+Enter');
      await page.getByText(/^Sending in \d s$/).waitFor();
      await page.keyboard.press('Control+z');
      await eventually(() => composer.inputValue()).toBe('Taken back');
      await composer.fill('');
      expect(await product.timesReceived(CALLER, 'Taken back')).toBe(0);
    });

    it('leaves once, also while another conversation is looked at', async () => {
      await inbox.reply('Looking elsewhere');
      await inbox.openConversation(other);
      await inbox.page.getByText(/^Sending to \(206\) 202-0161 in \d s$/).waitFor();
      await eventually(() => product.timesReceived(CALLER, 'Looking elsewhere')).toBe(1);
      await inbox.openConversation(conversation);
    });

    it('leaves in the order it was written, and marks done what was sent so', async () => {
      await inbox.reply('The first');
      await inbox.composer.fill('The second');
      await inbox.composer.press('Control+Shift+Enter');
      await eventually(() => product.timesReceived(CALLER, 'The second')).toBe(1);
      const texts = (await product.textsOn(CALLER)).map(({ body }) => body);
      expect(texts.indexOf('The first')).toBeLessThan(texts.indexOf('The second'));
      await inbox.page.getByText('Marked done').first().waitFor();
      await inbox.page.getByRole('button', { name: 'Undo', exact: true }).click();
      await inbox.openConversation(conversation);
      await inbox.page.getByText('Ana Reyes took that back').first().waitFor();
    });

    it('leaves when the page is left, and when somebody signs out', async () => {
      await inbox.reply('The page goes');
      await inbox.bubble('The page goes').waitFor();
      inbox.page.once('dialog', (dialog) => void dialog.accept());
      await inbox.page.goto('about:blank');
      await eventually(() => product.timesReceived(CALLER, 'The page goes')).toBe(1);
      await inbox.page.goto(`${product.origin}/lakeside/c/${conversation}`);
      await slashButton().waitFor();
      await settingHasCome();
      await inbox.reply('Signing out');
      await inbox.bubble('Signing out').waitFor();
      await inbox.button(/your menu/).click();
      await inbox.button('Sign out').click();
      await inbox.email.waitFor();
      await eventually(() => product.timesReceived(CALLER, 'Signing out')).toBe(1);
    });

    it('for as long as somebody chooses', async () => {
      await inbox.signIn();
      await inbox.goTo('/lakeside/account');
      await inbox.page.getByLabel('Time to take a reply back').selectOption('None: send at once');
      await inbox.page.getByText('Replies leave at once').first().waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      await inbox.goTo(`/lakeside/c/${conversation}`);
      await slashButton().waitFor();
      await settingHasCome();
      await inbox.reply('At once');
      await eventually(() => product.timesReceived(CALLER, 'At once')).toBe(1);
      expect(await inbox.page.getByText(/^Sending in/).count()).toBe(0);
    });

    it('with nothing for the browser to complain about', () => {
      expect(complaints).toEqual([]);
    });
  });
});

function slashButton() {
  return inbox.page.getByRole('button', { name: 'Quick responses', exact: true });
}

function options() {
  return inbox.page.getByRole('listbox', { name: 'Quick responses' }).getByRole('option');
}

/** The page asks for it when the composer comes on screen. */
async function settingHasCome(): Promise<void> {
  await inbox.page.waitForLoadState('networkidle');
}

function selected(): Promise<string> {
  return inbox.composer.evaluate((field) => {
    const { value, selectionStart, selectionEnd } = field as HTMLTextAreaElement;
    return value.slice(selectionStart, selectionEnd);
  });
}
