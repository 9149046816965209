import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, openBrowser, openContext } from './browser.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

let product: Product;
let browser: Browser;
let page: Page;
let complaints: string[];

describeWith(['chromium'], 'an admin', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    const context = await openContext(browser);
    await prepareAudit(context);
    page = (await InboxPage.signedIn(context, product.origin, 'admin@offhook.example')).page;
    complaints = complaintsOf(page);
    await page.getByRole('link', { name: 'Enterprise', exact: true }).click();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await page.locator('body').ariaSnapshot()));
  });

  it('sets what holds for all practices', async () => {
    await page.getByLabel('Sign out after').fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write a whole number from 1 to 480.').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Sign out after').fill('20');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice').getByText('Saved').waitFor();
  });

  it('lets practices see any patient, on somebody’s word, and no longer', async () => {
    await page.getByRole('button', { name: 'Turn it on…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).last().fill('Sam Okoro');
    await page.getByLabel('Role').fill('privacy officer');
    await page.getByRole('dialog').getByRole('button', { name: 'Turn it on' }).click();
    await page.getByText('Tick that it was agreed to').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('They agreed to these words').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Turn it on' }).click();
    await page.getByText('Sam Okoro, privacy officer').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Turn it off' }).click();
    await page.getByText('each practice sees its own patients only').waitFor();
  });

  it('keeps the list of numbers that are never texted', async () => {
    await page.getByRole('tab', { name: 'Do not text' }).click();
    await page.getByText('Nobody is on the list').waitFor();
    await page.getByLabel('Number', { exact: true }).fill('800 202 0144');
    await page.getByLabel('Why').fill('<b>Asked</b> by letter');
    await page.keyboard.press('Enter');
    await page.getByText('toll-free numbers are never texted').waitFor();
    await page.getByLabel('Number', { exact: true }).fill('206 202 0144');
    await page.keyboard.press('Enter');
    await page.getByText('<b>Asked</b> by letter').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Find').fill('999');
    await page.getByText('Not on the list').waitFor();
    await page.getByLabel('Find').fill('0144');
    await page.getByRole('button', { name: /Take off/ }).click();
    await page.locator('.notice').getByText('may be texted again').waitFor();
  });

  it('makes a key for a program, sees it once, and revokes it', async () => {
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByText('No keys yet').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Nightly import');
    await page.getByRole('combobox', { name: 'Practice' }).selectOption('Harbor Pediatrics');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('Choose what it is good for.').waitFor();
    await page.getByRole('checkbox', { name: /^Patients/ }).check();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('you will not see it again').waitFor();
    await page.getByRole('heading', { name: 'Nightly import, for Harbor Pediatrics' }).waitFor();
    expect(await audit(page)).toEqual([]);
    const secret = (await page.locator('.key-made code').textContent()) ?? '';
    const answer = await fetch(`${product.origin}/api/practices/harbor/patients`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
    expect(answer.status).toBe(200);
    await page.reload();
    await page.getByText(/^Last used/).waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByRole('button', { name: 'Revoke… Nightly import' }).click();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No keys yet').waitFor();
  });

  it('sees all practices, and can make another', async () => {
    await page.getByRole('tab', { name: 'Practices' }).click();
    await page.getByRole('link', { name: 'Harbor Pediatrics' }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make a practice' }).click();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('takes a practice elsewhere as a file, and is shown what would change before it does', async () => {
    await page.goto(`${product.origin}/lakeside/practice`);
    await page.getByText('Take it elsewhere').waitFor();
    const path = `${product.origin}/api/practices/lakeside/configuration`;
    const file = (await (await page.request.get(path)).json()) as { practice: { name: string } };
    await choose('not json');
    await page.getByText('is no JSON file').waitFor();
    await choose(JSON.stringify({ kind: 'something else' }));
    await page.getByRole('dialog').getByText('Check “').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press('Escape');
    file.practice.name = 'Lakeside';
    await choose(JSON.stringify(file));
    await page.getByText('The practice: name').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take it in' }).click();
    await page.getByRole('button', { name: /^Lakeside\W+switch practice/ }).waitFor();
    // What was refused on purpose.
    expect(complaints.filter((one) => !/status of 400/.test(one))).toEqual([]);
  });
});

async function choose(content: string): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'practice.json', mimeType: 'application/json', buffer: Buffer.from(content) });
}
