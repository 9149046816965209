import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { countDraws, eventually, openBrowser, openContext } from './browser.ts';
import { ALL_OPEN, InboxPage, STAFF } from './inbox-page.ts';
import { Product } from './product.ts';

const CALLERS = ['2062020171', '2062020172'] as const;
const MORE = 8;

let product: Product;
let browser: Browser;
let inbox: InboxPage;

describeWith(['chromium'], 'the whole work with the keyboard only', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await inbox?.page.locator('body').ariaSnapshot()));
  });

  it('signs in, opens the first conversation, replies, marks it done, and goes on with the next', async () => {
    const ids = [];
    for (const caller of CALLERS) {
      ids.push(await product.hangUp(caller));
      await product.writeFrom(caller, 'Hello?');
    }
    const [first = '', second = ''] = ids;
    inbox = await InboxPage.open(await openContext(browser), product.origin, ALL_OPEN);
    const { keyboard } = inbox.page;
    await eventually(focused).toMatchObject({ id: 'email' });
    await keyboard.type(STAFF.email);
    await keyboard.press('Tab');
    await keyboard.type('offhook-demo');
    await keyboard.press('Enter');
    await eventually(() => inbox.rowIds()).toEqual([first, second]);
    await eventually(focused).toMatchObject({ id: 'list-title' });

    // Past the search, into the list: its first row is the one that has waited the longest.
    await tabTo({ row: first });
    await eventually(focused).toMatchObject({ isRinged: true });
    await keyboard.press('Enter');
    await eventually(focused).toMatchObject({ id: 'conversation-title' });
    await inbox.messages.waitFor();

    await keyboard.press('r');
    await eventually(focused).toMatchObject({ id: 'composer-text', isRinged: true });
    await keyboard.type('Hello! Which day suits you?');
    await keyboard.press('Control+Enter');
    await eventually(() => inbox.bubble('Which day').innerText()).toContain('Delivered');
    expect(await product.timesReceived(CALLERS[0], 'Hello! Which day suits you?')).toBe(1);

    await keyboard.press('Escape');
    await eventually(focused).toMatchObject({ id: 'conversation-title' });
    await keyboard.press('Escape');
    await eventually(focused).toMatchObject({ row: first, isRinged: true });
    await keyboard.press('e');
    await eventually(() => inbox.rowIds()).toEqual([second]);
    await eventually(focused).toMatchObject({ row: second, isRinged: true });
    await keyboard.press('Enter');
    await inbox.page.getByRole('heading', { level: 2, name: '(206) 202-0172' }).waitFor();
  });

  it('moves in the list with J and K, and reads the shortcuts with ?', async () => {
    const { keyboard } = inbox.page;
    const added = await product.hangUp('2062020173');
    await inbox.row(added).waitFor();
    const [top, bottom] = await inbox.rowIds();
    await inbox.row(top ?? '').focus();
    await keyboard.press('j');
    await eventually(focused).toMatchObject({ row: bottom });
    await keyboard.press('k');
    await eventually(focused).toMatchObject({ row: top });
    await keyboard.press('?');
    const shortcuts = inbox.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await shortcuts.waitFor();
    await keyboard.press('Escape');
    await shortcuts.waitFor({ state: 'hidden' });
    await eventually(focused).toMatchObject({ row: top });
  });

  it('draws the rows that a key touches, and no others', async () => {
    for (let n = 1; n <= MORE; n += 1) await product.hangUp(`20620201${80 + n}`);
    await eventually(async () => (await inbox.rowIds()).length).toBeGreaterThan(MORE);
    const [top = '', next = ''] = (await inbox.rowIds()).map(String);
    await inbox.row(top).focus();
    const drawn = await countDraws(inbox.page, 'row__dot');
    // A text that is delivered meanwhile draws its row too; not each time.
    await eventually(async () => {
      await pressUntil('k', { row: top });
      await drawn();
      await pressUntil('j', { row: next });
      return drawn();
    }).toBe(2);
    await eventually(async () => {
      for (const [key, row] of [
        ['k', top],
        ['j', next],
      ] as const) {
        await pressUntil(key, { row });
        await drawn();
        await pressUntil('Enter', { id: 'conversation-title' });
        await inbox.messages.waitFor();
        await pressUntil('Escape', { row });
      }
      return drawn();
      // Those that were and that are open.
    }).toBe(2);
  });
});

async function pressUntil(key: string, wanted: { row?: string; id?: string }): Promise<void> {
  await inbox.page.keyboard.press(key);
  await eventually(focused).toMatchObject(wanted);
}

/** Where the keyboard is, and whether that shows. */
function focused(): Promise<{ id: string; row: string | null; isRinged: boolean }> {
  return inbox.page.evaluate(() => {
    const { activeElement } = document;
    const style = getComputedStyle(activeElement ?? document.body);
    return {
      id: activeElement?.id ?? '',
      row: activeElement?.getAttribute('data-conversation-id') ?? null,
      isRinged: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    };
  });
}

async function tabTo(wanted: { row: string }): Promise<void> {
  for (let presses = 0; presses < 10; presses++) {
    if ((await focused()).row === wanted.row) return;
    await inbox.page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}
