import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { eventually, openBrowser, openContext } from './browser.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

const CALLER = '2062020171';
const NOTES = 420;
/** Of messages in the document; what else stands between them is a few days and calls. */
const MOST_DRAWN = 200;

let product: Product;
let browser: Browser;
let context: BrowserContext;
let inbox: InboxPage;
let id: string;

describeWith(['chromium'], 'a long conversation', () => {
  beforeAll(async () => {
    product = await Product.start();
    id = await product.hangUp(CALLER);
    for (let n = 1; n <= NOTES; n += 1) await write(`Note number ${n}.`);
    browser = await openBrowser();
    context = await openContext(browser);
    inbox = await InboxPage.signedIn(context, product.origin);
    await inbox.goTo(`/lakeside/open/c/${id}`);
    await inbox.bubble(`Note number ${NOTES}.`).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await inbox?.page.locator('body').ariaSnapshot()));
  });

  it('is read back to its first message, keeps in place what is looked at, and never holds all of itself', async () => {
    const first = inbox.bubble('Note number 1.');
    await expect
      .poll(
        async () => {
          const { moved, drawn } = await scrollUp();
          expect(drawn).toBeLessThanOrEqual(MOST_DRAWN);
          expect(Math.abs(moved)).toBeLessThan(2);
          return first.count();
        },
        { timeout: 30_000, interval: 50 },
      )
      .toBe(1);
    expect(await inbox.bubble(`Note number ${NOTES}.`).count()).toBe(0);
  });

  it('is read on to its end, and gets there at a click', async () => {
    await inbox.messages.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await eventually(async () => {
      const texts = await inbox.messages.locator('.bubble').allInnerTexts();
      return Number(/\d+/.exec(texts.at(-1) ?? '')?.[0]);
    }).toBeGreaterThan(200);
    await write('Written meanwhile.');
    await inbox.button('Back to the newest').click();
    await inbox.bubble('Written meanwhile.').waitFor();
    await eventually(() => belowPx()).toBeLessThan(2);
    await write('And at once.');
    await inbox.bubble('And at once.').waitFor();
    await eventually(() => belowPx()).toBeLessThan(2);
  });

  it('shows what is sent at its end, from wherever it was read', async () => {
    await eventually(async () => {
      await scrollUp();
      return inbox.button('Back to the newest').count();
    }).toBe(1);
    await inbox.reply('Please come at ten.');
    await eventually(() => inbox.bubble('at ten').innerText()).toContain('Delivered');
    await eventually(() => belowPx()).toBeLessThan(2);
    expect(await inbox.bubble('And at once.').count()).toBe(1);
  });
});

describeWith(['chromium'], 'a deploy while a page is open', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    context = await openContext(browser);
    inbox = await InboxPage.signedIn(context, product.origin, 'manager@lakeside.example');
    id = await product.hangUp(CALLER);
    await inbox.openConversation(id);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await inbox?.page.locator('body').ariaSnapshot()));
  });

  it('says so where something would be lost, and otherwise loads the new version by itself', async () => {
    await context.route('**/assets/page-*.js', (route) => route.fulfill({ status: 404, body: '' }));
    await context.route(`${product.origin}/`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll(/\/assets\/[\w-]+\.js/g, (file) =>
        file === '/assets/inbox.js' ? file : '/assets/newer.js',
      );
      await route.fulfill({ response: answer, body });
    });
    await inbox.composer.fill('Half a thou');
    await inbox.page.getByRole('link', { name: 'Hours' }).click();
    await inbox.page.getByText('A new version of Offhook is ready').waitFor();
    await inbox.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Open/ }).click();
    await inbox.openConversation(id);
    await eventually(() => inbox.composer.inputValue()).toBe('Half a thou');
    await inbox.composer.fill('');

    const loaded = inbox.page.waitForEvent('load');
    await inbox.page.getByRole('link', { name: 'Lines' }).click();
    await loaded;
    // What the page asks for right after loading may be under way.
    await context.unrouteAll({ behavior: 'wait' });
    await inbox.page.reload();
    await inbox.page.getByRole('heading', { level: 1, name: 'Lines' }).waitFor();
  });
});

async function write(body: string): Promise<void> {
  await product.staff.post(`/api/conversations/${id}/messages`, {
    id: crypto.randomUUID(),
    kind: 'note',
    body,
  });
}

/** To what is above, once it has come; `moved` is how far what was in sight then jumped. */
function scrollUp(): Promise<{ moved: number; drawn: number }> {
  return inbox.messages.evaluate(async (element) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    element.scrollTop = 0;
    await frame();
    const edge = element.getBoundingClientRect().top;
    const items = [...element.querySelectorAll('[data-message-id]')];
    const seen = items.find((item) => item.getBoundingClientRect().bottom > edge);
    const before = seen?.getBoundingClientRect().top ?? 0;
    const oldest = items[0];
    for (let n = 0; n < 20 && oldest === element.querySelector('[data-message-id]'); n += 1) await frame();
    return {
      moved: (seen?.isConnected ? seen.getBoundingClientRect().top : before) - before,
      drawn: element.querySelectorAll('[data-message-id]').length,
    };
  });
}

function belowPx(): Promise<number> {
  return inbox.messages.evaluate(
    ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
  );
}
