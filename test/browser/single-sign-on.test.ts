import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { eventually, openBrowser, openContext } from './browser.ts';
import { ALL_OPEN, InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';
import { CLIENT_ID, CLIENT_SECRET, RealProvider } from './real-provider.ts';

const ADMIN = 'admin@offhook.example';
const MINUTE_MS = 60_000;

let product: Product;
let provider: RealProvider;
let browser: Browser;
let context: BrowserContext;
let contexts: BrowserContext[] = [];

/** One after the other: an admin sets it up, people come in by it, and then it is the only way. */
describeWith(['chromium'], 'single sign-on with a real OpenID provider', () => {
  beforeAll(async () => {
    product = await Product.start({ SINGLE_SIGN_ON_SECRET: CLIENT_SECRET });
    provider = await RealProvider.start(product.origin);
    provider.people.set('ana', { email: 'staff@lakeside.example', name: 'Ana Reyes', groups: ['desk'] });
    provider.people.set('nia', { email: 'nia@lakeside.example', name: 'Nia Okafor', groups: ['leads'] });
    provider.people.set('eve', { email: ADMIN, name: 'Eve', groups: [], isVerified: false });
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await provider?.end();
    await product?.end();
  });

  beforeEach(async ({ onTestFailed }) => {
    contexts = [];
    context = await newContext();
    onTestFailed(async () => {
      for (const page of contexts.flatMap((one) => one.pages()))
        console.error(page.url(), await page.locator('body').ariaSnapshot());
    });
  });

  afterEach(async () => {
    for (const one of contexts) await one.close();
  });

  it('is looked at, set up and turned on by an admin', async () => {
    const { page } = await settings();
    await page.getByLabel('What your people call it').fill('Clinic login');
    await page.getByLabel('Issuer').fill(`${provider.issuer}/nothing-here`);
    await page.getByRole('button', { name: 'Look at the provider' }).click();
    await page.getByText('There is no OpenID discovery document').waitFor();
    await page.getByLabel('Issuer').fill(provider.issuer);
    await page.getByRole('button', { name: 'Look at the provider' }).click();
    await page.getByText('People sign in at').waitFor();
    await page.getByLabel('Client id').fill(CLIENT_ID);
    for (const [at, [group, gives]] of [
      ['desk', 'Staff of Lakeside Family Clinic'],
      ['leads', 'Manager of Lakeside Family Clinic'],
    ].entries()) {
      await page.getByRole('button', { name: 'Add a group' }).click();
      await page.getByRole('textbox', { name: 'Group', exact: true }).nth(at).fill(`${group}`);
      await page.getByRole('combobox', { name: 'Gives' }).nth(at).selectOption(`${gives}`);
    }
    await page.getByRole('switch', { name: 'Offer single sign-on at the sign-in' }).click();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice').getByText('It holds from the next sign-in on').waitFor();
    expect(await audit(page)).toEqual([]);
  });

  it('lets in who has an account, by way of the provider’s own pages', async () => {
    const inbox = await InboxPage.open(context, product.origin);
    await inbox.page.getByRole('link', { name: 'Continue with Clinic login' }).waitFor();
    expect(await audit(inbox.page)).toEqual([]);
    await throughProvider(inbox.page, 'ana');
    await inbox.listTitle.waitFor();
    await inbox.button(/your menu/).click();
    await inbox.page.getByText('staff@lakeside.example').waitFor();
  });

  it('makes an account at the first sign-in, with the role that the group gives', async () => {
    const inbox = await InboxPage.open(context, product.origin);
    await throughProvider(inbox.page, 'nia');
    await inbox.page.getByRole('link', { name: 'People' }).click();
    await inbox.page.locator('#page').getByText('nia@lakeside.example').waitFor();
  });

  it('says in words why somebody is not let in', async () => {
    const { page } = await InboxPage.open(context, product.origin);
    await throughProvider(page, 'eve');
    await page.getByText('does not say that your e-mail address is verified').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to sign-in' }).click();
    await page.getByLabel('E-mail').waitFor();
  });

  it('goes by a window of its own where something was being written, which is there afterwards', async () => {
    const id = await product.hangUp('2062020178');
    await context.clock.install();
    const inbox = await InboxPage.open(context, product.origin);
    await throughProvider(inbox.page, 'ana');
    await inbox.listTitle.waitFor();
    await inbox.goTo(ALL_OPEN);
    await inbox.openConversation(id);
    await inbox.composer.fill('half a thought');
    await context.clock.fastForward(14 * MINUTE_MS);
    await inbox.page.getByRole('alertdialog', { name: 'Are you still there?' }).waitFor();
    await context.clock.fastForward(MINUTE_MS);
    const opened = context.waitForEvent('page');
    await inbox.page.getByRole('link', { name: 'Continue with Clinic login' }).click();
    // The provider knows her still, so the window goes by itself.
    const beside = await opened;
    await eventually(() => beside.isClosed()).toBe(true);
    await eventually(() => inbox.composer.inputValue()).toBe('half a thought');
  });

  it('is made the only way in, and leaves admins theirs', async () => {
    const { page } = await settings();
    await page.getByRole('switch', { name: 'Make it the only way in' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice').getByText('It holds from the next sign-in on').waitFor();
    const staff = await InboxPage.open(await newContext(), product.origin);
    await staff.page.getByText('Here people come in through their organization').waitFor();
    expect(await audit(staff.page)).toEqual([]);
    await staff.email.fill('staff@lakeside.example');
    await staff.password.fill('offhook-demo');
    await staff.page.keyboard.press('Enter');
    await staff.page.getByRole('alert').getByText('sign in through their organization').waitFor();
    await InboxPage.signedIn(await newContext(), product.origin, ADMIN);
  });

  async function settings(): Promise<InboxPage> {
    const admin = await InboxPage.signedIn(context, product.origin, ADMIN);
    await admin.page.getByRole('link', { name: 'Signing in' }).click();
    await admin.page.getByLabel('Issuer').waitFor();
    return admin;
  }
});

async function newContext(): Promise<BrowserContext> {
  const made = await openContext(browser);
  await prepareAudit(made);
  contexts.push(made);
  return made;
}

async function throughProvider(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Continue with Clinic login' }).click();
  await letIn(page, name);
}

/** The provider's own pages: who it is, and whether Offhook may know. */
async function letIn(page: Page, name: string): Promise<void> {
  const login = page.locator('input[name=login]');
  await login.waitFor();
  await login.fill(name);
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  const consent = page.locator('button[type=submit]', { hasText: /continue/i });
  await consent.click();
}
