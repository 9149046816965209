import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER, STAFF } from './inbox-page.ts';
import { Product } from './product.ts';

const TIMEOUT_MS = 240_000;

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

describeWith(['chromium'], 'quick responses', () => {
  beforeAll(async () => {
    product = await Product.start();
    await product.hangUp('2062020151');
    browser = await openBrowser();
    context = await openContext(browser);
    await prepareAudit(context);
    ({ page } = await InboxPage.signedIn(context, product.origin, MANAGER.email));
    complaints = complaintsOf(page);
    await page.getByRole('link', { name: 'Quick responses' }).click();
    await page.getByRole('heading', { name: 'Greetings' }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await page.locator('body').ariaSnapshot()));
  });

  describe('are kept by managers', { timeout: TIMEOUT_MS }, () => {
    it('who begin with a set, and find by any word', async () => {
      await eventually(focused).toBe('page-title');
      expect(await audit(page)).toEqual([]);
      await page.getByRole('searchbox').fill('ambulan');
      await page.getByText('Nothing found').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('searchbox').fill('emergencia');
      await eventually(() => titles()).toEqual(['Closed now', 'Emergency']);
      await page.getByRole('searchbox').fill('');
    });

    it('who add one with the keyboard alone, with a smart phrase, and see it with a real conversation', async () => {
      await page.getByRole('button', { name: 'Add', exact: true }).press('Enter');
      const sheet = page.getByRole('dialog', { name: 'New quick response' });
      await sheet.getByRole('textbox', { name: 'Title' }).fill('Parking');
      await sheet.getByRole('button', { name: 'Save' }).press('Enter');
      await page.getByText('Write a text in at least one language').waitFor();
      await eventually(focused).toBe('response-texts-en');
      expect(await audit(page)).toEqual([]);
      await page.keyboard.type('Park behind ');
      await sheet.getByRole('button', { name: 'practice name' }).press('Enter');
      await eventually(focused).toBe('response-texts-en');
      await page.keyboard.type(', space {number}.');
      await page.getByText('{number}: no smart phrase of this practice').waitFor();
      await sheet.getByRole('button', { name: 'Try it with a conversation' }).press('Enter');
      await sheet.getByText('Park behind Lakeside Family Clinic, space').waitFor();
      await sheet.getByText('{number}: to be filled in by whoever replies.').waitFor();
      expect(await audit(page)).toEqual([]);
      await sheet.getByRole('combobox', { name: 'Group' }).selectOption('A new group…');
      await sheet.getByLabel('Name of the new group').fill('Directions');
      await sheet.getByRole('textbox', { name: 'Title' }).press('Enter');
      await page.getByRole('heading', { name: 'Directions' }).waitFor();
      await page.getByRole('button', { name: 'Without Spanish (1)' }).press('Enter');
      await eventually(() => titles()).toEqual(['Parking']);
      await page.getByRole('button', { name: 'Without Spanish (1)' }).press('Enter');
    });

    it('who put several languages into one text', async () => {
      await page.getByRole('button', { name: 'Anything else' }).click();
      await page.getByRole('button', { name: 'Copy into one text…' }).click();
      await page.getByRole('button', { name: 'Put it into the editor' }).click();
      await eventually(() => page.locator('#response-texts-en').inputValue()).toMatch(
        /help you with\?\n\n¿Puedo/,
      );
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('“Anything else” is saved').first().waitFor();
    });

    it('two at once: the second is shown the difference', async () => {
      const second = await context.newPage();
      await second.goto(page.url());
      await second.getByRole('button', { name: 'Call us' }).click();
      await second.locator('#response-texts-en').fill('The second wording.');
      await page.getByRole('button', { name: 'Call us' }).click();
      await page.locator('#response-texts-en').fill('The first wording.');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('“Call us” is saved').first().waitFor();
      await second.getByRole('button', { name: 'Save' }).click();
      await second.getByRole('heading', { name: 'Somebody else changed this one meanwhile' }).waitFor();
      await second.getByText('Theirs: The first wording.').waitFor();
      expect(await audit(second)).toEqual([]);
      await second.getByRole('button', { name: 'Save mine over it' }).click();
      await second.getByText('“Call us” is saved').first().waitFor();
      await second.close();
    });

    it('who put them in order by keys, by buttons and by dragging, and name the groups', async () => {
      await page.reload();
      await page.getByRole('button', { name: 'More' }).press('Enter');
      await page.getByRole('button', { name: 'Put in order' }).press('Enter');
      const handle = page.getByRole('button', { name: /^Order of Hello:/ });
      await handle.press('ArrowDown');
      await eventually(() => arranged()).toEqual(['Hello by name', 'Hello', 'Sorry for the wait']);
      await page.keyboard.press('ArrowDown');
      await eventually(() => arranged()).toEqual(['Hello by name', 'Sorry for the wait', 'Hello']);
      await page.keyboard.press('ArrowDown');
      await eventually(() => arranged()).toEqual(['Hello by name', 'Sorry for the wait']);
      await page.getByRole('button', { name: 'Move Hello up' }).press('Enter');
      await eventually(() => arranged()).toEqual(['Hello by name', 'Sorry for the wait', 'Hello']);
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: /^Order of Hello:/ }).hover();
      await page.mouse.down();
      await page.getByText('Hello by name', { exact: true }).hover({ position: { x: 5, y: 2 } });
      await page.mouse.up();
      await eventually(() => arranged()).toEqual(['Hello', 'Hello by name', 'Sorry for the wait']);
      await page.getByRole('button', { name: 'Move Directions up' }).press('Enter');
      await page.getByLabel('Name of group 1').fill('Hellos');
      await page.getByLabel('Name of group 2').fill('hellos');
      await page.getByRole('button', { name: 'Save order' }).click();
      await page.getByText('There are two groups named “hellos”').waitFor();
      await page.getByLabel('Name of group 2').fill('Asking');
      await page.getByRole('button', { name: 'Save order' }).click();
      await page.getByText('The order is saved').first().waitFor();
      await page.reload();
      await eventually(() => page.locator('.section__title').allTextContents()).toEqual([
        'Hellos',
        'Asking',
        'In the meantime',
        'Hours and phone',
        'Safety',
        'Directions',
        'Goodbye',
      ]);
    });

    it('who put one into the archive, take it back, and delete one for good', async () => {
      await page.getByRole('button', { name: 'Parking' }).click();
      await page.getByRole('button', { name: 'Put into the archive' }).click();
      await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
      await page.getByText('“Parking” is back').first().waitFor();
      await page.getByRole('button', { name: 'Parking' }).click();
      await page.getByRole('button', { name: 'Put into the archive' }).click();
      await page.getByText('Archive (1)').click();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Delete… Parking' }).click();
      await page.locator('dialog[open]').getByRole('button', { name: 'Delete' }).click();
      await page.getByText('“Parking” is deleted').first().waitFor();
      await eventually(() => page.getByText('Archive (').count()).toBe(0);
    });

    it('who take in a file, after having seen what would become of it', async () => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('button', { name: 'Take in a file…' }).click();
      const choose = (name: string, content: Buffer) =>
        page.locator('#import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
      await choose('a.xlsx', Buffer.from('PK'));
      await page.getByText('This is a workbook').waitFor();
      await choose('a.csv', Buffer.from([0x67, 0xe9, 0x0a]));
      await page.getByText('The letters of this file cannot be read').waitFor();
      await choose('a.csv', Buffer.from('group,title,en\nA,,no title\n'));
      await page.getByText('row 2: title: give it a title').waitFor();
      expect(await audit(page)).toEqual([]);
      const utf16 = Buffer.from(
        '\ufeffgroup;title;en;es\nForms;Form <b>1</b>;Fill in;Rellene\nHellos;Hello;Hi;Hola\n',
        'utf16le',
      );
      await choose('a.csv', utf16);
      await page.getByText('1 new, 1 changed, 0 as they are').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Take in', exact: true }).click();
      await page.getByRole('button', { name: 'Form <b>1</b>' }).waitFor();
    });
  });

  describe('smart phrases', { timeout: TIMEOUT_MS }, () => {
    it('of the practice are added, changed and taken away by managers', async () => {
      await page.getByRole('tab', { name: 'Smart phrases' }).click();
      await page.getByRole('heading', { name: 'Built in' }).waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByRole('button', { name: 'Add to: Of the practice' }).press('Enter');
      await eventually(focused).toBe('general-name');
      await page.keyboard.type('Practice name');
      await page.keyboard.press('Enter');
      await page.getByText('Choose another name: this one is built in.').waitFor();
      expect(await audit(page)).toEqual([]);
      await page.getByLabel('Name').fill('portal');
      await page.getByLabel('Text', { exact: true }).first().fill('https://lakeside.example');
      await page.getByRole('button', { name: 'Save' }).press('Enter');
      const change = page.getByRole('button', { name: 'Change portal' });
      await change.waitFor();
      await eventually(focused).toBe('general-title');
      await page.getByRole('button', { name: 'Take away portal' }).press('Enter');
      await change.waitFor({ state: 'hidden' });
      await eventually(focused).toBe('general-title');
      await page.locator('.notice').getByRole('button', { name: 'Undo' }).press('Enter');
      await change.waitFor();
      await eventually(focused).toBe('general-title');
      await page.getByRole('button', { name: 'Add to: Of the practice' }).press('Enter');
      await page.getByLabel('Name').fill('form');
      await page.getByLabel('Ask when replying').check();
      await page.getByRole('button', { name: 'Save' }).press('Enter');
      await page.getByText('Asked when replying').waitFor();
    });

    it('are tried with a real conversation', async () => {
      await page.getByLabel('Text', { exact: true }).fill('See {portal}, {form}, {my first name}');
      await page.getByRole('button', { name: 'Try it with a conversation' }).press('Enter');
      await page.getByText('See https://lakeside.example, ').waitFor();
      await page.getByText('{form}: to be filled in by whoever replies.').waitFor();
      expect(await audit(page)).toEqual([]);
    });

    it('and quick responses are read by staff, who keep some of their own', async () => {
      const own = await openContext(browser);
      await prepareAudit(own);
      const { page: staff } = await InboxPage.signedIn(own, product.origin, STAFF.email);
      await staff.goto(`${product.origin}/lakeside/quick-responses`);
      await staff.getByRole('button', { name: 'Closed now' }).click();
      await staff.getByRole('button', { name: /^Copy the text in English/ }).waitFor();
      expect(await audit(staff)).toEqual([]);
      await staff.keyboard.press('Escape');
      expect(await staff.getByRole('button', { name: 'Add', exact: true }).count()).toBe(0);
      await staff.getByRole('tab', { name: 'Smart phrases' }).click();
      await staff.getByText('https://lakeside.example').waitFor();
      expect(await staff.getByRole('button', { name: 'Change portal' }).count()).toBe(0);
      await staff.getByRole('button', { name: 'Add to: My own' }).click();
      await staff.getByLabel('Name').fill('sign off');
      await staff.getByLabel('Text', { exact: true }).first().fill('Best, Ana');
      await staff.getByRole('button', { name: 'Save' }).click();
      await staff.getByRole('button', { name: 'Change sign off' }).waitFor();
      expect(await audit(staff)).toEqual([]);
      await own.close();
    });

    it('with nothing for the browser to complain about but what it was refused', () => {
      expect(complaints.filter((one) => !/status of (400|409)/.test(one))).toEqual([]);
    });
  });
});

function titles(): Promise<string[]> {
  return page.locator('.response-row__title').allTextContents();
}

/** Of the first group, while it is put in order. */
function arranged(): Promise<string[]> {
  return page.locator('[data-group="0"] [data-arranged] .rows__main').allTextContents();
}

/** What has the keyboard. */
function focused(): Promise<string> {
  return page.evaluate(() => document.activeElement?.id ?? '');
}
