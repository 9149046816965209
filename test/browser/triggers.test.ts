import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LineToSetUp, ManagedTrigger } from '../../src/domain/triggers/managed-trigger.ts';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';
import { TriggersPage } from './triggers-page.ts';

const HOLD = 'Call to text, English';
const PHONE = '2062020191';
/** Those of pages, but not the pane in which they are drawn: without it nothing is. */
const PAGE_SCRIPTS = /assets\/page-(?!pane)/;
const LONG_NAME =
  'Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Memorial Community Clinic';
const TIMEOUT_MS = 240_000;

let product: Product;
let browser: Browser;
let context: BrowserContext;
let triggers: TriggersPage;
let complaints: string[];

describeWith(['chromium'], 'the triggers of a practice', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    context = await openContext(browser);
    await prepareAudit(context);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: product.origin });
    triggers = await TriggersPage.signedIn(context, product.origin);
    complaints = complaintsOf(triggers.page);
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

  describe('beside the inbox', { timeout: TIMEOUT_MS }, () => {
    it('open from the rail, with the keyboard at the title, while the inbox stays live', async () => {
      await triggers.openList();
      expect(triggers.page.url()).toBe(`${product.origin}/lakeside/triggers`);
      await eventually(() => triggers.focused()).toBe('page-title');
      await eventually(() => triggers.page.title()).toBe('Triggers · Lakeside Family Clinic · Offhook');
      await product.hangUp(PHONE);
      await product.writeFrom(PHONE, 'Hello?');
      await eventually(() => triggers.page.getByRole('link', { name: /^Needs reply.*1$/ }).count()).toBe(1);
    });

    it('are gone back from and forward to, and come back after loading again', async () => {
      await triggers.openTrigger(HOLD);
      await triggers.page.goBack();
      await triggers.title('Triggers').waitFor();
      await eventually(() => triggers.focused()).toBe('page-title');
      await triggers.page.goBack();
      await triggers.inbox.listTitle.waitFor();
      await eventually(() => triggers.focused()).toBe('list-title');
      await triggers.page.goForward();
      await triggers.page.goForward();
      await triggers.title(HOLD).waitFor();
      await triggers.page.reload();
      await triggers.title(HOLD).waitFor();
    });

    it('are a drawer away on a phone', async () => {
      await triggers.page.setViewportSize({ width: 390, height: 844 });
      await triggers.button('Menu').click();
      await triggers.page.getByRole('link', { name: 'Open', exact: false }).first().click();
      await triggers.inbox.listTitle.waitFor();
      await triggers.page.setViewportSize({ width: 1440, height: 900 });
      await triggers.openList();
    });

    it('are not there for staff, who are told whom to ask', async () => {
      const staff = await openContext(browser);
      await prepareAudit(staff);
      const inbox = await InboxPage.signedIn(staff, product.origin);
      expect(await inbox.page.getByRole('link', { name: 'Triggers' }).count()).toBe(0);
      await inbox.goTo('/lakeside/triggers');
      await inbox.page.getByText('For managers').waitFor();
      expect(await audit(inbox.page)).toEqual([]);
      await staff.close();
    });

    it('say so when their script does not come, and come when loaded again', async () => {
      const page = await context.newPage();
      await page.route(PAGE_SCRIPTS, (route) => route.abort());
      await page.goto(`${product.origin}/lakeside/triggers`);
      await page.getByText('This page could not be loaded').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.unroute(PAGE_SCRIPTS);
      await page.getByRole('button', { name: 'Load again' }).click();
      await page.getByRole('link', { name: HOLD }).waitFor();
      await page.close();
    });
  });

  describe('are set up', { timeout: TIMEOUT_MS }, () => {
    it('with the keyboard alone', async () => {
      const { keyboard } = triggers.page;
      await triggers.page.getByRole('link', { name: HOLD, exact: true }).focus();
      await keyboard.press('Enter');
      await triggers.text.waitFor();
      await eventually(() => triggers.focused()).toBe('page-title');
      await triggers.text.focus();
      await keyboard.press('ControlOrMeta+A');
      await keyboard.type('Lakeside Family Clinic here. How can we help? In an emergency, call 911.');
      await triggers.button('Save text').focus();
      await keyboard.press('Enter');
      await triggers.notice('Text saved').waitFor();
      await triggers.button('Replace…').focus();
      await keyboard.press('Enter');
      await triggers.dialog('Replace the address?').waitFor();
      await eventually(() => triggers.focused()).toBe('Cancel');
      await keyboard.press('Escape');
      await eventually(() => triggers.focused()).toBe('Replace…');
      await triggers.page.getByRole('switch').focus();
      await keyboard.press('Space');
      await triggers.page.getByRole('switch', { checked: false }).waitFor();
      await keyboard.press('Space');
      await triggers.page.getByRole('switch', { checked: true }).waitFor();
    });

    it('with a text that is shown as it will arrive, and warned about', async () => {
      await triggers.text.fill(`We’re closed {name}. Call 206-202-0101 or see bit.ly/a. ${'x'.repeat(230)}`);
      await triggers.page.locator('.preview__bubble').filter({ hasText: 'We’re closed' }).waitFor();
      for (const words of ['characters too long', 'Name Lakeside', '206-202-0101 is not', 'bit.ly/a', '911'])
        await triggers.page.locator('#text-advice').getByText(words).waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.button('Use plain quotes').click();
      await eventually(() => triggers.text.inputValue()).toContain("We're");
      await triggers.button('Discard').click();
      await eventually(() => triggers.text.inputValue()).toContain('How can we help?');
    });

    it('in one text for several languages', async () => {
      await triggers.button('Copy into one text…').click();
      await triggers.dialog('Copy into one text').waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.button('Put it into the editor').click();
      await eventually(() => triggers.text.inputValue()).toMatch(/911\.\n\nLe saluda/);
      await eventually(() => triggers.focused()).toBe('trigger-text');
      await triggers.button('Discard').click();
    });

    it('keeping what is being written while another page is looked at', async () => {
      await triggers.text.fill('Half a sen');
      await triggers.page.getByRole('link', { name: 'Triggers' }).first().click();
      await triggers.openTrigger(HOLD);
      await eventually(() => triggers.text.inputValue()).toBe('Half a sen');
      await triggers.button('Discard').click();
    });

    it('by two managers, of whom the second is shown what the first one wrote', async () => {
      const second = await context.newPage();
      await second.goto(triggers.page.url());
      await second.getByLabel('What the caller gets').fill('Lakeside Family Clinic: the second wording.');
      await triggers.text.fill('Lakeside Family Clinic: the first wording.');
      await triggers.button('Save text').click();
      await triggers.notice('Text saved').waitFor();
      await second.getByRole('button', { name: 'Save text' }).click();
      await second.getByText('Somebody else changed this text').waitFor();
      await second.locator('.overtaken__text').filter({ hasText: 'the first wording' }).waitFor();
      expect(await audit(second)).toEqual([]);
      await second.getByRole('button', { name: 'Save mine over it' }).click();
      await second.getByText('Text saved').first().waitFor();
      await second.close();
      await triggers.page.reload();
      await eventually(() => triggers.text.inputValue()).toContain('the second wording');
    });

    it('with an address that is shown, copied and replaced', async () => {
      await triggers.button(/^Show$/).click();
      await triggers.page.getByText('/hooks/demo/call-to-text/lakeside-hold-en').waitFor();
      await triggers.button('Copy the address').click();
      await triggers.button('Copied the address').waitFor();
      const copied = await triggers.page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(`${product.origin}/hooks/demo/call-to-text/lakeside-hold-en`);
      await triggers.button('Replace…').click();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.dialog('Replace the address?').getByRole('button', { name: 'Replace' }).click();
      await triggers.page.getByText(/The old address works until tomorrow/).waitFor();
      const fired = await fetch(copied, {
        method: 'POST',
        body: new URLSearchParams({ from: '2062020192' }),
      });
      expect(fired.status).toBe(200);
      expect(await audit(triggers.page)).toEqual([]);
    });

    it('with steps for the phone system, each snippet ready to be pasted', async () => {
      await triggers.button('Show the steps').click();
      await triggers.page.getByRole('tab', { name: 'GoTo Connect' }).focus();
      await triggers.page.keyboard.press('ArrowRight');
      await triggers.page.getByRole('tab', { name: 'Asterisk', selected: true }).waitFor();
      await triggers.page.getByRole('tabpanel').getByText('extensions.conf').first().waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.page.getByLabel('Requests come from').selectOption('asterisk');
      await triggers.notice('Saved').waitFor();
      await triggers.button('Hide the steps').click();
    });

    it('with rules that say what is wrong with them, and what they would do', async () => {
      await triggers.page.getByLabel('Wait before the text leaves').fill('121');
      await triggers.button('Save rules').click();
      await triggers.page.getByText('from 0 to 120').waitFor();
      await eventually(() => triggers.focused()).toBe('holdSeconds');
      await triggers.page.getByLabel('Wait before the text leaves').fill('0');
      await triggers.page.getByLabel('Text something else').check();
      await triggers.page.getByText('Write a text').waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.page.getByLabel('Text while closed').fill('Lakeside Family Clinic is closed until 8.');
      await triggers.button('Save rules').click();
      await triggers.notice('Rules saved').waitFor();
      await triggers.button('Tell me').click();
      await triggers.page.getByText(/at the practice: the caller gets “Lakeside/).waitFor();
    });

    it('and tried: the text arrives on a phone, and each step is told', async () => {
      await triggers.button('Wait for a call').click();
      await triggers.page.getByText('Waiting for a call').waitFor();
      await triggers.page.getByLabel('Your mobile number').fill('206 202 0193');
      await triggers.button('Dry run').click();
      await triggers.page.getByText('nothing was sent').first().waitFor();
      await triggers.button('Text my phone').click();
      await triggers.page.getByText('The text is on its way.').first().waitFor();
      await eventually(() =>
        product.timesReceived('2062020193', 'Lakeside Family Clinic: the second wording.'),
      ).toBe(1);
      await triggers.page.locator('.trace').getByText('The phone of the caller has it.').waitFor();
      await triggers.page.locator('.arrival').first().waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.button('Make a proof').click();
      await triggers.page.getByText(/^offhook-test-1\./).waitFor();
    });

    it('and ended', async () => {
      await triggers.button('Revoke…').click();
      await triggers.dialog('Revoke this trigger?').getByRole('button', { name: 'Revoke' }).click();
      await triggers.title('Triggers').waitFor();
      await eventually(() => triggers.page.getByRole('link', { name: HOLD, exact: true }).count()).toBe(0);
      await triggers.button(/^Add a trigger/).click();
      await triggers.dialog('Add a trigger to Main line').waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.dialog('Add a trigger to Main line').getByRole('button', { name: 'Add' }).click();
      await triggers.title(HOLD).waitFor();
    });
  });

  describe('in states that are rare', { timeout: TIMEOUT_MS }, () => {
    const LINE: LineToSetUp = { id: 'l', name: LONG_NAME, number: '+12062020100', mainNumber: null };

    async function shownWith(answer: object, status = 200): Promise<void> {
      await triggers.page.route('**/api/practices/lakeside/triggers', (route) =>
        route.fulfill({ status, json: answer }),
      );
      await triggers.page.goto(`${product.origin}/lakeside/triggers`);
    }

    it('with no line, with no trigger, and with very long names', async () => {
      await shownWith({ triggers: [], lines: [] });
      await triggers.page.getByText('No line yet').waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await shownWith({ triggers: [], lines: [LINE] });
      await triggers.page.getByText('Nothing texts from this line yet').waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await shownWith({ triggers: [triggerWith(LINE)], lines: [LINE] });
      await triggers.page.getByText('xxxx').waitFor();
      expect(await audit(triggers.page)).toEqual([]);
    });

    it('when they cannot be loaded', async () => {
      await shownWith({ error: { code: 'internal', message: 'Something went wrong on our side.' } }, 500);
      await triggers.page.getByText('The triggers could not be loaded').waitFor();
      expect(await audit(triggers.page)).toEqual([]);
      await triggers.page.unrouteAll();
      await triggers.button('Try again').click();
      await triggers.page.getByRole('link', { name: HOLD, exact: true }).waitFor();
    });

    it('in production, before and after going live', async () => {
      const admin = await openContext(browser);
      await prepareAudit(admin);
      const { page } = await InboxPage.signedIn(admin, product.origin, 'admin@offhook.example');
      await page.route('**/api/session', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...(await answer.json()), environment: 'production' } });
      });
      const isOff = triggerWith({ ...LINE, id: 'lakeside-main', name: 'Main line' }, { isOn: false });
      await page.route('**/api/practices/lakeside/triggers', (route) =>
        route.fulfill({ json: { triggers: [isOff], lines: [{ ...LINE, id: 'lakeside-main' }] } }),
      );
      await page.goto(`${product.origin}/lakeside/triggers/t`);
      await page.getByText('It can be switched on when it has gone live').waitFor();
      await page.getByText('Go live without a test').click();
      expect(await audit(page)).toEqual([]);
      isOff.wentLive = {
        how: 'override',
        at: Date.now(),
        by: { id: 'a', name: 'Jo Lindqvist' },
        reason: 'Tried by phone.',
      };
      await page.reload();
      await page.getByText('Taken live without a test by Jo Lindqvist').waitFor();
      expect(await audit(page)).toEqual([]);
      await admin.close();
    });

    it('and complains about nothing that was not made to fail', () => {
      expect(complaints.filter((one) => !one.includes('500') && !one.includes('409'))).toEqual([]);
    });
  });
});

function triggerWith(line: LineToSetUp, changes: Partial<ManagedTrigger> = {}): ManagedTrigger {
  return {
    id: 't',
    line,
    useCase: 'abandoned-call',
    language: 'pt-BR',
    text: 'x'.repeat(255),
    isOn: true,
    rules: { cooldownMinutes: 10, liveMinutes: 30, holdSeconds: 0, hoursRule: 'always', closedText: null },
    phoneSystem: null,
    address: { masked: '/hooks/live/abandoned-call/••••••••abcd', previousUntil: null },
    wentLive: null,
    ...changes,
  };
}
