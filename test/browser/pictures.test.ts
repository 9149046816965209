import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../real-program.ts';
import { audit, prepareAudit } from './audit.ts';
import { complaintsOf, eventually, openBrowser, openContext } from './browser.ts';
import { HandsetPage } from './handset-page.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

const NUMBER = '2062020144';
const CALLER_NAME = '(206) 202-0144';
const TEN = Array.from({ length: 10 }, (_, index) => index);
const CLINIC = 'Lakeside Family Clinic';

let product: Product;
let browser: Browser;
let handset: HandsetPage;
let inbox: InboxPage;

describeWith(['chromium'], 'pictures from the handset to the inbox', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
    const [phone, desk] = await Promise.all([openContext(browser), openContext(browser)]);
    await Promise.all([prepareAudit(phone), prepareAudit(desk)]);
    handset = await HandsetPage.open(phone, product.origin, NUMBER);
    inbox = await InboxPage.signedIn(desk, product.origin);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const open of [handset, inbox]) console.error(await open?.page.locator('body').ariaSnapshot());
    });
  });

  it('one that is far too large is made small, and leaves with a second one, without words', async () => {
    const complaints = complaintsOf(handset.page);
    await handset.button(`Text ${CLINIC}, Main line`).click();
    await handset.addPictures([
      { name: 'noise.png', mimeType: 'image/png', buffer: await drawn(2400, 1200) },
      { name: 'small.png', mimeType: 'image/png', buffer: await drawn(40, 90) },
    ]);
    await handset.phone.getByRole('img', { name: 'Picture 2' }).waitFor();
    expect(await audit(handset.page)).toEqual([]);
    await handset.button('Send').click();
    await handset.phone.getByRole('img', { name: 'Picture 1 of 2 that you sent' }).waitFor();
    await handset.texts(CLINIC).getByText('Delivered').waitFor();
    expect(await product.textsOn(NUMBER)).toMatchObject([{ body: '', mediaCount: 2 }]);
    expect(complaints).toEqual([]);
  });

  it('staff see that there are two, and then both of them', async () => {
    const complaints = complaintsOf(inbox.page);
    const row = inbox.needsReply.getByRole('link', { name: CALLER_NAME });
    await eventually(() => row.innerText()).toContain('2 pictures');
    await row.click();
    for (const name of ['Picture 1 of 2 from the caller', 'Picture 2 of 2 from the caller']) {
      const picture = inbox.messages.getByRole('img', { name });
      await eventually(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(
        0,
      );
    }
    expect(await audit(inbox.page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('Enter shows one in large, arrows the others, Esc brings the keyboard back', async () => {
    const thumb = inbox.messages.getByRole('button', { name: 'Picture 1 of 2 from the caller' });
    await thumb.press('Enter');
    await inbox.page.getByRole('dialog', { name: 'Picture 1 of 2 from the caller' }).waitFor();
    await inbox.page.keyboard.press('ArrowRight');
    const second = inbox.page.getByRole('dialog', { name: 'Picture 2 of 2 from the caller' });
    await second.waitFor();
    expect(await audit(inbox.page)).toEqual([]);
    await inbox.page.keyboard.press('Escape');
    await second.waitFor({ state: 'detached' });
    await eventually(() => thumb.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('one that does not come says why, and comes when it is asked for again', async () => {
    const { page } = inbox;
    await page.route('**/media/*', (route) =>
      route.fulfill({ status: 502, json: { error: { message: 'The picture could not be fetched.' } } }),
    );
    await handset.addPictures([{ name: 'a.png', mimeType: 'image/png', buffer: await drawn(60, 60) }]);
    await handset.write('And this one');
    const bubble = inbox.bubble('And this one');
    await bubble.getByText('The picture could not be fetched.').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.unroute('**/media/*');
    await bubble.getByRole('button', { name: 'Try again' }).click();
    const picture = bubble.getByRole('img', { name: 'Picture from the caller' });
    await eventually(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(60);
  });

  it('ten of one text are all shown, each its own', async () => {
    const { page } = inbox;
    const complaints = complaintsOf(page);
    const pictures = await Promise.all(TEN.map((index) => drawn(40 + index, 40)));
    // No handset sends so many; carriers do.
    await page.route(/\/api\/conversations\/[0-9a-f]{64}\?/, async (route) => {
      const answer = await (await route.fetch()).json();
      for (const message of answer.messages)
        if (message.body === 'And this one') message.media = TEN.map(() => ({ contentType: 'image/png' }));
      await route.fulfill({ json: answer });
    });
    await page.route('**/media/*', (route) => {
      const body = pictures[Number(new URL(route.request().url()).pathname.split('/').at(-1))];
      return route.fulfill(body === undefined ? { status: 404 } : { contentType: 'image/png', body });
    });
    await page.reload();
    const shown = inbox.bubble('And this one').getByRole('img');
    await eventually(() => shown.count()).toBe(TEN.length);
    for (const index of TEN) {
      const one = inbox.messages.getByRole('img', { name: `Picture ${index + 1} of 10 from the caller` });
      await one.scrollIntoViewIfNeeded();
      await eventually(() => one.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40 + index);
    }
    expect(await audit(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** Noise, which nothing but fewer pixels makes small. */
async function drawn(width: number, height: number): Promise<Buffer> {
  const base64 = await handset.page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext('2d');
      const image = new ImageData(w, h);
      for (let at = 0; at < image.data.length; at += 1) {
        image.data[at] = at % 4 === 3 ? 255 : (at * 2_654_435_761) >>> (at % 24);
      }
      context?.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [width, height] as const,
  );
  return Buffer.from(base64, 'base64');
}
