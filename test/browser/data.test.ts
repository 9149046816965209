import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RetentionAnswer } from '../../src/domain/practice/retention.ts';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER } from './inbox-page.ts';
import { Product } from './product.ts';

let product: Product;
let browser: Browser;
let manager: Page;
let complaints: string[];

describeWith(['chromium'], 'keeping and exporting', () => {
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

  it('is set by choices, and asks before it keeps less', async () => {
    await manager.getByRole('link', { name: 'Data' }).click();
    await manager.getByText('Nothing has been deleted yet').waitFor();
    expect(await audit(manager)).toEqual([]);
    await conversationDays().selectOption('90');
    await manager.getByRole('button', { name: 'Save' }).click();
    await manager.getByRole('alertdialog').getByText('deletes conversations after 90 days').waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'Keep less' }).click();
    await manager.locator('.notice').getByText('Saved').waitFor();
    await manager.reload();
    await manager.getByText('Nothing has been deleted yet').waitFor();
    await eventually(() => conversationDays().inputValue()).toBe('90');
  });

  it('shows what somebody else chose meanwhile', async () => {
    const other = await ask('PUT', '/api/practices/lakeside/retention', {
      set: { conversationDays: 365, activityDays: null, auditDays: null },
      version: 1,
    });
    expect(other).toBe(200);
    await conversationDays().selectOption('0');
    await manager.getByRole('button', { name: 'Save' }).click();
    await manager.getByText('You had chosen: Conversations for ever.').waitFor();
    await eventually(() => conversationDays().inputValue()).toBe('365');
    expect(await audit(manager)).toEqual([]);
  });

  it('holds one conversation, by way of its page for printing, and all of a practice', async () => {
    const id = await conversation();
    await manager.goto(`${product.origin}/lakeside/c/${id}`);
    const [paper] = await Promise.all([
      manager.waitForEvent('popup'),
      manager.getByRole('link', { name: 'Print or keep' }).click(),
    ]);
    await paper.getByRole('heading', { name: 'Conversation with' }).waitFor();
    expect(await audit(paper)).toEqual([]);
    await paper.getByRole('link', { name: 'put it on hold' }).click();
    await paper.getByLabel(`Why conversation ${id.slice(0, 8)} is to be kept`).waitFor();
    await paper.getByRole('button', { name: 'Hold this conversation' }).click();
    await paper.getByText('Say why').waitFor();
    expect(await audit(paper)).toEqual([]);
    await paper.getByLabel('Why conversation').fill('Asked for by counsel');
    await paper.keyboard.press('Enter');
    await paper.getByText('Asked for by counsel').waitFor();
    expect(await audit(paper)).toEqual([]);
    await paper.close();
    await manager.goto(`${product.origin}/lakeside/data`);
    await manager.getByLabel('Why all of Lakeside').fill('x'.repeat(200));
    await manager.getByRole('button', { name: 'Hold all of this practice' }).click();
    await manager.getByText('Everything', { exact: true }).waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'End hold on All of' }).click();
    await manager.getByText('Everything', { exact: true }).waitFor({ state: 'detached' });
  });

  it('gives everything out as a file', async () => {
    const [download] = await Promise.all([
      manager.waitForEvent('download'),
      manager.getByRole('link', { name: 'Export all conversations' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^conversations-lakeside-.*\.ndjson$/);
  });

  it('says what the last night did, and what it could not load', async () => {
    const answer: RetentionAnswer = {
      set: { conversationDays: 31, activityDays: 90, auditDays: 400 },
      version: 7,
      above: { conversationDays: 0, activityDays: 30, auditDays: 2190 },
      holds: [],
      lastRun: { beganAt: 1_790_000_000_000, endedAt: null, deleted: 1_204, held: 3, failed: 2 },
    };
    await manager.route('**/api/practices/lakeside/retention', (route) => route.fulfill({ json: answer }));
    await manager.reload();
    await manager.getByText('It is under way, and goes on by itself.').waitFor();
    await eventually(() => conversationDays().inputValue()).toBe('31');
    expect(await audit(manager)).toEqual([]);
    await manager.unrouteAll();
    const error = { code: 'internal', message: 'Something went wrong on our side.' };
    await manager.route('**/api/practices/lakeside/retention', (route) =>
      route.fulfill({ status: 500, json: { error } }),
    );
    await manager.reload();
    await manager.getByText('This could not be loaded').waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.unrouteAll();
    await manager.getByRole('button', { name: 'Try again' }).click();
    await manager.getByText('Nothing has been deleted yet').waitFor();
    expect(complaints.filter((one) => !/409|500/.test(one))).toEqual([]);
  });
});

function ask(method: string, path: string, json: object): Promise<number> {
  return manager.evaluate(
    async (asked) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(asked.path, { method: asked.method, headers, body: JSON.stringify(asked.json) }))
        .status;
    },
    { method, path, json },
  );
}

async function conversation(): Promise<string> {
  const answer = await fetch(`${product.origin}/hooks/demo/abandoned-call/lakeside-hangup-en`, {
    method: 'POST',
    body: new URLSearchParams({ CALLER_ID_NUMBER: '2062020161' }),
  });
  return ((await answer.json()) as { conversation: string }).conversation;
}

async function context(): Promise<BrowserContext> {
  const opened = await openContext(browser);
  await prepareAudit(opened);
  return opened;
}

function conversationDays(): Locator {
  return manager.getByRole('combobox', { name: 'Conversations' });
}
