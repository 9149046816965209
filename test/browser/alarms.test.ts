import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import type { PracticeAlarm } from '../../src/domain/inbox/practice-alarm.ts';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage, MANAGER, STAFF } from './inbox-page.ts';
import { Product } from './product.ts';

const LONG_NAME = 'Lakeside Pediatric Urgent Care and After-Hours Nurse Line (North Campus)';
/** Each is looked at in four ways. */
const TIMEOUT_MS = 120_000;
const NOTICES = { name: 'Notices for managers' };

let product: Product;
let browser: Browser;
let context: BrowserContext;

describeWith(['chromium'], 'what managers are told', () => {
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

  it('comes to them live, is gone at a key, and staff see nothing of it', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const staffContext = await openContext(browser);
    const staff = await InboxPage.signedIn(staffContext, product.origin, STAFF.email);
    const manager = await InboxPage.signedIn(context, product.origin, MANAGER.email);
    const complaints = complaintsOf(manager.page);
    const notices = manager.page.getByRole('region', NOTICES);
    expect(await notices.count()).toBe(0);
    await wrongSignature();
    await notices.getByText('has a wrong signature').waitFor();
    await eventually(() => notices.innerText()).toContain('Check SIMULATOR_SECRET.');
    expect(await audit(manager.page)).toEqual([]);
    await manager.button('Dismiss: Wrong signature, Main line').focus();
    await manager.page.keyboard.press('Enter');
    await eventually(() => notices.count()).toBe(0);
    await eventually(() => manager.page.evaluate(() => document.activeElement?.id)).toBe('list-title');
    expect(await staff.page.getByRole('region', NOTICES).count()).toBe(0);
    expect(complaints).toEqual([]);
    await Promise.all([staffContext.close(), manager.page.close()]);
  });

  it('fits, three at once and with long names, in short and opened with the keyboard', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const own = await openContext(browser);
    await prepareAudit(own);
    const inbox = await InboxPage.open(own, product.origin);
    await inbox.page.routeWebSocket(/\/inbox/, (socket) => {
      socket.connectToServer().onMessage((data) => {
        const frame = JSON.parse(String(data)) as InboxFrame;
        socket.send(JSON.stringify('counts' in frame ? { ...frame, alarms: three() } : frame));
      });
    });
    await product.hangUp('2062020190');
    await inbox.signIn(MANAGER.email);
    const notices = inbox.page.getByRole('region', NOTICES);
    await eventually(() => notices.getByRole('listitem').count()).toBe(3);
    expect(await notices.getByText('Check the account there').isVisible()).toBe(false);
    expect(await audit(inbox.page)).toEqual([]);
    for (const title of ['Texts are refused', 'Wrong signature', 'Lost texts were found']) {
      await notices.locator('summary', { hasText: title }).focus();
      await inbox.page.keyboard.press('Enter');
    }
    await notices.getByText('Check the account there').waitFor();
    expect(await audit(inbox.page)).toEqual([]);
    await own.close();
  });
});

async function wrongSignature(): Promise<void> {
  const text = { messageId: 'm-1', from: '+12062020191', to: '+12062020100', body: 'Hello', at: Date.now() };
  const answer = await fetch(`${product.origin}/carriers/simulator/messages`, {
    method: 'POST',
    body: JSON.stringify(text),
    headers: {
      'Content-Type': 'application/json',
      'simulator-signature': `t=${Date.now()},v1=${'0'.repeat(64)}`,
    },
  });
  expect(answer.status).toBe(403);
}

function three(): PracticeAlarm[] {
  const now = Date.now();
  const line = { id: 'north', name: LONG_NAME };
  const shared = { line, carrier: 'twilio', firstAt: now - 26 * 3600_000, lastAt: now } as const;
  return [
    { ...shared, id: 'a', kind: 'account', detail: 'account', count: 1234 },
    { ...shared, id: 'b', kind: 'signature', detail: null, count: 4 },
    { ...shared, id: 'c', kind: 'recovered', detail: null, count: 3 },
  ];
}
