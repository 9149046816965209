import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop as stopEsbuild } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LocalServer } from '../../scripts/local-server.ts';
import { firstAdminLinkSql } from '../../src/practices/first-admin-link.ts';
import { hashOf, newSecret } from '../../src/practices/secret.ts';
import { describeWith } from '../real-program.ts';
import { freePort } from '../served/killable.ts';
import { serving } from '../served/serving.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';

/** Who texts the line by themselves, and who calls. */
const WRITER = '3032020122';
const CALLER = '3032020123';

let stateDir: string;
let server: LocalServer;
let browser: Browser;
let page: Page;
/** The list of steps, which nobody touches: it ticks by itself. */
let steps: Page;
let complaints: string[];

/** Somebody who has never seen Offhook, with nothing but a link and what is on the screens. */
describeWith(['chromium'], 'a newcomer in an empty enterprise', () => {
  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'offhook-newcomer-'));
    server = await serving({ port: await freePort(), stateDir, isEmpty: true });
    browser = await openBrowser();
    const context = await openContext(browser);
    await prepareAudit(context);
    page = await context.newPage();
    complaints = complaintsOf(page);
    steps = await context.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await stopEsbuild();
    await rm(stateDir, { recursive: true, force: true });
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const one of [page, steps]) console.error(await one.locator('body').ariaSnapshot());
    });
  });

  it('becomes the first admin, and is asked for a practice', async () => {
    const token = newSecret();
    const link = { email: 'jo@clinic.example', expiresAt: Date.now() + 60_000 };
    await server.database.prepare(firstAdminLinkSql({ ...link, tokenHash: await hashOf(token) })).run();
    await page.goto(`${server.origin}/welcome#${token}`);
    await page.getByLabel('Your name').fill('Jo Lindqvist');
    await page.getByLabel('Password, at least').fill('four words in a row');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Make your first practice' }).waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('practice-name');
    expect(await audit(page)).toEqual([]);
  });

  it('makes it, told what is wrong in words, and sees what comes next', async () => {
    await page.getByRole('button', { name: 'Make the practice' }).click();
    await page.getByText('Give it a name.').waitFor();
    await page.getByLabel('Name').fill('Río Verde Urgent Care');
    await page.getByLabel('Time zone').fill('Atlantis');
    await page.keyboard.press('Enter');
    await page.getByText('There is no such time zone').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Time zone').fill('denver');
    await page.getByLabel('Main number').fill('12');
    await page.keyboard.press('Enter');
    await page.getByText('write a US phone number').waitFor();
    await page.getByLabel('Main number').fill('303 555 0101');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Set-up' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/rio-verde-urgent-care/set-up');
    await eventually(() => ticked(page)).toEqual(['profile']);
    expect(await audit(page)).toEqual([]);
    await steps.goto(page.url());
  });

  it('finds the same steps on the empty inbox, and follows them to a line', async () => {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link').first().click();
    const list = page.getByRole('region', { name: 'Setting up: 1 of 8 done' });
    await list.waitFor();
    expect(await audit(page)).toEqual([]);
    await list.getByRole('link', { name: /A line to text from/ }).click();
    await page.getByText('No line yet').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add a line' }).click();
    await page.getByText('Other carriers are not set up here yet').click();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Number', { exact: true }).fill('303 555 0150');
    await page.getByRole('button', { name: 'Add the line' }).click();
    await page.getByText('kept for films').waitFor();
    await page.getByLabel('Number', { exact: true }).fill('303 202 0150');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Main line' }).waitFor();
    await page.getByText('Simulated phones are here').waitFor();
    await page.getByText('No text has come in yet.').waitFor();
    await eventually(() => page.getByLabel('Calls are forwarded to').inputValue()).toBe('(303) 555-0101');
    expect(await audit(page)).toEqual([]);
  });

  it('texts the line from the handset, and both pages know at once', async () => {
    const sent = await fetch(`${server.origin}/simulator/handsets/${WRITER}/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ to: '+13032020150', body: 'Is this the clinic?' }),
    });
    expect(sent.status).toBe(202);
    await page.getByText('Texts come in.').waitFor();
    await eventually(() => ticked(steps)).toEqual(['profile', 'line']);
  });

  it('sets hours, and makes a trigger', async () => {
    await follow('Hours and holidays');
    await page.getByRole('button', { name: 'Set the hours' }).click();
    await page.getByRole('button', { name: 'Save hours' }).click();
    await page.locator('.notice').getByText('Hours saved').waitFor();
    await follow('A trigger');
    await page.getByText('Nothing texts from this line yet').waitFor();
    await page.getByRole('button', { name: /Add a trigger/ }).click();
    await page.getByLabel('Abandoned call').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: false }).click();
    await page.getByRole('heading', { level: 1, name: 'Abandoned call, English' }).waitFor();
  });

  it('fires it as the page says, and the call is received', async () => {
    await page.getByRole('button', { name: 'Show the steps' }).click();
    await page.getByRole('tab', { name: 'Any other' }).click();
    const command = await page.locator('pre', { hasText: 'YOUR-TEN-DIGITS' }).innerText();
    const [, url = '', form = ''] = /^curl -X POST '([^']+)' -d '([^']+)'$/.exec(command) ?? [];
    const body = new URLSearchParams(form.replace('YOUR-TEN-DIGITS', CALLER));
    const answer = await (await fetch(url, { method: 'POST', body })).json();
    expect(answer).toMatchObject({ result: 'texting' });
    await eventually(() => ticked(steps)).toEqual(['profile', 'line', 'hours', 'trigger', 'call', 'tested']);
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Open/ }).click();
    await page.getByRole('link', { name: /\(303\) 202-0123/ }).waitFor();
  });

  it('stands by the text, and is left with nothing but a teammate to find', async () => {
    await steps.getByRole('button', { name: /It is right/ }).click();
    await eventually(() => ticked(steps)).toContain('texts');
    expect(await audit(steps)).toEqual([]);
    await eventually(() => steps.locator('[data-step][aria-current="step"]').getAttribute('data-step')).toBe(
      'teammate',
    );
    await steps.getByRole('link', { name: 'A teammate' }).click();
    await steps.getByRole('button', { name: 'Invite somebody' }).waitFor();
  });

  it('is shown the difference when a colleague renamed the practice or the line first', async () => {
    await page.getByRole('link', { name: 'Practice', exact: true }).click();
    await steps.getByRole('link', { name: 'Practice', exact: true }).click();
    await steps.getByLabel('Name').fill('Rio Verde');
    await page.getByLabel('Name').fill('Green River');
    await page.getByLabel('Call center').check();
    expect(await audit(page)).toEqual([]);
    await steps.getByRole('button', { name: 'Save' }).click();
    await steps.locator('.notice').getByText('Saved').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Somebody else changed this practice meanwhile' }).waitFor();
    await eventually(() => page.locator('.differences').innerText()).toContain('Theirs: Rio Verde');
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.locator('.rail').getByText('Green River').waitFor();

    for (const one of [page, steps]) {
      await one.getByRole('link', { name: 'Lines', exact: true }).click();
      await one.getByRole('link', { name: 'Main line' }).click();
    }
    await steps.getByLabel('Pace of automatic texts').fill('3');
    await steps.getByRole('button', { name: 'Save' }).click();
    await steps.locator('.notice').getByText('It holds everywhere').waitFor();
    await page.getByLabel('Name').fill('Front desk');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Somebody else changed this line meanwhile' }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await eventually(() => page.getByLabel('Pace of automatic texts').inputValue()).toBe('3');
  });

  it('retires the line and archives the practice, and nothing was complained about on the way', async () => {
    await page.getByRole('button', { name: 'Retire…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retire', exact: true }).click();
    await page.getByRole('button', { name: 'Bring it back' }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('link', { name: 'Practice', exact: true }).click();
    await page.getByRole('button', { name: 'Archive…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Archive', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Make your first practice' }).waitFor();
    // What was refused on purpose.
    expect(complaints.filter((one) => !/status of (400|409)/.test(one))).toEqual([]);
  });
});

/** The steps that are done, in their order. */
function ticked(on: Page): Promise<(string | null)[]> {
  return on
    .locator('[data-step][data-state="done"]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-step')));
}

/** By the list of steps, as somebody would who does not know the menu. */
async function follow(step: string): Promise<void> {
  await page.getByRole('link', { name: 'Set-up', exact: true }).click();
  await page.locator('.steps').getByRole('link', { name: step }).click();
}
