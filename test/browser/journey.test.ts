import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { ALL_OPEN, InboxPage, MANAGER, STAFF } from './inbox-page.ts';
import { goElsewhere, heardIn, listenIn, notificationsOf, pressNotification, push } from './loudspeaker.ts';
import { Product } from './product.ts';

const CALLER = '2062020141';
const CALLER_NAME = '(206) 202-0141';
const LANDLINE = '2062020006';
const QUESTION = 'Can I move my visit to Friday?';
const REPLY = 'Of course. Does 9:30 suit you?';

let product: Product;
let browser: Browser;
let ana: InboxPage;
let marcus: InboxPage;
let complaints: string[];
let said: () => Promise<string[]>;

describeWith(['chromium'], 'from a hung-up call to an answer, on screen', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    marcus = await InboxPage.signedIn(await openContext(browser), product.origin, MANAGER.email);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await ana?.page.locator('body').ariaSnapshot()));
  });

  describe('one caller', () => {
    let id: string;

    it('a member of staff signs in by typing', async () => {
      const context = await openContext(browser);
      await prepareAudit(context);
      ana = await InboxPage.open(context, product.origin, ALL_OPEN);
      complaints = complaintsOf(ana.page);
      await eventually(() => ana.email.evaluate((field) => field === document.activeElement)).toBe(true);
      await ana.page.keyboard.type(STAFF.email);
      await ana.page.keyboard.press('Tab');
      await ana.page.keyboard.type('offhook-demo');
      await ana.page.keyboard.press('Enter');
      await ana.listTitle.waitFor();
      await ana.page.getByText('Nobody is waiting', { exact: true }).waitFor();
      await eventually(() => ana.page.title()).toBe('Lakeside Family Clinic · Offhook');
    });

    it('a caller who hangs up becomes a row, without a reload', async () => {
      id = await product.hangUp(CALLER, 42);
      await ana.waitingOnCaller.getByRole('link', { name: CALLER_NAME }).waitFor();
      expect(await ana.rowIds()).toEqual([id]);
    });

    it('who answers needs a reply: said in words, and aloud once', async () => {
      said = await ana.listen();
      await product.writeFrom(CALLER, QUESTION);
      const row = ana.needsReply.getByRole('link', { name: `Unread. ${CALLER_NAME}` });
      await row.waitFor();
      await eventually(() => row.innerText()).toContain(QUESTION);
      await eventually(() => row.innerText()).toContain('less than a minute');
      await eventually(() => ana.page.title()).toMatch(/^\(1\)/);
      await eventually(said).toEqual([`New text from ${CALLER_NAME}`]);
    });

    it('opened with the keyboard, it tells what happened', async () => {
      await ana.row(id).focus();
      await ana.page.keyboard.press('Enter');
      const title = ana.page.getByRole('heading', { level: 2, name: CALLER_NAME });
      await eventually(() => title.evaluate((heading) => heading === document.activeElement)).toBe(true);
      await ana.messages.getByRole('heading', { name: 'Today' }).waitFor();
      await ana.messages.getByText('hung up after 42 s on hold').waitFor();
      const automatic = ana.bubble('Lakeside Family Clinic');
      await eventually(() => automatic.innerText()).toMatch(/Delivered.*sent in \d+(\.\d)? s/s);
      await ana.bubble(QUESTION).waitFor();
      await eventually(() => ana.row(id).innerText()).not.toContain('Unread');
      await eventually(() => marcus.row(id).innerText()).not.toContain('Unread');
      expect(await said()).toEqual([`New text from ${CALLER_NAME}`]);
    });

    it('a reply shows at once, then as delivered, and is one text on the phone', async () => {
      const leave = await heldBack(ana);
      await ana.reply(REPLY);
      await eventually(() => ana.bubble(REPLY).innerText()).toContain('Sending');
      expect(await ana.composer.inputValue()).toBe('');
      leave();
      await eventually(() => ana.bubble(REPLY).innerText()).toContain('Delivered');
      expect(await ana.bubble(REPLY).count()).toBe(1);
      expect(await product.timesReceived(CALLER, REPLY)).toBe(1);
      await ana.waitingOnCaller.getByRole('link', { name: CALLER_NAME }).waitFor();
    });

    it('a colleague sees all of it live', async () => {
      await eventually(() => marcus.waitingOnCaller.locator(marcus.row(id)).innerText()).toContain(REPLY);
      await marcus.openConversation(id);
      await eventually(() => marcus.bubble(REPLY).innerText()).toContain(STAFF.name);
      await product.writeFrom(CALLER, 'Yes, perfect!');
      await marcus.bubble('Yes, perfect!').waitFor();
      await marcus.reply('See you then.');
      await eventually(() => ana.bubble('See you then.').innerText()).toMatch(/Marcus Webb.*Delivered/s);
      await marcus.page.getByRole('group', { name: 'Also here' }).getByText(STAFF.name).waitFor();
    });

    it('is marked done and leaves the list, also of the colleague', async () => {
      await ana.button('Done').click();
      await eventually(() => ana.rowIds()).toEqual([]);
      await eventually(() => marcus.rowIds()).toEqual([]);
      await ana.messages.getByText('Ana Reyes marked this done').waitFor();
    });

    it('comes back with the next text', async () => {
      await product.writeFrom(CALLER, 'One more thing');
      await ana.needsReply.locator(ana.row(id)).waitFor();
      await marcus.needsReply.locator(marcus.row(id)).waitFor();
      await ana.messages.getByText('Reopened by a new text').waitFor();
      await ana.bubble('One more thing').waitFor();
    });

    it('and the page has complained about nothing', () => {
      expect(complaints).toEqual([]);
    });
  });

  it('a text that cannot be delivered says why, and can be sent again', async () => {
    const id = await product.hangUp(LANDLINE);
    await eventually(() => ana.row(id).innerText()).toMatch(/Not sent[\s\S]*Landline/);
    await ana.openConversation(id);
    const automatic = ana.bubble('Lakeside Family Clinic');
    await eventually(() => automatic.innerText()).toContain(
      'This is a landline. It cannot get texts: call back.',
    );
    const answered = ana.page.waitForResponse(/\/retry$/);
    await automatic.getByRole('button', { name: 'Send again' }).click();
    expect((await answered).status()).toBe(200);
    await eventually(async () => (await product.messagesOf(id))[0]?.delivery).toMatchObject({
      status: 'undelivered',
      reason: 'landline',
      attempt: 2,
    });
    await eventually(() => automatic.innerText()).toContain('Not delivered');
    expect(await product.textsOn(LANDLINE)).toEqual([]);
  });

  describe('callers who wait', () => {
    const waiting = ['2062020151', '2062020152', '2062020154'];
    const box = (caller: string) => ana.page.getByRole('checkbox', { name: new RegExp(caller.slice(6)) });
    let before: (string | null)[];

    it('are what the inbox opens with, and several are done at once', async () => {
      for (const caller of waiting) await product.writeFrom(caller, QUESTION);
      await ana.goTo('/lakeside');
      for (const caller of waiting) await box(caller).waitFor();
      before = await ana.rowIds();
      await ana.page
        .getByRole('heading', { level: 2, name: new RegExp(`^Needs reply ?, ${before.length}$`) })
        .waitFor();
      said = await ana.listen();
      await box(waiting[0] ?? '').check();
      await box(waiting[2] ?? '').click({ modifiers: ['Shift'] });
      await eventually(said).toEqual(['1 selected', '3 selected']);
      expect(await audit(ana.page)).toEqual([]);
      const bar = ana.page.getByRole('region', { name: 'Selected conversations' });
      await bar.getByRole('button', { name: 'Done' }).click();
      await eventually(async () => (await ana.rowIds()).length).toBe(before.length - 3);
      await eventually(() => bar.count()).toBe(0);
      await eventually(said).toContain('3 conversations are done');
    });

    it('are as they were when that is taken back', async () => {
      await ana.page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
      await eventually(() => ana.rowIds()).toEqual(before);
    });

    it('are given to a colleague and snoozed together, by the mouse as by a key', async () => {
      const [first = '', second = ''] = before.map((id) => id ?? '');
      const assignees = () =>
        Promise.all(
          [first, second].map(async (id) => {
            const { conversation } = await product.staff.get<{
              conversation: { state: string; assignee: { name: string } | null };
            }>(`/api/conversations/${id}`);
            return conversation.state === 'open' ? (conversation.assignee?.name ?? null) : conversation.state;
          }),
        );
      const now = await assignees();
      await ana.row(first).focus();
      await ana.page.keyboard.press('x');
      await ana.row(second).focus();
      await ana.page.keyboard.press('x');
      const bar = ana.page.getByRole('region', { name: 'Selected conversations' });
      await bar.getByRole('button', { name: 'Assign to…' }).click();
      await ana.page.getByRole('combobox', { name: 'Assign 2 conversations' }).fill('marcus');
      await ana.page.getByRole('option', { name: /^Marcus Webb/ }).click();
      await eventually(assignees).toEqual(['Marcus Webb', 'Marcus Webb']);
      await eventually(() => bar.count()).toBe(0);
      await ana.page.getByText('2 conversations are assigned to Marcus Webb').first().waitFor();
      await ana.page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
      await eventually(assignees).toEqual(now);
      for (const id of [first, second]) {
        await ana.row(id).focus();
        await ana.page.keyboard.press('x');
      }
      await ana.page.keyboard.press('h');
      await ana.page.getByRole('combobox', { name: 'Snooze 2 conversations' }).waitFor();
      await ana.page.keyboard.press('Enter');
      await eventually(assignees).toEqual(['snoozed', 'snoozed']);
      await ana.page.getByText('2 conversations are snoozed').first().waitFor();
      await ana.page.keyboard.press('z');
      await eventually(assignees).toEqual(now);
      await eventually(() => ana.rowIds()).toEqual(before);
    });

    it('are narrowed to some of them, in the address too', async () => {
      await ana.button('Filter and select').click();
      expect(await audit(ana.page)).toEqual([]);
      await ana.page.getByLabel('How it began').selectOption('Texted without calling');
      await eventually(() => ana.rowIds()).toEqual(before.slice(-3));
      await ana.page.getByRole('combobox', { name: 'Caller', exact: true }).selectOption('Several possible');
      await eventually(() => new URL(ana.page.url()).search).toBe('?useCase=none&callerKind=several');
      await ana.page.keyboard.press('Escape');
      await ana.page.getByText('“Texted without calling” and “Several possible”').waitFor();
      expect(await audit(ana.page)).toEqual([]);
      await ana.button('Clear all filters').click();
      await eventually(() => ana.rowIds()).toEqual(before);
    });

    it('need no reply where staff say so', async () => {
      const id = before.at(-1) ?? '';
      await ana.openConversation(id);
      await ana.button('No reply needed').click();
      await eventually(() => ana.rowIds()).toEqual(before.slice(0, -1));
      await ana.page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
      await eventually(() => ana.rowIds()).toEqual(before);
      expect(complaints).toEqual([]);
    });
  });

  describe('who does not look', () => {
    const [ONE, OTHER, LATER, LAST] = ['2062020142', '2062020143', '2062020144', '2062020145'];
    let context: BrowserContext;
    let first: Page;
    let second: Page;

    it('hears it: in one of their tabs, once, and an urgent text by its own sound', async () => {
      await ana.page.close();
      context = await openContext(browser);
      await listenIn(context, product.origin);
      ana = await InboxPage.signedIn(context, product.origin);
      first = ana.page;
      // It has the loudspeaker, before the other could: to be asked something by a test counts as a press.
      await eventually(() => isListening(first)).toBe(true);
      second = await context.newPage();
      await second.goto(`${product.origin}/lakeside`);
      await second.locator('a[data-conversation-id]').first().waitFor();
      await eventually(() => isListening(second)).toBe(true);
      await product.writeFrom(ONE, 'Hello, is anybody there?');
      await eventually(() => heardIn(first)).toBe('sound');
      await product.writeFrom(OTHER, 'I have chest pain');
      await eventually(() => heardIn(first)).toBe('urgent');
      expect(await heardIn(second)).toBe('nothing');
      // The count on the icon is that of the title.
      const [, waiting] = /^\((\d+)\)/.exec(await first.title()) ?? [];
      const icon = await first.locator('link[rel=icon]').getAttribute('href');
      expect(decodeURIComponent(icon ?? '')).toContain(`>${waiting}</text>`);
    });

    it('and nothing of what they look at, or have done themselves', async () => {
      const [id] = await first
        .locator('a[data-conversation-id]')
        .filter({ hasText: '0142' })
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-conversation-id') ?? ''));
      await ana.openConversation(id ?? '');
      await product.writeFrom(ONE, 'Are you?');
      await ana.bubble('Are you?').waitFor();
      await ana.reply('Yes, how can we help?');
      await eventually(() => ana.bubble('Yes, how').innerText()).toContain('Delivered');
      // Longer than the tabs take to agree.
      await first.waitForTimeout(1_000);
      expect([await heardIn(first), await heardIn(second)]).toEqual(['nothing', 'nothing']);
    });

    it('is shown a notification that names nobody, once they asked for it', async () => {
      await first.goto(`${product.origin}/lakeside/account`);
      await first.getByRole('switch', { name: 'Notifications in this browser' }).click();
      await first.locator('#away-state').getByText('On while Offhook is open in some tab').waitFor();
      const comeBack = await goElsewhere(context, [first, second]);
      await product.writeFrom(LATER, 'Rosa Diaz, can I come today?');
      await eventually(async () => (await notificationsOf(second)).map(({ title }) => title)).toEqual([
        'A caller is waiting at Lakeside Family Clinic',
      ]);
      await comeBack();
    });

    it('and is led by it to the conversation, in a page that is open, where what they wrote stays', async () => {
      const [shown] = await notificationsOf(second);
      await second.close();
      await pressNotification(context, shown?.path ?? '');
      await ana.bubble('Rosa Diaz, can I come today?').waitFor();
      expect(new URL(first.url()).pathname).toBe(shown?.path);
      await eventually(() => notificationsOf(first)).toEqual([]);
    });

    it('is told by a push while they are elsewhere, and not while Offhook is before them', async () => {
      const pushed = (tag: string) =>
        push(context, first, { title: `Pushed ${tag}`, path: '/lakeside', tag });
      await pushed('while before them');
      const comeBack = await goElsewhere(context, [first]);
      await pushed('while away');
      await eventually(async () => (await notificationsOf(first)).map(({ title }) => title)).toEqual([
        'Pushed while away',
      ]);
      await comeBack();
    });

    it('is left in peace in quiet hours, but for what is urgent if they want that', async () => {
      await first.goto(`${product.origin}/lakeside/account`);
      await first.getByText('In hours of my own').click();
      const remove = first.getByRole('button', { name: /^Remove .*day/ });
      while ((await remove.count()) > 0) await remove.first().click();
      await first.getByRole('switch', { name: 'What is urgent is told at any hour' }).click();
      await first.getByRole('button', { name: 'Save', exact: true }).click();
      await first.locator('.notice').getByText('Saved').waitFor();
      await first.getByRole('button', { name: 'Try it' }).click();
      await eventually(() => heardIn(first)).toBe('sound');
      const before = await first.title();
      await product.writeFrom(LAST, 'Hello?');
      await eventually(() => first.title()).not.toBe(before);
      await first.waitForTimeout(1_000);
      expect(await heardIn(first)).toBe('nothing');
      await product.writeFrom(LAST, 'I cannot breathe');
      await eventually(() => heardIn(first)).toBe('urgent');
    });

    it('can install it', async () => {
      const devTools = await context.newCDPSession(first);
      const { installabilityErrors } = await devTools.send('Page.getInstallabilityErrors');
      // Each context of this browser is a private window, which installs nothing.
      expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
      const { errors, data = '' } = await devTools.send('Page.getAppManifest');
      expect(errors).toEqual([]);
      const { icons } = JSON.parse(data) as { icons: { src: string; sizes: string }[] };
      for (const { src, sizes } of icons) expect(await sizeOfPicture(`${product.origin}${src}`)).toBe(sizes);
    });
  });
});

/** What tells of sounds comes when the browser is idle. */
function isListening(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/telling')),
  );
}

/** Width and height of a PNG, from its header. */
async function sizeOfPicture(url: string): Promise<string> {
  const bytes = new DataView(await (await fetch(url)).arrayBuffer());
  return `${bytes.getUint32(16)}x${bytes.getUint32(20)}`;
}

/** Replies leave the page, but do not arrive before the returned function is called. */
async function heldBack({ page }: InboxPage): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/api/conversations/*/messages', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}
