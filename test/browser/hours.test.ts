import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HoursSetting } from '../../src/domain/hours/after-hours.ts';
import { LAKESIDE_HOURS } from '../../src/practices/seed-hours.ts';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER } from './inbox-page.ts';
import { Product } from './product.ts';

const TIMEOUT_MS = 240_000;

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

describeWith(['chromium'], 'the hours of a practice', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    context = await openContext(browser);
    await prepareAudit(context);
    ({ page } = await InboxPage.signedIn(context, product.origin, MANAGER.email));
    complaints = complaintsOf(page);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await page.locator('body').ariaSnapshot()));
  });

  describe('are set', { timeout: TIMEOUT_MS }, () => {
    it('where nobody has set any yet: always open, with one way on', async () => {
      await page.goto(`${product.origin}/lakeside/hours`);
      await page.getByText('Always open').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Set the hours' }).click();
      await page.getByText('Not saved yet').waitFor();
      await eventually(() => timesOf('Friday')).toEqual(['8:00 AM', '5:00 PM']);
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByText('Always open').waitFor();
    });

    it('from the rail, with the keyboard at the title', async () => {
      await setHours(LAKESIDE_HOURS);
      await page.goto(product.origin);
      await page.getByRole('link', { name: 'Hours' }).click();
      await page.getByRole('heading', { name: 'Every week' }).waitFor();
      await eventually(focused).toBe('page-title');
      expect(page.url()).toBe(`${product.origin}/lakeside/hours`);
      expect(await audit(page)).toEqual([]);
    });

    it('with the keyboard alone: a shift past midnight, said back as it was understood, copied and saved', async () => {
      const { keyboard } = page;
      await day('Saturday')
        .getByRole('button', { name: /^Add hours/ })
        .focus();
      await keyboard.press('Enter');
      await eventually(() => day('Saturday').getByRole('textbox').count()).toBe(2);
      await eventually(focused).toMatch(/^span-\d+-from$/);
      await keyboard.type('8pm');
      await keyboard.press('Tab');
      await keyboard.type('2');
      await keyboard.press('Tab');
      await eventually(() => timesOf('Saturday')).toEqual(['8:00 PM', '2:00 AM']);
      await day('Saturday').getByText('Until 2:00 AM on the next day.').waitFor();
      await day('Saturday').getByRole('button', { name: /^Copy/ }).focus();
      await keyboard.press('Enter');
      const dialog = page.locator('dialog[open]');
      await dialog.getByRole('heading', { name: 'Copy Saturday to…' }).waitFor();
      expect(await audit(page)).toEqual([]);
      for (const name of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
        await dialog.getByLabel(name).uncheck();
      await dialog.getByLabel('Sunday').check();
      await dialog.getByRole('button', { name: 'Copy', exact: true }).press('Enter');
      await eventually(() => timesOf('Sunday')).toEqual(['8:00 PM', '2:00 AM']);
      await save('Enter');
      await page.reload();
      await eventually(() => timesOf('Sunday')).toEqual(['8:00 PM', '2:00 AM']);
    });

    it('not where they overlap, which is said at the field', async () => {
      const [, , from] = await day('Monday').getByRole('textbox').all();
      await from?.fill('11');
      await page.getByText('Monday 11:00–17:00 overlaps Monday 08:00–12:00.').waitFor();
      await page.getByRole('button', { name: 'Save hours' }).click();
      await eventually(focused).toBe(await from?.getAttribute('id'));
      await eventually(() => from?.getAttribute('aria-invalid')).toBe('true');
      await page.getByText('One thing has to be put right first.').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Discard' }).click();
      await eventually(() => timesOf('Monday')).toEqual(['8:00 AM', '12:00 PM', '1:00 PM', '5:00 PM']);
    });

    it('painted with the mouse', async () => {
      const bar = day('Tuesday').locator('.day-bar');
      const { width } = (await bar.boundingBox()) ?? { width: 0 };
      // Hovering waits until the page stands still and nothing is in the way.
      const over = (hour: number) => bar.hover({ position: { x: ((hour + 0.2) / 24) * width, y: 10 } });
      await over(12);
      await page.mouse.down();
      await over(12.5);
      await page.mouse.up();
      await eventually(() => timesOf('Tuesday')).toEqual(['8:00 AM', '5:00 PM']);
      await save();
    });

    it('with holidays of every kind, taken away and brought back', async () => {
      await page.getByRole('button', { name: 'Remove Columbus Day' }).press('Enter');
      await eventually(focused).toBe('undo-holiday');
      await page.getByRole('button', { name: 'Add the US federal holidays (1)' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('Columbus Day').waitFor();
      await page.getByRole('button', { name: 'Add a day' }).press('Enter');
      await page.getByLabel('Name').fill('Day after Thanksgiving');
      await page.getByLabel('A weekday of a month').check();
      await page.getByLabel('Which').selectOption('Fourth');
      await page.getByLabel('Weekday', { exact: true }).selectOption('Friday');
      await page.getByLabel('Month', { exact: true }).selectOption('November');
      await page.getByLabel('Open for a part of it').check();
      await page.getByRole('button', { name: 'Add to the list' }).click();
      await page.getByText('Write when these hours begin').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByLabel('Open, from').fill('9');
      await page.getByLabel('Open, to').fill('noon');
      await page.getByRole('button', { name: 'Add to the list' }).click();
      await page.getByText('Fourth Friday of November, open 9:00 AM to 12:00 PM').waitFor();
      await save();
    });

    it('with a reply in several languages, which can be put into one', async () => {
      await page.getByLabel('Reply in English').fill('x'.repeat(481));
      await page.getByText('481 of 480').waitFor();
      await page.getByRole('button', { name: 'Save hours' }).click();
      await page.getByText('Take out one character.').waitFor();
      await eventually(focused).toBe('reply-en');
      await page.getByLabel('Reply in English').fill('We are closed.');
      await page.getByRole('button', { name: 'Copy into one text…' }).click();
      await page.locator('dialog[open]').waitFor();
      await page.getByRole('button', { name: 'Put it into the editor' }).click();
      await eventually(() => page.getByLabel('Reply in English').inputValue()).toMatch(
        /^We are closed\.\n\nGracias/,
      );
      await eventually(focused).toBe('reply-en');
      await save();
    });

    it('keeping what is being changed while another page is looked at', async () => {
      await page.getByLabel('Reply in English').fill('Half a sen');
      await page.getByRole('link', { name: 'Triggers' }).click();
      await page.getByRole('heading', { level: 1, name: 'Triggers' }).waitFor();
      await page.getByRole('link', { name: 'Hours' }).click();
      await eventually(() => page.getByLabel('Reply in English').inputValue()).toBe('Half a sen');
      await page.getByText('Not saved yet').waitFor();
      await page.getByRole('button', { name: 'Discard' }).click();
    });

    it('by two managers, of whom the second is shown the difference', async () => {
      const second = await context.newPage();
      await second.goto(page.url());
      await second.getByLabel('Reply in English').fill('The second wording.');
      await page.getByLabel('Reply in English').fill('The first wording.');
      await save();
      await second.getByRole('button', { name: 'Save hours' }).click();
      await second.getByRole('heading', { name: 'Somebody else changed these hours meanwhile' }).waitFor();
      await second.getByText('Theirs: The first wording.').waitFor();
      expect(await audit(second)).toEqual([]);
      await second.getByRole('button', { name: 'Save mine over it' }).click();
      await second.getByText('Hours saved').first().waitFor();
      await second.close();
      await page.reload();
      await eventually(() => page.getByLabel('Reply in English').inputValue()).toBe('The second wording.');
    });
  });

  describe('are looked at', { timeout: TIMEOUT_MS }, () => {
    it('at an instant: open or not, which holiday, which reply, and what each trigger does', async () => {
      await page.getByRole('button', { name: 'Try a day and time' }).press('Enter');
      await page.getByLabel(/^Day and time/).fill('2026-11-26T10:00');
      await page.getByRole('button', { name: 'Tell me' }).press('Enter');
      await page.getByText('It is Thanksgiving.').waitFor();
      await page.getByText('Opens tomorrow 9:00 AM.').waitFor();
      await page.locator('.told').getByText('The second wording.').waitFor();
      await page.locator('.told').getByText('Call to text, English').waitFor();
      expect(await audit(page)).toEqual([]);
    });

    it('by line, which can have its own and be given back', async () => {
      await page.getByRole('link', { name: 'Main line' }).click();
      await page.getByText('It goes by the practice').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Give it hours of its own' }).click();
      await page.getByLabel('These hours are by the clock of').selectOption('America/Denver');
      await save();
      await page.getByRole('link', { name: /Main line\s*own hours/ }).waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Give it back to the practice…' }).click();
      await page.locator('dialog[open]').getByRole('button', { name: 'Give it back' }).click();
      await page.getByText('It goes by the practice').waitFor();
    });

    it('and when they cannot be loaded, once more', async () => {
      const message = 'Something went wrong on our side.';
      const broken = { status: 500, json: { error: { code: 'internal', message } } };
      await page.route('**/api/practices/lakeside/hours', (route) => route.fulfill(broken));
      await page.goto(`${product.origin}/lakeside/hours`);
      await page.getByText('The hours could not be loaded').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.unrouteAll();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: 'Every week' }).waitFor();
    });

    it('and by them how long callers may wait, and which words cannot wait at all', async () => {
      await page.getByRole('link', { name: 'Waiting and urgent' }).click();
      await page.getByLabel('Answer within').waitFor();
      expect(await audit(page)).toEqual([]);
      const said = page.getByRole('status').filter({ hasText: /urgent/i });
      await page.getByLabel('Try a text').fill('NO PUEDO RESPIRAR');
      await said.getByText('Urgent: it says “no puedo respirar”').waitFor();
      await page.getByLabel('Answer within').fill('40');
      const saveAll = page.getByRole('button', { name: 'Save', exact: true });
      await saveAll.click();
      await page.getByText('no earlier than at the target').first().waitFor();
      await eventually(focused).toBe('everyone');
      expect(await audit(page)).toEqual([]);
      await page.getByLabel('Answer within').fill('15');
      await page.getByLabel('Urgent words in Spanish').fill('me siento mal');
      await page.getByLabel('Try a text').fill('Me siento MAL');
      await said.getByText('Urgent: it says “me siento mal”').waitFor();
      const meanwhile = await page.evaluate(async () => {
        const path = '/api/practices/lakeside/waiting';
        const stored = (await (await fetch(path)).json()) as { settings: object; version: number };
        const body = JSON.stringify({ ...stored, settings: { ...stored.settings, targetMinutes: 12 } });
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch(path, { method: 'PUT', headers, body })).status;
      });
      expect(meanwhile).toBe(200);
      await saveAll.click();
      await page.getByText('They answer within 12 minutes').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save mine over it' }).click();
      await page.locator('.notice').getByText('Saved').waitFor();
      await page.reload();
      await eventually(() => page.getByLabel('Answer within').inputValue()).toBe('15');
      await page.getByRole('button', { name: 'Back to the starter list in Spanish' }).click();
      await page.getByRole('button', { name: 'Discard' }).click();
      await eventually(() => page.getByLabel('Urgent words in Spanish').inputValue()).toBe('me siento mal');
    });

    it('with nothing for the browser to complain about but what it was refused', () => {
      expect(complaints.filter((one) => !/status of (500|409)/.test(one))).toEqual([]);
    });
  });
});

/** As another program would; the page knows nothing of it. */
async function setHours(hours: HoursSetting): Promise<void> {
  const status = await page.evaluate(async (body) => {
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('/api/practices/lakeside/hours', { method: 'PUT', headers, body })).status;
  }, JSON.stringify(hours));
  expect(status).toBe(200);
}

function day(name: string): Locator {
  return page.getByRole('group', { name, exact: true });
}

function timesOf(name: string): Promise<string[]> {
  return day(name)
    .getByRole('textbox')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
}

async function save(key?: 'Enter'): Promise<void> {
  const button = page.getByRole('button', { name: 'Save hours' });
  await (key === undefined ? button.click() : button.press(key));
  await page.locator('.notice').filter({ hasText: 'Hours saved' }).waitFor();
  await page.locator('.save-bar').getByText('Saved', { exact: true }).waitFor();
}

/** What has the keyboard, by its id or its words. */
function focused(): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    return at?.id || at?.textContent?.trim() || at?.tagName || '';
  });
}
