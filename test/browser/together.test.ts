import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER, STAFF } from './inbox-page.ts';
import { Product } from './product.ts';

const CALLER = '2062020181';

let product: Product;
let browser: Browser;
let ana: InboxPage;
let marcus: InboxPage;
let conversation: string;

describeWith(['chromium'], 'two people in one inbox', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    conversation = await product.hangUp(CALLER);
    await product.writeFrom(CALLER, 'Can I come at 3?');
    const contexts = [await openContext(browser), await openContext(browser)] as const;
    for (const context of contexts) await prepareAudit(context);
    ana = await InboxPage.signedIn(contexts[0], product.origin);
    marcus = await InboxPage.signedIn(contexts[1], product.origin, MANAGER.email);
    for (const one of [ana, marcus]) {
      await one.goTo(`/lakeside/c/${conversation}`);
      await one.page.getByRole('button', { name: 'Quick responses', exact: true }).waitFor();
    }
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const one of [ana, marcus]) console.error(await one?.page.locator('body').ariaSnapshot());
    });
  });

  it('sees who reads and who writes, and whoever writes first has it', async () => {
    const said = await marcus.listen();
    await marcus.page.getByText(`${STAFF.name} is reading`).first().waitFor();
    await ana.composer.pressSequentially('Yes, 3', { delay: 40 });
    await marcus.page.getByText(`${STAFF.name} is writing a reply…`).first().waitFor();
    await eventually(said).toContain(`${STAFF.name} is writing a reply…`);
    await ana.page.getByText('You took this conversation').first().waitFor();
    await marcus.page.getByText(`${STAFF.name} took this`).waitFor();
    await marcus.composer.pressSequentially('No');
    expect((await product.messagesOf(conversation)).filter(({ event }) => event)).toHaveLength(1);
    await marcus.composer.fill('');
    expect(await audit(marcus.page)).toEqual([]);
  });

  it('is stopped before answering what is no longer asked, and says how to go on', async () => {
    const { page, composer } = ana;
    await product.writeFrom(CALLER, 'Sorry, 4 is better');
    await page.getByText('wrote while you were writing: marked above.').waitFor();
    await composer.press('Control+Enter');
    await page.getByText(/^Not sent yet\. .* wrote while you were writing:$/).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.waitForTimeout(700);
    await page.keyboard.press('Escape');
    await eventually(() => composer.evaluate((field) => field === document.activeElement)).toBe(true);
    await composer.fill('Yes, 4');
    await product.writeFrom(CALLER, 'Or 5');
    await page.getByText('wrote while you were writing: marked above.').waitFor();
    await composer.press('Control+Enter');
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await eventually(() => product.timesReceived(CALLER, 'Yes, 4')).toBe(1);
    expect(await product.timesReceived(CALLER, 'Yes, 3')).toBe(0);
  });

  it('sends once what is pressed twice, and not over a colleague whose reply came first', async () => {
    await ana.composer.fill('Once');
    await Promise.all([ana.composer.press('Control+Enter'), ana.composer.press('Control+Enter')]);
    await eventually(() => product.timesReceived(CALLER, 'Once')).toBe(1);
    // Out of hearing while the colleague replies: the server is asked, and says no.
    await marcus.page.context().setOffline(true);
    await marcus.composer.fill('Marcus here');
    await marcus.composer.press('Control+Enter');
    await marcus.page.getByText('Waiting for the connection').waitFor();
    await ana.reply('Ana was faster');
    await eventually(() => product.timesReceived(CALLER, 'Ana was faster')).toBe(1);
    await marcus.page.context().setOffline(false);
    await marcus.page.getByText('Somebody wrote here before it could leave').waitFor();
    await eventually(() => marcus.bubble('Ana was faster').getAttribute('data-newer')).toBe('true');
    expect(await product.timesReceived(CALLER, 'Marcus here')).toBe(0);
    expect(await audit(marcus.page)).toEqual([]);
    await marcus.page.getByRole('button', { name: 'Send anyway' }).click();
    await eventually(() => product.timesReceived(CALLER, 'Marcus here')).toBe(1);
  });

  it('names a colleague in a note, who finds it and is done with it by looking', async () => {
    await ana.goTo('/lakeside');
    const mentions = ana.page.getByRole('button', { name: /^Mentions/ });
    await marcus.page.locator('label', { hasText: 'Note' }).click();
    await marcus.composer.pressSequentially('@rey', { delay: 30 });
    await marcus.page.getByRole('option', { name: /Ana Reyes/ }).waitFor();
    expect(await audit(marcus.page)).toEqual([]);
    await marcus.page.keyboard.press('Enter');
    await marcus.composer.pressSequentially('please call');
    await marcus.composer.press('Control+Enter');
    await mentions.click();
    await ana.page.getByRole('button', { name: new RegExp(`^${MANAGER.name}, about`) }).click();
    await ana.bubble('please call').locator('.mention').getByText('@Ana Reyes').waitFor();
    await mentions.waitFor({ state: 'detached' });
  });

  it('asks before a note that reads like a reply is kept from the caller', async () => {
    await marcus.composer.fill('Hi, your appointment is at 4.');
    await marcus.composer.press('Control+Enter');
    await marcus.page.getByText('This reads like a reply').waitFor();
    expect(await audit(marcus.page)).toEqual([]);
    await marcus.page.waitForTimeout(700);
    await marcus.page.keyboard.press('Enter');
    await eventually(() => marcus.composer.getAttribute('aria-label')).toContain('Write a reply');
    expect(await marcus.composer.inputValue()).toBe('Hi, your appointment is at 4.');
    await marcus.composer.fill('pt wants 4');
    await marcus.composer.press('Control+Enter');
    await marcus.page.getByText('This reads like a note').waitFor();
    await marcus.page.getByRole('button', { name: 'Make it a note' }).click();
    await marcus.composer.press('Control+Enter');
    await marcus.bubble('pt wants 4').waitFor();
    expect(await product.timesReceived(CALLER, 'pt wants 4')).toBe(0);
  });

  it('hands over with a note, which is the colleague’s at once', async () => {
    await ana.page
      .locator('.conversation-head')
      .getByRole('button', { name: /^Assign/ })
      .click();
    await ana.page.getByRole('option', { name: 'Hand over with a note…' }).click();
    expect(await audit(ana.page)).toEqual([]);
    await ana.page.getByLabel('To', { exact: true }).selectOption({ label: `${MANAGER.name} (here now)` });
    await ana.page.getByLabel('Note', { exact: true }).last().fill('He speaks Spanish');
    await ana.button('Hand over').last().click();
    await ana.page.getByText(`Handed over to ${MANAGER.name}`).first().waitFor();
    await marcus.bubble('He speaks Spanish').waitFor();
    const [last] = (await product.messagesOf(conversation)).slice(-1);
    expect(last).toMatchObject({ kind: 'note', mentions: [{ name: MANAGER.name }] });
  });
});
