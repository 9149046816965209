import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PeopleAnswer } from '../../src/domain/people/people.ts';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER } from './inbox-page.ts';
import { Product } from './product.ts';

const NEW = { email: 'nia@lakeside.example', name: 'Nia Okafor', password: 'four words in a row' };
const CHANGED = 'another four words';
const LONG = 'x'.repeat(100);

let product: Product;
let browser: Browser;
let manager: Page;
let nia: InboxPage;
let contexts: BrowserContext[] = [];
let complaints: string[];

describeWith(['chromium'], 'the people of a practice', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    manager = (await InboxPage.signedIn(await context(), product.origin, MANAGER.email)).page;
    complaints = complaintsOf(manager);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const page of contexts.flatMap((one) => one.pages()))
        console.error(await page.locator('body').ariaSnapshot());
    });
  });

  it('are invited by a link, choose a password in another browser, and are in the inbox', async () => {
    await manager.getByRole('link', { name: 'People' }).click();
    await manager.locator('#page').getByText(MANAGER.email).waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'Invite somebody' }).click();
    await manager.getByLabel('E-mail').fill(NEW.email);
    expect(await audit(manager)).toEqual([]);
    await manager.keyboard.press('Enter');
    const link = await manager.locator('.link-box code').innerText();
    expect(link).toMatch(new RegExp(`^${product.origin}/welcome#invitation\\.[\\w-]{43}$`));
    expect(await audit(manager)).toEqual([]);
    await manager.keyboard.press('Escape');
    await manager.getByRole('heading', { name: 'Invited' }).waitFor();

    nia = await InboxPage.open(await context(), product.origin);
    await nia.page.goto(link);
    await nia.page.reload();
    await nia.page.getByRole('heading', { name: 'Join Lakeside Family Clinic' }).waitFor();
    await nia.page.getByLabel('Your name').fill(NEW.name);
    await nia.password.fill('Welcome-2026!!');
    await nia.button('Set password and go on').click();
    await nia.page.getByRole('alert').getByText('Choose another').waitFor();
    expect(await audit(nia.page)).toEqual([]);
    await nia.password.fill(NEW.password);
    await nia.page.keyboard.press('Enter');
    await nia.listTitle.waitFor();
    expect(new URL(nia.page.url()).pathname).toBe('/lakeside');
    expect(await nia.page.getByRole('link', { name: 'People' }).count()).toBe(0);
  });

  it('find a link that was used, and are told what to do', async () => {
    const page = await (await context()).newPage();
    await page.goto(`${product.origin}/welcome#invitation.made-up`);
    await page.getByText('This link does not work any more').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to sign-in' }).click();
    await page.getByLabel('E-mail').waitFor();
  });

  it('see to their own password and sessions', async () => {
    const { page } = nia;
    const other = await InboxPage.open(await context(), product.origin);
    await other.signIn(NEW.email, NEW.password);
    await nia.button(/your menu/).click();
    await nia.button('My account').click();
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
    await page.getByText('This one').waitFor();
    expect(await audit(page)).toEqual([]);
    expect(await page.getByRole('navigation').getByRole('link', { name: 'My account' }).count()).toBe(0);
    await page.getByLabel('Password that you have now').fill('a wrong password');
    await page.getByLabel('New password').fill(CHANGED);
    await nia.button('Change password').click();
    await page.getByText('This is not the password that you have now').waitFor();
    await eventually(() => hasFocus(page.getByLabel('Password that you have now'))).toBe(true);
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Password that you have now').fill(NEW.password);
    await nia.button('Change password').click();
    await page.locator('.notice').getByText('Password changed').waitFor();
    await other.page.getByText('You were signed out. Sign in to go on.').waitFor();
    await other.signIn(NEW.email, CHANGED);
    await page.reload();
    await page.getByRole('button', { name: /^Sign out Chrome on Linux/ }).click();
    await other.page.getByText('You were signed out. Sign in to go on.').waitFor();
    await eventually(() => page.getByRole('button', { name: /^Sign out Chrome/ }).count()).toBe(0);
  });

  it('choose how they are told', async () => {
    const { page } = nia;
    await page.goto(`${product.origin}/lakeside/account`);
    await page.getByRole('heading', { name: 'Being told' }).waitFor();
    await page.getByLabel('Sound', { exact: true }).selectOption('Knock');
    await page.getByLabel('Volume').fill('80');
    await page.getByRole('switch', { name: /^Ring again/ }).click();
    await page.getByText('In hours of my own').click();
    await page.getByLabel('Monday, to').fill('12:00');
    await page.getByRole('button', { name: /^Add hours ?, Monday/ }).click();
    await page.getByLabel('Monday, from').nth(1).fill('11:00');
    await page.getByLabel('Monday, to').nth(1).fill('18:00');
    await nia.button('Save').click();
    await page.getByRole('alert').getByText('overlaps').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Monday, from').nth(1).fill('13:00');
    await nia.button('Save').click();
    await page.locator('.notice').getByText('Saved').waitFor();
    await page.reload();
    await eventually(() => page.getByLabel('Monday, from').nth(1).inputValue()).toBe('13:00');
    await eventually(() => page.getByLabel('Sound', { exact: true }).inputValue()).toBe('knock');
    await eventually(() =>
      page.getByRole('switch', { name: /^Ring again/ }).getAttribute('aria-checked'),
    ).toBe('true');
    await page.getByText('Always', { exact: true }).click();
    await nia.button('Save').click();
    await page.locator('.notice').getByText('Saved').waitFor();
  });

  it('get a way to a new password from a manager', async () => {
    // No reload: the list noticed by itself that she came.
    await details(NEW.name);
    await manager.getByRole('button', { name: 'Make a link' }).click();
    const link = await manager.locator('.link-box code').innerText();
    expect(await audit(manager)).toEqual([]);
    const page = await (await context()).newPage();
    await page.goto(link);
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Password, at least').fill(NEW.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Needs reply', exact: true }).waitFor();
    await nia.page.getByText('You were signed out. Sign in to go on.').waitFor();
    await page.close();
    await nia.email.fill(NEW.email);
    await nia.password.fill(NEW.password);
    await nia.button('Sign in').click();
    await nia.page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
  });

  it('become managers, and stop working here, on the word of another', async () => {
    await manager.getByLabel('Manager').check();
    await manager.getByRole('button', { name: 'Save role' }).click();
    await manager.locator('.notice').getByText('Nia Okafor: Manager').waitFor();
    await nia.page.getByRole('link', { name: 'People' }).waitFor();
    await manager.getByRole('button', { name: 'End work here…' }).click();
    await manager.getByRole('alertdialog', { name: 'End Nia Okafor’s work here?' }).waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'End', exact: true }).click();
    await eventually(() => manager.locator('[data-person-id]').filter({ hasText: NEW.email }).count()).toBe(
      0,
    );
    await eventually(() => hasFocus(manager.locator('#page-title'))).toBe(true);
    await nia.page.getByText('You do not belong to a practice.').waitFor();
  });

  it('cannot change themselves, nor an admin', async () => {
    await details(MANAGER.name);
    await manager.getByText('This is you. Nobody changes').waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.keyboard.press('Escape');
    await details('Jo Lindqvist');
    await manager.getByText('Only admins change').waitFor();
    await manager.keyboard.press('Escape');
  });

  it('who are deactivated by an admin see the sign-in at once', async () => {
    const admin = (await InboxPage.signedIn(await context(), product.origin, 'admin@offhook.example')).page;
    await admin.goto(`${product.origin}/lakeside/people`);
    await admin.getByRole('heading', { name: 'In no practice' }).waitFor();
    const ana = await InboxPage.signedIn(await context(), product.origin);
    await admin.getByRole('button', { name: 'Details of Ana Reyes' }).click();
    expect(await audit(admin)).toEqual([]);
    await admin.getByRole('button', { name: 'Deactivate…' }).click();
    await admin.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await ana.page.getByText('You were signed out. Sign in to go on.').waitFor();
    await admin.getByRole('heading', { name: 'Deactivated' }).waitFor();
    expect(await audit(admin)).toEqual([]);
  });

  it('are shown with the longest names, and when they cannot be loaded', async () => {
    const everybody: PeopleAnswer = {
      people: ['Marcus Webb', LONG, ...Array.from({ length: 28 }, (_, n) => `Colleague ${n}`)].map(
        (name, n) => ({
          id: n === 0 ? 'lakeside-manager' : `p${n}`,
          name,
          email: `${'x'.repeat(64)}@${'y'.repeat(63)}.${'z'.repeat(63)}.example`,
          role: n % 2 === 0 ? 'manager' : 'staff',
          isAdmin: n === 1,
          seenAt: n === 2 ? null : 1,
          deactivatedAt: n === 3 ? 1 : null,
        }),
      ),
      invitations: [
        {
          id: 'i',
          email: `${'x'.repeat(64)}@${'y'.repeat(63)}.example`,
          role: 'staff',
          invitedBy: LONG,
          invitedAt: 1,
          expiresAt: 2,
        },
      ],
    };
    await manager.route('**/api/practices/lakeside/people', (route) => route.fulfill({ json: everybody }));
    await manager.reload();
    await manager.getByText('Too old').waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'Details of Colleague 5' }).click();
    expect(await audit(manager)).toEqual([]);
    await manager.unrouteAll();
    const error = { code: 'internal', message: 'Something went wrong on our side.' };
    await manager.route('**/api/practices/lakeside/people', (route) =>
      route.fulfill({ status: 500, json: { error } }),
    );
    await manager.reload();
    await manager.getByText('The people could not be loaded').waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.unrouteAll();
    await manager.getByRole('button', { name: 'Try again' }).click();
    await manager.locator('#page').getByText(MANAGER.email).waitFor();
    expect(complaints.filter((one) => !one.includes('500'))).toEqual([]);
  });
});

async function context(): Promise<BrowserContext> {
  const opened = await openContext(browser);
  await prepareAudit(opened);
  contexts = [...contexts, opened];
  return opened;
}

async function details(name: string): Promise<void> {
  await manager.getByRole('button', { name: `Details of ${name}` }).click();
  await manager.locator('dialog[open]').getByRole('heading', { name }).waitFor();
}

function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}
