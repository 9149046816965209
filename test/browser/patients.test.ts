import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

const ADMIN = 'admin@offhook.example';
const STAFF = 'staff@harbor.example';
const LONG = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(2).trim();

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

describeWith(['chromium'], 'the patients of a practice', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    context = await openContext(browser);
    await prepareAudit(context);
    page = (await InboxPage.signedIn(context, product.origin, ADMIN)).page;
    complaints = complaintsOf(page);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await page.locator('body').ariaSnapshot()));
  });

  it('are listed, and found by name and by number', async () => {
    await page.goto(`${product.origin}/harbor/patients`);
    await names(['Ada Whitfield', 'An Nguyễn', 'Lucía Romero', 'Mia Okafor', 'Noah Okafor', 'Theo Lindgren']);
    expect(await audit(page)).toEqual([]);
    await search('okafor');
    await names(['Mia Okafor', 'Noah Okafor']);
    await search('206.202.0314');
    await names(['Lucía Romero']);
    await search('nobody');
    await page.getByText('Nobody found').waitFor();
    expect(await audit(page)).toEqual([]);
    // Neither a name nor a number is ever in the address.
    expect(new URL(page.url()).search).toBe('');
    await search('');
  });

  it('are added, and what is wrong with a number is said where it is', async () => {
    await button('Add patient').click();
    await page.getByRole('textbox', { name: 'Name' }).fill(LONG);
    await page.getByLabel('Phone', { exact: true }).fill('12345');
    await page.locator('dialog[open]').getByRole('button', { name: 'Add patient' }).click();
    await page.getByText('Not a US phone number').waitFor();
    await eventually(() =>
      page.locator('#patient-number-0').evaluate((it) => it === document.activeElement),
    ).toBe(true);
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Phone', { exact: true }).fill('206 202 0311');
    await page.locator('dialog[open]').getByRole('button', { name: 'Add patient' }).click();
    await page.locator('.notice').getByText('added').waitFor();
    await details(LONG);
    await page.getByText('Who else has the same number').waitFor();
    await page.locator('.patient-sharing').getByText('Mia Okafor').waitFor();
    expect(await audit(page)).toEqual([]);
  });

  it('are changed by one manager at a time: the second sees what is different', async () => {
    await button('Edit').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('My Version');
    const colleague = await context.newPage();
    await colleague.goto(`${product.origin}/harbor/patients`);
    await colleague.getByRole('button', { name: `Details of ${LONG}` }).click();
    await colleague.getByRole('button', { name: 'Edit' }).click();
    await colleague.getByRole('textbox', { name: 'Name' }).fill('Theirs');
    await colleague.getByLabel('Deceased').check();
    await colleague.getByRole('button', { name: 'Save', exact: true }).click();
    await colleague.locator('.notice').getByText('Saved').waitFor();
    await colleague.close();

    await button('Save').click();
    await page.getByText('Somebody else changed this patient meanwhile').waitFor();
    await page.getByText('Theirs: Theirs').waitFor();
    await page.getByText('Theirs: Deceased').waitFor();
    expect(await audit(page)).toEqual([]);
    await button('Save mine over it').click();
    await page.locator('.notice').getByText('Saved').waitFor();
    await page.locator('dialog[open]').getByRole('heading', { name: 'My Version' }).waitFor();
  });

  it('are removed after a question', async () => {
    await button('Remove…').click();
    await page.getByRole('alertdialog', { name: 'Remove My Version?' }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.locator('.notice').getByText('My Version removed').waitFor();
    await eventually(() => page.getByText('My Version', { exact: true }).count()).toBe(0);
  });

  it('are imported from a table in UTF-16 with semicolons, after a look at it', async () => {
    const rows = [
      'Last Name;First Name;Mobile Phone;Language',
      '"Lopez";María;206 202 0401;Spanish',
      'Reyes;Ana;12;English',
      ';;206 202 0403;',
      '<b>Kim</b>;Lee;(206) 202-0177;ko',
    ];
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByText('Drop a file here').waitFor();
    expect(await audit(page)).toEqual([]);
    await choose('patients.csv', Buffer.from(`\ufeff${rows.join('\r\n')}`, 'utf16le'));
    await page.getByText('semicolons between its columns, in UTF-16').waitFor();
    await page.getByText('Something is wrong with 2').waitFor();
    await page.getByText('María Lopez').waitFor();
    await page.getByText('There is no name.').waitFor();
    expect(await audit(page)).toEqual([]);
    // Without the column of the first names, and with it again.
    await page.getByLabel('First name').selectOption('Not in this file');
    await page.getByText('Lopez', { exact: true }).waitFor();
    await button('Guess the columns again').click();
    await page.getByText('María Lopez').waitFor();
    await button('Import').click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    await eventually(facts).toMatchObject({ Added: '2', Changed: '0', 'Left out': '2' });
    expect(await audit(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Save what was wrong/ }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toBe(
      '\ufeffRow,What is wrong,Imported\r\n3,Not a US phone number with its area code.,no\r\n4,There is no name.,no\r\n',
    );
  });

  it('make callers known who called before', async () => {
    await product.staff.post('/hooks/demo/abandoned-call/harbor-hangup-en', { from: '2062020177' });
    await page.goto(`${product.origin}/harbor/open`);
    await page.getByRole('link', { name: /<b>Kim<\/b>/ }).waitFor();
    await product.staff.post('/hooks/demo/abandoned-call/harbor-hangup-en', { from: '2062020311' });
    await page.getByRole('link', { name: /Mia Okafor or Noah Okafor/ }).click();
    await button('Shared number').click();
    await page.locator('#names-menu').getByText('Noah Okafor').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.goto(`${product.origin}/harbor?q=noah`);
    await page.getByRole('link', { name: /Mia Okafor or Noah Okafor/ }).waitFor();
  });

  it('are imported on where they were, after the connection or the page was lost', async () => {
    const lines = Array.from({ length: 4_000 }, (_, n) => `Pat ${n},206 ${300 + (n % 8)} ${1000 + n}`);
    // On disk, as a browser finds it again after a reload.
    const file = join(await mkdtemp(join(tmpdir(), 'offhook-import-')), 'many.csv');
    await writeFile(file, ['Name,Phone', ...lines].join('\n'));
    let answered = 0;
    await page.route('**/patient-imports/*/rows', async (route) => {
      answered += 1;
      // Taken by the server, and the answer is lost.
      if (answered === 2) {
        await route.fetch();
        await route.abort();
      } else if (answered < 5) await route.continue();
      else await new Promise((resolve) => setTimeout(resolve, 500)).then(() => route.abort());
    });
    await page.goto(`${product.origin}/harbor/patients/import`);
    await page.locator('#import-file').setInputFiles(file);
    await button('Import').click();
    await page.getByText('The connection is gone').waitFor();
    expect(await audit(page)).toEqual([]);
    const before = Number(
      (await page.getByText(/rows read,/).innerText()).match(/^([\d,]+)/)?.[1]?.replace(',', ''),
    );
    expect(before).toBeGreaterThan(1_000);
    await page.unrouteAll({ behavior: 'ignoreErrors' });

    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByText('An import of many.csv has not come to its end').waitFor();
    await page.locator('#import-file').setInputFiles(file);
    await button('Import').click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    await eventually(facts).toMatchObject({ 'Rows read': '4,001', Added: '4,000', 'Left out': '0' });
    // The same file again changes nothing.
    await button('Import another file').click();
    await page.locator('#import-file').setInputFiles(file);
    await button('Import').click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    await eventually(facts).toMatchObject({ Added: '0', Changed: '0' });
    await rm(dirname(file), { recursive: true });
  });

  it('are imported until somebody cancels', async () => {
    const file = Buffer.from(`Name,Phone\n${'Pat,206 202 0404\n'.repeat(3_000)}`);
    await page.route('**/patient-imports/*/rows', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    await button('Import another file').click();
    await choose('cancelled.csv', file);
    await button('Import').click();
    await button('Cancel').click();
    await page.getByRole('heading', { name: 'The import was called off' }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it.each([
    ['patients.xlsx', Buffer.from('PK\u0003\u0004'), 'This is a workbook or an archive.'],
    ['empty.csv', Buffer.from(''), 'This file is empty.'],
    [
      'wide.csv',
      Buffer.from(Array.from({ length: 1_000 }, (_, n) => `c${n}`).join(',')),
      'This file has 1,000 columns.',
    ],
    ['bundle.json', Buffer.from('{\n  "resourceType": "Bundle"\n}'), 'This is one JSON document.'],
    ['endless.csv', Buffer.from(`Name,Phone\n"${'x'.repeat(200_000)}`), null],
  ])('are not imported from %s', async (name, file, why) => {
    await page.goto(`${product.origin}/harbor/patients/import`);
    await choose(name, file);
    if (why === null) {
      // What is wrong is only found farther down: what comes before it is in.
      await button('Import').click();
      await page.getByText('Row 2 is longer than any row of patients').waitFor();
    } else await page.getByText(why).waitFor();
    expect(await audit(page)).toEqual([]);
  });

  it('come from FHIR too', async () => {
    const patient = (id: string, more: object) =>
      JSON.stringify({
        resourceType: 'Patient',
        id,
        name: [{ use: 'official', text: `Fhir ${id}` }],
        ...more,
      });
    const file = [
      patient('one', { telecom: [{ system: 'phone', use: 'home', value: '206 202 0411' }] }),
      patient('two', { deceasedBoolean: true, telecom: [{ system: 'phone', value: '206 202 0412' }] }),
      '{"resourceType":"Patient","id":"cut',
    ].join('\n');
    await page.goto(`${product.origin}/harbor/patients/import`);
    await choose('patients.ndjson', Buffer.from(file));
    await page.getByText('FHIR R4 patients').waitFor();
    await page.getByText('The file may be cut off').waitFor();
    await button('Import').click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    await eventually(facts).toMatchObject({ Added: '2', 'Left out': '1' });
    await page.getByRole('link', { name: 'Show the patients' }).click();
    await search('fhir');
    await names(['Fhir one', 'Fhir two']);
  });

  it('leave as a file', async () => {
    await button('Export').click();
    expect(await audit(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /As a table/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('patients-harbor.csv');
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n').length).toBeGreaterThan(4_000);
  });

  it('of other practices are searched where the enterprise allows it, and told apart in the inbox', async () => {
    await product.hangUp('2062020312');
    await page.goto(`${product.origin}/lakeside/open`);
    const row = page.locator('a[data-conversation-id]').filter({ hasText: 'Verified elsewhere' });
    await row.waitFor();
    expect(await row.innerText()).not.toContain('Theo');
    const acknowledgement = { name: 'Dana Cole', role: 'Privacy officer', text: 'Allowed.' };
    const turned = await page.evaluate(
      (json) =>
        fetch('/api/enterprise/any-patient', {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(json),
        }).then(({ status }) => status),
      { isOn: true, acknowledgement },
    );
    expect(turned).toBe(200);
    await row.filter({ hasText: 'Theo Lindgren' }).waitFor();
    await row.click();
    await page.locator('.conversation-head').getByText('Verified elsewhere').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.goto(`${product.origin}/lakeside/patients`);
    await page.getByText('No patients yet').waitFor();
    await button('All practices').click();
    await search('theo');
    await names(['Theo Lindgren']);
    await page.getByText('Another practice').waitFor();
    expect(await audit(page)).toEqual([]);
  });

  it('are seen and searched by staff, and changed by managers only', async () => {
    const own = await openContext(browser);
    await prepareAudit(own);
    const inbox = await InboxPage.open(own, product.origin);
    await inbox.signIn(STAFF);
    const staff = inbox.page;
    await staff.getByRole('link', { name: 'Patients' }).click();
    await staff.getByRole('button', { name: 'Details of Ada Whitfield' }).click();
    await staff.getByText('Whoever uses the number now stays unverified').waitFor();
    expect(await audit(staff)).toEqual([]);
    for (const name of ['Edit', 'Remove…', 'Add patient', 'Export'])
      expect(await staff.getByRole('button', { name }).count()).toBe(0);
    await staff.goto(`${product.origin}/harbor/patients/import`);
    await staff.getByText('For managers').waitFor();
    await own.close();
    expect(complaints.filter((one) => !/400|409|ERR_FAILED/.test(one))).toEqual([]);
  });
});

function button(name: string) {
  return page.getByRole('button', { name, exact: true });
}

async function search(words: string): Promise<void> {
  await page.getByRole('searchbox', { name: /Search patients/ }).fill(words);
}

/** What the list shows, in its order, once it does. */
async function names(wanted: string[]): Promise<void> {
  await eventually(() => page.locator('[data-patient-id] strong').allInnerTexts()).toEqual(wanted);
}

async function details(name: string): Promise<void> {
  await page.getByRole('button', { name: `Details of ${name}` }).click();
  await page.locator('dialog[open]').getByRole('heading', { name }).waitFor();
}

async function choose(name: string, buffer: Buffer): Promise<void> {
  await page.locator('#import-file').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

async function facts(): Promise<Record<string, string>> {
  const [terms, values] = await Promise.all([
    page.locator('.facts dt').allInnerTexts(),
    page.locator('.facts dd').allInnerTexts(),
  ]);
  return Object.fromEntries(terms.map((term, index) => [term, values[index] ?? '']));
}
