import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditAnswer, ShownEntry, VerifyAnswer } from '../../src/domain/audit/audit-answer.ts';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER } from './inbox-page.ts';
import { Product } from './product.ts';

const LONG = 'x'.repeat(100);

let product: Product;
let browser: Browser;
let manager: Page;
let complaints: string[];

describeWith(['chromium'], 'the audit log', () => {
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

  it('tells who did what, and what it was before', async () => {
    const status = await manager.evaluate(async () => {
      const change = { method: 'PATCH', headers: { 'Content-Type': 'application/json' } };
      const body = JSON.stringify({ segmentsPerSecond: 7 });
      return (await fetch('/api/practices/lakeside/lines/lakeside-main', { ...change, body })).status;
    });
    expect(status).toBe(200);
    await manager.getByRole('link', { name: 'Audit' }).click();
    await row('Marcus Webb changed a line').waitFor();
    expect(await audit(manager)).toEqual([]);
    await row('Marcus Webb changed a line').getByRole('button').click();
    await manager.getByRole('row', { name: 'Segments per second 100 7' }).waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.keyboard.press('Escape');
    await row('Marcus Webb signed in').waitFor();
    await manager.getByRole('button', { name: 'Enterprise' }).waitFor({ state: 'detached' });
  });

  it('is searched and narrowed, and what was asked stands in the address', async () => {
    await manager.getByLabel('Search by who, what').fill('changed a line');
    await row('Marcus Webb signed in').waitFor({ state: 'detached' });
    await row('Marcus Webb changed a line').waitFor();
    await manager.getByLabel('Kind').selectOption('access');
    await manager.getByText('Nothing like that').waitFor();
    expect(new URL(manager.url()).search).toBe('?q=changed+a+line&kind=access');
    expect(await audit(manager)).toEqual([]);
    await manager.getByRole('button', { name: 'Show everything' }).click();
    await row('Marcus Webb signed in').waitFor();
    await manager.getByLabel('To', { exact: true }).fill('2026-01-01');
    await manager.getByText('Nothing like that').waitFor();
    await manager.getByRole('button', { name: 'Show everything' }).click();
    await row('Marcus Webb signed in').waitFor();
  });

  it('is verified, and says so', async () => {
    await manager.getByRole('button', { name: 'Verify' }).click();
    await manager
      .getByRole('status')
      .getByText(/^All \d+ entries are as they were written\.$/)
      .waitFor({ state: 'attached' });
    expect(await audit(manager)).toEqual([]);
  });

  it('is exported as a file', async () => {
    const [download] = await Promise.all([
      manager.waitForEvent('download'),
      manager.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^audit-lakeside-.*\.csv$/);
  });

  it('says which entry is wrong, how far it has come, and what it could not load', async () => {
    const head = { seq: 12_000, hash: 'f'.repeat(64) };
    const answers: VerifyAnswer[] = [
      { fault: null, checkedTo: 6_000, first: 1, head },
      { fault: { is: 'removed', seq: 1_204 * 5 }, checkedTo: 6_019, first: 1, head },
    ];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await manager.route('**/audit/verify?*', async (route) => {
      const answer = answers.shift();
      if (answers.length === 0) await released;
      await route.fulfill({ json: answer });
    });
    await manager.getByRole('button', { name: 'Verify' }).click();
    await manager.getByRole('progressbar').waitFor();
    await eventually(() => manager.getByRole('progressbar').getAttribute('value')).toBe('6000');
    expect(await audit(manager)).toEqual([]);
    release();
    await manager.locator('.audit-verify').getByText('Entry 6,020 is not there: it was removed.').waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.unrouteAll();

    await manager.route('**/api/practices/lakeside/audit?*', (route) => route.fulfill({ json: odd() }));
    await manager.reload();
    await row(LONG).first().waitFor();
    await manager.getByText('has been looked through').waitFor();
    expect(await audit(manager)).toEqual([]);
    await row(LONG).first().getByRole('button').click();
    expect(await audit(manager)).toEqual([]);
    await manager.unrouteAll();

    const error = { code: 'internal', message: 'Something went wrong on our side.' };
    await manager.route('**/api/practices/lakeside/audit?*', (route) =>
      route.fulfill({ status: 500, json: { error } }),
    );
    await manager.reload();
    await manager.getByText('The audit log could not be loaded').waitFor();
    expect(await audit(manager)).toEqual([]);
    await manager.unrouteAll();
    await manager.getByRole('button', { name: 'Try again' }).click();
    await row('Marcus Webb signed in').first().waitFor();
    expect(complaints.filter((one) => !one.includes('500'))).toEqual([]);
  });

  it('of the enterprise is an admin’s to see', async () => {
    const { page } = await InboxPage.signedIn(await context(), product.origin, 'admin@offhook.example');
    await page.goto(`${product.origin}/lakeside/audit`);
    await page.getByRole('button', { name: 'Enterprise' }).click();
    await page.locator('.audit-row').filter({ hasText: 'Jo Lindqvist signed in' }).waitFor();
    expect(await audit(page)).toEqual([]);
  });
});

function row(text: string) {
  return manager.locator('.audit-row').filter({ hasText: text });
}

/** Hostile and extreme, and a search that paused. */
function odd(): AuditAnswer {
  const hostile = '<img src=x onerror=alert(1)>';
  const entry = (seq: number): ShownEntry => ({
    seq,
    at: Date.UTC(2026, 0, seq),
    who: { is: 'staff', id: 'x', name: seq % 2 ? LONG : hostile },
    from: { address: '2001:db8:1234:5678:9abc:def0:1234:5678', browser: 'Samsung Internet on Android' },
    action: 'trigger-live-by-override',
    subject: { is: 'trigger', id: 'x', label: `${LONG}, ${hostile}` },
    before: { [LONG]: LONG.repeat(6), empty: null },
    after: { list: [1, [2, { deep: hostile }]], worksUntil: 1, isOn: false },
    hash: 'f'.repeat(64),
  });
  return { entries: [3, 2, 1].map(entry), nextCursor: '1', readTo: Date.UTC(2025, 5, 1) };
}

async function context(): Promise<BrowserContext> {
  const opened = await openContext(browser);
  await prepareAudit(opened);
  return opened;
}
