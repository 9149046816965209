import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { ALL_OPEN, InboxPage, MANAGER, STAFF } from './inbox-page.ts';
import { Product } from './product.ts';

const MINUTE_MS = 60_000;
const ADMIN = 'admin@offhook.example';

let product: Product;
let browser: Browser;
let context: BrowserContext;

describeWith(['chromium'], 'passkeys, with a device that the browser pretends to have', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(async ({ onTestFailed }) => {
    context = await openContext(browser);
    await prepareAudit(context);
    onTestFailed(async () => {
      for (const page of context.pages()) console.error(await page.locator('body').ariaSnapshot());
    });
  });

  afterEach(() => context.close());

  it('a manager is told of them, adds one, and signs in with it', async () => {
    const inbox = await InboxPage.open(context, product.origin);
    const { page } = inbox;
    const complaints = complaintsOf(page);
    await giveDevice(page);
    await inbox.button('Use a passkey instead').waitFor();
    expect(await audit(page)).toEqual([]);
    await inbox.signIn(MANAGER.email);
    await inbox.button('Add one').click();
    await page.getByText('None yet.').waitFor();
    expect(await audit(page)).toEqual([]);
    await inbox.button('Add a passkey').click();
    await page.locator('[data-passkey-id]').waitFor();
    await inbox.button(/^Rename/).click();
    await page.getByLabel('Name of Chrome on Linux').fill('My laptop');
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('[data-passkey-id]').locator('strong').getByText('My laptop').waitFor();
    expect(await audit(page)).toEqual([]);

    await inbox.button(/your menu/).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await inbox.button('Use a passkey instead').click();
    await inbox.listTitle.waitFor();
    await inbox.button(/your menu/).click();
    await page.getByText(MANAGER.email).waitFor();
    expect(complaints).toEqual([]);
  });

  it('no passkey, or one that nobody here has, is refused in words', async () => {
    const inbox = await InboxPage.open(context, product.origin);
    const { page } = inbox;
    await giveDevice(page, { isUserVerified: false });
    await inbox.button('Use a passkey instead').click();
    await page.getByRole('alert').getByText('No passkey was used').waitFor();
    expect(await audit(page)).toEqual([]);
    await inbox.signIn();
  });

  it('an invitation is taken up with one, without a password', async () => {
    const manager = await InboxPage.signedIn(context, product.origin, MANAGER.email);
    await manager.page.getByRole('link', { name: 'People' }).click();
    await manager.button('Invite somebody').click();
    await manager.email.fill('nia@lakeside.example');
    await manager.page.keyboard.press('Enter');
    const link = await manager.page.locator('.link-box code').innerText();
    const other = await openContext(browser);
    await prepareAudit(other);
    const nia = await InboxPage.open(other, product.origin);
    await giveDevice(nia.page);
    await nia.page.goto(link);
    await nia.page.reload();
    await nia.button('Make a passkey and go on').waitFor();
    expect(await audit(nia.page)).toEqual([]);
    await nia.page.getByLabel('Your name').fill('Nia Okafor');
    await nia.button('Make a passkey and go on').click();
    await nia.listTitle.waitFor();
    await nia.goTo('/lakeside/account');
    await nia.button('Set a password').waitFor();
    await nia.button(/^Remove/).click();
    await nia.button('Remove').last().click();
    await nia.page.getByText('This is your only way to sign in').waitFor();
    await other.close();
  });

  it('long after the sign-in, it is shown first that it is me', async () => {
    const inbox = await InboxPage.signedIn(context, product.origin);
    await giveDevice(inbox.page);
    await product.database.prepare('UPDATE sessions SET created_at = created_at - 700000').run();
    await inbox.goTo('/lakeside/account');
    await inbox.button('Add a passkey').click();
    await inbox.page.getByRole('heading', { name: 'Is it you?' }).waitFor();
    expect(await audit(inbox.page)).toEqual([]);
    await inbox.page.getByLabel('Your password').fill('not this one');
    await inbox.page.keyboard.press('Enter');
    await inbox.page.getByText('This is not the password').waitFor();
    await inbox.page.getByLabel('Your password').fill('offhook-demo');
    await inbox.page.keyboard.press('Enter');
    await inbox.page.locator('[data-passkey-id]').waitFor();
  });

  it('who needs one and has none sees nothing else first', async () => {
    const admin = await InboxPage.signedIn(context, product.origin, ADMIN);
    await giveDevice(admin.page);
    await admin.goTo('/lakeside/account');
    await admin.button('Add a passkey').click();
    await admin.page.locator('[data-passkey-id]').waitFor();
    await admin.page.getByRole('link', { name: 'Signing in' }).click();
    await admin.page.getByRole('switch', { name: 'Managers and admins need a passkey' }).click();
    await admin.button('Save').click();
    await admin.page.locator('.notice').getByText('It holds from the next sign-in on').waitFor();
    await product.database.prepare('DELETE FROM passkeys WHERE staff_id = ?').bind('lakeside-manager').run();

    const other = await openContext(browser);
    const manager = await InboxPage.open(other, product.origin);
    await giveDevice(manager.page);
    await manager.email.fill(MANAGER.email);
    await manager.password.fill('offhook-demo');
    await manager.page.keyboard.press('Enter');
    await manager.page.getByText('Add one to go on').waitFor();
    await manager.page.getByRole('link', { name: 'Triggers' }).click();
    await manager.page.getByText('Add one to go on').waitFor();
    await manager.button('Add a passkey').click();
    await manager.page.getByRole('heading', { name: 'Triggers', level: 1 }).waitFor();
    await other.close();
    await product.database.prepare('UPDATE enterprise SET passkeys_needed = 0').run();
  });
});

describeWith(['chromium'], 'what somebody was typing when they were signed out', () => {
  let inbox: InboxPage;

  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(async ({ onTestFailed }) => {
    context = await openContext(browser);
    await prepareAudit(context);
    onTestFailed(async () => {
      for (const page of context.pages()) console.error(await page.locator('body').ariaSnapshot());
    });
    await context.clock.install();
    inbox = await InboxPage.signedIn(context, product.origin, MANAGER.email);
    await inbox.goTo('/lakeside/triggers/lakeside-hold-en');
    await field().fill('Half a text');
  });

  afterEach(() => context.close());

  const field = () => inbox.page.locator('#page textarea').first();

  it('on a page is there again for the same person', async () => {
    await endSession();
    expect(await audit(inbox.page)).toEqual([]);
    expect(await field().isVisible()).toBe(false);
    expect(await inbox.page.getByRole('heading', { name: 'Triggers' }).count()).toBe(0);
    await signInAgain(MANAGER.email);
    await eventually(() => field().inputValue()).toBe('Half a text');
    await eventually(() => field().isVisible()).toBe(true);
  });

  it('on a page is never shown to somebody else', async () => {
    await endSession();
    await signInAgain(ADMIN);
    await eventually(() => field().isVisible()).toBe(true);
    expect(await field().inputValue()).not.toContain('Half a text');
    expect(await inbox.page.locator('body').innerHTML()).not.toContain('Half a text');
  });

  it('in a conversation too, and nowhere where it would outlive the tab', async () => {
    const id = await product.hangUp('2062020177');
    await inbox.goTo(ALL_OPEN);
    await inbox.openConversation(id);
    await inbox.composer.fill('half a reply');
    await endSession();
    const stored = await inbox.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    expect(stored).not.toContain('half a');
    await signInAgain(STAFF.email);
    await inbox.row(id).waitFor();
    await eventually(() => inbox.composer.inputValue()).toBe('');
    await endSession();
    await signInAgain(MANAGER.email);
    await eventually(() => inbox.composer.inputValue()).toBe('');
  });

  it('under an open dialog: the sign-in comes above it', async () => {
    await inbox.page.evaluate(() => {
      const dialog = document.createElement('dialog');
      document.querySelector('#page')?.append(dialog);
      dialog.showModal();
    });
    await endSession();
    await signInAgain(MANAGER.email);
    await eventually(() => field().inputValue()).toBe('Half a text');
  });

  /** Nobody touches anything for 15 minutes. */
  async function endSession(): Promise<void> {
    await context.clock.fastForward(14 * MINUTE_MS);
    await inbox.page.getByRole('alertdialog', { name: 'Are you still there?' }).waitFor();
    await context.clock.fastForward(MINUTE_MS);
    await inbox.page.getByText('signed out after 15 minutes without activity').waitFor();
  }

  async function signInAgain(email: string): Promise<void> {
    await inbox.email.fill(email);
    await inbox.password.fill('offhook-demo');
    await inbox.page.keyboard.press('Enter');
    await inbox.email.waitFor({ state: 'hidden' });
  }
});

async function giveDevice(page: Page, { isUserVerified = true } = {}): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
}
