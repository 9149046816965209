import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

const CALLER = '2062020161';
const MINUTE_MS = 60_000;

let product: Product;
let browser: Browser;
let id: string;
let context: BrowserContext;

describeWith(['chromium'], 'signing in and out', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    id = await product.hangUp(CALLER);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(async ({ onTestFailed }) => {
    context = await openContext(browser);
    onTestFailed(async () => {
      for (const page of context.pages()) console.error(await page.locator('body').ariaSnapshot());
    });
  });

  afterEach(() => context.close());

  it('a wrong password is refused in words, and can be typed again', async () => {
    const inbox = await InboxPage.open(context, product.origin);
    await inbox.email.fill('staff@lakeside.example');
    await inbox.password.fill('not-this-one');
    await inbox.button('Sign in').click();
    const alert = inbox.page.getByRole('alert');
    await eventually(() => alert.innerText()).toMatch(/password/i);
    await eventually(() => inbox.email.inputValue()).toBe('staff@lakeside.example');
    await eventually(() => hasFocus(inbox.password)).toBe(true);
    await inbox.signIn();
  });

  it('after signing out, the page shows nothing and remembers nothing', async () => {
    const inbox = await InboxPage.signedIn(context, product.origin);
    await inbox.openConversation(id);
    await inbox.composer.fill('half a thought');
    await inbox.button(/your menu/).click();
    await inbox.button('Sign out').click();
    await inbox.email.waitFor();
    expect(await inbox.rowIds()).toEqual([]);
    expect(new URL(inbox.page.url()).pathname).toBe('/');
    await inbox.page.goBack();
    await inbox.page.reload();
    await inbox.email.waitFor();
    await inbox.signIn();
    await inbox.openConversation(id);
    await eventually(() => inbox.composer.inputValue()).toBe('');
  });

  it('a forged session leads to sign-in, and from there to the same conversation', async () => {
    const inbox = await InboxPage.signedIn(context, product.origin);
    await inbox.openConversation(id);
    await forgeSession();
    await inbox.page.reload();
    await inbox.email.waitFor();
    expect(await inbox.rowIds()).toEqual([]);
    await inbox.signIn();
    await inbox.bubble('Lakeside Family Clinic').waitFor();
    expect(new URL(inbox.page.url()).pathname).toBe(`/lakeside/open/c/${id}`);
  });

  it('a session that ended elsewhere takes nothing away from what was written', async () => {
    const inbox = await InboxPage.signedIn(context, product.origin);
    await inbox.openConversation(id);
    await inbox.composer.fill('Written just in time');
    // What a reply is written with has come by then.
    await inbox.page.waitForLoadState('networkidle');
    const ended = await context.request.delete(`${product.origin}/api/session`, {
      headers: { Origin: product.origin, 'Content-Type': 'application/json' },
    });
    expect(ended.status()).toBe(204);
    await inbox.composer.press('Control+Enter');
    await inbox.page.getByText('You were signed out. Sign in to go on.').waitFor();
    await inbox.signIn();
    await eventually(() => inbox.bubble('Written just in time').innerText()).toContain('Delivered');
    expect(await product.timesReceived(CALLER, 'Written just in time')).toBe(1);
  });

  it('who is away is warned, can stay, and is signed out in the end', async () => {
    await context.clock.install();
    const inbox = await InboxPage.signedIn(context, product.origin);
    await inbox.openConversation(id);
    await inbox.composer.fill('half a thought');
    const warning = inbox.page.getByRole('alertdialog', { name: 'Are you still there?' });

    await context.clock.fastForward(14 * MINUTE_MS);
    await warning.waitFor();
    await eventually(() => hasFocus(warning.getByRole('button', { name: 'Stay signed in' }))).toBe(true);
    await inbox.page.keyboard.press('Enter');
    await warning.waitFor({ state: 'hidden' });
    await eventually(() => inbox.composer.inputValue()).toBe('half a thought');

    await context.clock.fastForward(14 * MINUTE_MS);
    await warning.waitFor();
    await context.clock.fastForward(MINUTE_MS);
    await inbox.page.getByText('signed out after 15 minutes without activity').waitFor();
    expect(await inbox.rowIds()).toEqual([]);
    await inbox.signIn();
    await eventually(() => inbox.composer.inputValue()).toBe('half a thought');
  });
});

function hasFocus(locator: ReturnType<InboxPage['button']>): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

async function forgeSession(): Promise<void> {
  const session = (await context.cookies()).find(({ name }) => name === 'offhook');
  if (session === undefined) throw new Error('nobody is signed in');
  await context.addCookies([{ ...session, value: session.value.replace(/^.{8}/, 'AAAAAAAA') }]);
}
