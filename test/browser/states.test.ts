import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { StaffClient } from '../served/staff-client.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { HandsetPage } from './handset-page.ts';
import { ALL_OPEN, InboxPage, MANAGER } from './inbox-page.ts';
import { Product } from './product.ts';
import { smallTargets } from './targets.ts';

const CLINIC = 'Lakeside Family Clinic';
const UNREACHABLE = '2062020003';
const OTHER = '2062020181';
const LONG_NAME =
  'Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh de la Santísima Trinidad';
const LONG_TEXT = `${'I have been waiting since this morning and would like to know more. '.repeat(12)}${'x'.repeat(200)}`;
/** Marks piled upon letters, markup, a letter that turns what follows around, and a link that it would disguise. */
const HOSTILE = `Z${'\u0301\u0328\u0336'.repeat(60)}lgo <img src=x onerror=alert(1)> \u202eabc https://a.example/x\u202egpj.exe 你好 שלום 👩🏽‍⚕️`;
const ARABIC = 'مرحبا، أريد تغيير موعدي من فضلك إلى يوم 12/03.';

/** Each state is looked at in four ways. */
const TIMEOUT_MS = 120_000;

let product: Product;
let browser: Browser;
let context: BrowserContext;

describeWith(['chromium'], 'every state, in light and dark, wide and narrow', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    context = await openContext(browser);
    await prepareAudit(context);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const page of context.pages()) console.error(await page.locator('body').ariaSnapshot());
    });
  });

  describe('the inbox', { timeout: TIMEOUT_MS }, () => {
    let inbox: InboxPage;
    let complaints: string[];
    let id: string;

    it('sign-in', async () => {
      inbox = await InboxPage.open(context, product.origin, ALL_OPEN);
      complaints = complaintsOf(inbox.page);
      await nameTheCaller(inbox);
      await inbox.email.waitFor();
      expect(await audit(inbox.page)).toEqual([]);
    });

    it('nothing in it yet', async () => {
      await inbox.signIn();
      await inbox.page.getByText('Nobody is waiting', { exact: true }).waitFor();
      expect(await audit(inbox.page)).toEqual([]);
    });

    it('a list with a failure, a long name and another language', async () => {
      id = await product.hangUp(UNREACHABLE, 4000);
      await product.hangUp(OTHER);
      await product.writeFrom(OTHER, ARABIC);
      await product.writeFrom('2062020182', LONG_TEXT);
      await eventually(async () => (await inbox.rowIds()).length).toBe(3);
      await eventually(() => inbox.row(id).innerText()).toContain('Not sent: unreachable');
      await eventually(() => inbox.row(id).innerText()).toContain(LONG_NAME);
      expect(await audit(inbox.page)).toEqual([]);
    });

    it('a conversation with a failure, a note, a long text and one from right to left', async () => {
      for (const text of [LONG_TEXT, HOSTILE, ARABIC]) await product.writeFrom(UNREACHABLE, text);
      await inbox.openConversation(id);
      await inbox.page.getByRole('heading', { level: 2, name: LONG_NAME }).waitFor();
      await inbox.bubble(ARABIC).waitFor();
      await showsAsText(inbox.bubble('<img src=x').locator('.bubble'));
      await inbox.page.getByText('Note', { exact: true }).click();
      await inbox.reply('Seems to be on holiday.');
      await inbox.bubble('Internal note').waitFor();
      await inbox.page.getByText('Reply', { exact: true }).click();
      await inbox.reply('Of course, see https://lakeside.example/visits');
      await eventually(() => inbox.bubble('Of course').innerText()).toContain('Not delivered');
      await inbox.button('Assign').click();
      await inbox.page.getByRole('option', { name: 'Ana Reyes (you)' }).click();
      await inbox.messages.getByText('Ana Reyes took this').waitFor();
      await inbox.composer.fill('Half a text — with a dash');
      expect(await audit(inbox.page)).toEqual([]);
    });

    it('a menu', async () => {
      await inbox.button(/, details$/).click();
      const menu = inbox.page.getByRole('group', { name: 'Consent to texts' });
      await menu.waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      expect(await menu.isVisible()).toBe(true);
      await inbox.page.keyboard.press('Escape');
    });

    it('a caller who wants no more texts', async () => {
      await product.writeFrom(OTHER, 'STOP');
      await inbox.page.getByRole('link', { name: '(206) 202-0181' }).click();
      await inbox.button(/^Opted out/).waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      await inbox.button('Record an opt-in…').click();
      const dialog = inbox.page.getByRole('dialog', { name: /^Record an opt-in/ });
      await dialog.waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    });

    it('a text that cannot wait, and a caller who waited for too long', async () => {
      const { page } = inbox;
      await product.writeFrom('2062020184', 'My CHEST hurts, what shall I do?');
      const row = page.getByRole('link', { name: /202-0184/ });
      await row.getByText('Urgent: “chest hurts”').waitFor();
      expect((await inbox.rowIds())[0]).toBe(await row.getAttribute('data-conversation-id'));
      await row.click();
      await inbox.messages.locator('mark', { hasText: 'CHEST hurts' }).waitFor();
      const urgent = page.getByRole('group', { name: 'Urgent' });
      await urgent.getByText('they wrote “chest hurts”').waitFor();
      expect(await audit(page)).toEqual([]);
      await urgent.getByRole('button', { name: 'Not urgent' }).click();
      await inbox.messages.getByText('Ana Reyes decided that “chest hurts” is not urgent').waitFor();
      await urgent.waitFor({ state: 'detached' });
      // Nobody wants to wait for it here.
      await page.route('**/waiting-clock', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), everyoneMinutes: 0 } });
      });
      await page.reload();
      await page.getByRole('group', { name: 'Escalated' }).waitFor();
      await row.getByText('Escalated').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.unroute('**/waiting-clock');
    });

    it('a search without a result', async () => {
      await inbox.page.getByRole('searchbox').fill('zebra');
      await inbox.page.getByText('Nothing found').waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      await inbox.page.getByRole('searchbox').fill('');
      await inbox.row(id).waitFor();
    });

    it('a search, with the words marked; it leads to the text and is left as it was come to', async () => {
      const { page } = inbox;
      const said = await inbox.listen();
      const field = page.getByRole('searchbox', { name: 'Search conversations' });
      await field.fill('holiday');
      const texts = page.getByRole('region', { name: 'Texts' });
      await eventually(() => texts.locator('mark').allInnerTexts()).toEqual(['holiday']);
      await eventually(said).toContain('One conversation found');
      expect(await audit(page)).toEqual([]);
      await field.press('ArrowDown');
      await page.keyboard.press('Enter');
      await inbox.bubble('holiday').waitFor();
      await field.fill('0181');
      await page.getByRole('region', { name: 'Callers' }).getByRole('link').waitFor();
      await field.press('Escape');
      await inbox.row(id).waitFor();
      await eventually(() => field.inputValue()).toBe('');
    });

    it('what is known of a caller, and which patient staff say that it is', async () => {
      const { page } = inbox;
      const manager = new StaffClient(product.origin);
      await manager.signIn(MANAGER.email);
      await manager.post('/api/practices/lakeside/patients', {
        name: LONG_NAME,
        numbers: ['2062020183'],
        language: null,
        status: 'active',
      });
      await inbox.openConversation(id);
      await inbox.button('About this caller').click();
      const panel = page.getByRole('complementary', { name: 'About this caller' });
      await panel.getByRole('heading', { name: 'Calls' }).waitFor();
      await panel.getByRole('button', { name: 'This is…' }).click();
      await panel.getByRole('searchbox').fill('maximiliana');
      const choice = panel.getByRole('button', { name: LONG_NAME });
      await choice.click();
      await panel.getByText('Linked by hand: Ana Reyes').waitFor();
      expect(await audit(page)).toEqual([]);
      await panel.getByRole('button', { name: 'Undo the link' }).click();
      await panel.getByRole('button', { name: 'This is…' }).waitFor();
      await inbox.button('Close what is known of the caller').click();
      await panel.waitFor({ state: 'hidden' });
    });

    it.each([
      ['everything that can be done', 'Control+k'],
      ['who a conversation can be assigned to', 'a'],
      ['until when it can be snoozed', 'h'],
    ])('%s, to choose from', async (_, key) => {
      const { page } = inbox;
      await inbox.openConversation(id);
      await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('conversation-title');
      await page.keyboard.press(key);
      const chooser = page.locator('.chooser');
      await chooser.getByRole('combobox').waitFor();
      await chooser.getByRole('option').first().waitFor();
      expect(await audit(page)).toEqual([]);
      await page.keyboard.type('zebra');
      const found = chooser.getByRole('option').first();
      await found.waitFor({ state: key === 'Control+k' ? 'visible' : 'hidden' });
      expect(await audit(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await chooser.waitFor({ state: 'hidden' });
    });

    it('where G leads', async () => {
      await inbox.page.keyboard.press('g');
      await inbox.page.getByRole('region', { name: 'Go to' }).waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      await inbox.page.keyboard.press('Escape');
    });

    it('the shortcuts', async () => {
      await inbox.button(/your menu/).click();
      await inbox.button('Keyboard shortcuts').click();
      const dialog = inbox.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await dialog.waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      expect(await dialog.isVisible()).toBe(true);
      await inbox.page.keyboard.press('Escape');
    });

    it('the keyboard is on the conversation that was opened, and on the next one when it is done', async () => {
      await inbox.row(id).click();
      const { page } = inbox;
      const focusedId = () => page.evaluate(() => document.activeElement?.id);
      const title = page.getByRole('heading', { level: 2, name: LONG_NAME });
      await title.waitFor();
      await eventually(focusedId).toBe('conversation-title');
      await page.getByRole('button', { name: 'Done', exact: true }).focus();
      await page.keyboard.press('Enter');
      await title.waitFor({ state: 'detached' });
      await inbox.messages.waitFor();
      await eventually(focusedId).toBe('conversation-title');
      await page.getByRole('button', { name: 'Undo', exact: true }).focus();
      await page.keyboard.press('Enter');
      await title.waitFor();
      await eventually(focusedId).toBe('conversation-title');
    });

    it('on a phone everything that is pressed is large enough for a finger', async () => {
      const phone = await browser.newContext({
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
        reducedMotion: 'reduce',
      });
      const { page } = await InboxPage.signedIn(phone, product.origin);
      await page.locator('a[data-conversation-id]').first().waitFor();
      expect(await smallTargets(page)).toEqual([]);
      await page.getByRole('button', { name: 'Menu', exact: true }).click();
      await page.getByRole('navigation', { name: 'Views' }).waitFor();
      expect(await smallTargets(page)).toEqual([]);
      await page.getByRole('button', { name: 'Close the menu' }).click();
      await page.locator(`a[data-conversation-id="${id}"]`).click();
      await page.getByRole('textbox', { name: /^Write a reply to/ }).waitFor();
      expect(await smallTargets(page)).toEqual([]);
      await page.getByRole('button', { name: 'Snooze', exact: true }).click();
      await page.getByRole('option', { name: 'Until tomorrow' }).waitFor();
      expect(await smallTargets(page)).toEqual([]);
      await phone.close();
    });

    it('no script, style or request was refused on the way', () => {
      expect(complaints).toEqual([]);
    });
  });

  describe('the handset', { timeout: TIMEOUT_MS }, () => {
    let handset: HandsetPage;
    let complaints: string[];

    it('at home', async () => {
      const own = await openContext(browser);
      await prepareAudit(own);
      await own.clock.install();
      handset = await HandsetPage.open(own, product.origin, '2062020183');
      complaints = complaintsOf(handset.page);
      await handset.button(/^Call Lakeside/).waitFor();
      expect(await audit(handset.page)).toEqual([]);
    });

    it('in a call that offers the key', async () => {
      await handset.call(CLINIC);
      // A call takes its time, which need not be waited for here.
      await handset.page.clock.fastForward(10_000);
      await handset.offeredKey.waitFor();
      expect(await audit(handset.page)).toEqual([]);
    });

    it('with texts, and what the phone system saw', async () => {
      await handset.hangUp();
      await handset.webhooks.waitFor();
      await handset.arrival(CLINIC).first().click();
      await handset.texts(CLINIC).waitFor();
      expect(await audit(handset.page)).toEqual([]);
    });

    it('no script, style or request was refused on the way', () => {
      expect(complaints).toEqual([]);
    });
  });
});

/** Nothing of a text becomes more than text, or leaves its place. */
async function showsAsText(bubble: Locator): Promise<void> {
  expect(await bubble.evaluate((element) => element.textContent)).toBe(HOSTILE);
  expect(await bubble.locator('img').count()).toBe(0);
  expect(await bubble.evaluate((element) => getComputedStyle(element).overflow)).toBe('clip');
  const link = bubble.getByRole('link');
  expect(await link.getAttribute('href')).toBe('https://a.example/x');
  expect(await link.getAttribute('rel')).toBe('noreferrer noopener');
}

/** Nobody has patients yet, so one caller's name is put in on its way to the page. */
async function nameTheCaller({ page }: InboxPage): Promise<void> {
  const caller = `"number":"+1${UNREACHABLE}","name"`;
  const [nobody, somebody] = [null, LONG_NAME].map(
    (name) =>
      `${caller}:${JSON.stringify(name)},"verified":null,"names":${JSON.stringify(name ? [name] : [])}`,
  );
  const named = (text: string) => text.replaceAll(nobody ?? '', somebody ?? '');
  await page.routeWebSocket(/\/inbox/, (socket) => {
    socket.connectToServer().onMessage((frame) => socket.send(named(String(frame))));
  });
  // Of one conversation, and of those that are changed back.
  await page.route(/\/api\/conversations\/|\/conversations\/bulk$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: named(await response.text()) });
  });
}
