import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import { describeWith } from '../real-program.ts';
import { eventually, openBrowser, openContext, PATIENCE } from './browser.ts';
import { Cable } from './cable.ts';
import { InboxPage } from './inbox-page.ts';
import { Product } from './product.ts';

const CALLER = '2062020151';

let product: Product;
let cable: Cable;
let browser: Browser;
let inbox: InboxPage;
let id: string;

describeWith(['chromium'], 'an inbox whose connection goes away', () => {
  beforeAll(async () => {
    product = await Product.start();
    cable = new Cable(product.origin);
    await cable.connect();
    browser = await openBrowser();
    inbox = await InboxPage.signedIn(await openContext(browser), cable.origin);
    id = await product.hangUp(CALLER);
    await inbox.openConversation(id);
  });

  afterAll(async () => {
    await browser?.close();
    await cable?.cut();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => console.error(await inbox?.page.locator('body').ariaSnapshot()));
  });

  it('says so calmly, and sends once what was written meanwhile', async () => {
    await cable.cut();
    await inbox.connectionLost.waitFor();
    await inbox.reply('We will call you at noon.');
    await eventually(() => inbox.bubble('at noon').innerText()).toContain('Waiting for the connection');

    await cable.connect();
    await inbox.connectionLost.waitFor({ state: 'hidden' });
    await eventually(() => inbox.bubble('at noon').innerText()).toContain('Delivered');
    expect(await inbox.bubble('at noon').count()).toBe(1);
    expect(await product.timesReceived(CALLER, 'We will call you at noon.')).toBe(1);
  });

  it('notices when the browser itself says that it is offline', async () => {
    await inbox.page.context().setOffline(true);
    // Sooner than the silence of the connection would tell.
    await inbox.connectionLost.waitFor({ timeout: 8_000 });
    await inbox.page.context().setOffline(false);
    await inbox.connectionLost.waitFor({ state: 'hidden' });
  });

  it('shows what it missed, in the order that the server has', async () => {
    await cable.cut();
    await inbox.connectionLost.waitFor();
    await product.writeFrom(CALLER, 'Noon is fine.');
    const added = [await product.hangUp('2062020152'), await product.hangUp('2062020153')];
    await product.writeFrom('2062020153', 'Hello?');
    expect(await inbox.rowIds()).toEqual([id]);

    await cable.connect();
    await inbox.bubble('Noon is fine.').waitFor();
    await eventually(async () => (await inbox.rowIds()).toSorted()).toEqual([id, ...added].toSorted());
    await toShowWhatTheServerHas();
  });

  it('does not send again what did arrive, when only the answer was lost', async () => {
    await cable.cut();
    await inbox.connectionLost.waitFor();
    // Gets through once by another way, and nothing comes back.
    await inbox.page.route(
      '**/api/conversations/*/messages',
      async (route) => {
        const { pathname } = new URL(route.request().url());
        const headers = { ...route.request().headers(), origin: product.origin };
        const answer = await route.fetch({ url: product.origin + pathname, headers });
        expect(answer.status()).toBe(201);
        await route.abort();
      },
      { times: 1 },
    );
    await inbox.reply('Please bring your card.');
    await eventually(() => inbox.bubble('your card').innerText()).toContain('Waiting for the connection');
    await eventually(() => product.timesReceived(CALLER, 'Please bring your card.')).toBe(1);

    await cable.connect();
    await eventually(() => inbox.bubble('your card').innerText()).toContain('Delivered');
    await inbox.connectionLost.waitFor({ state: 'hidden' });
    expect(await inbox.bubble('your card').count()).toBe(1);
    expect(await product.timesReceived(CALLER, 'Please bring your card.')).toBe(1);
  });

  it('has the list right within two seconds of coming back, however often the connection comes and goes', async () => {
    const written: string[] = [];
    for (const round of [1, 2, 3, 4]) {
      await cable.cut();
      await product.writeFrom('2062020152', `Round ${round}`);
      for (const part of ['first', 'second']) {
        written.push(`Answer ${round}, ${part}`);
        await inbox.reply(`Answer ${round}, ${part}`);
      }
      // Shorter than anybody would be told of, and longer.
      await inbox.page.waitForTimeout(round % 2 === 0 ? 3_000 : 300);
      await cable.connect();
    }
    const backAt = Date.now();
    await inbox.row(await product.hangUp('2062020154')).waitFor();
    await toShowWhatTheServerHas();
    // Two of the page's, and what a busy machine takes.
    expect(Date.now() - backAt).toBeLessThan(4_000);
    await eventually(async () => {
      const texts = await product.textsOn(CALLER);
      return texts.filter(({ body }) => body.startsWith('Answer ')).map(({ body }) => body);
    }).toEqual(written);
    await eventually(() => inbox.bubble('Answer 4, second').innerText()).toContain('Delivered');
  });

  it('is not fooled by a connection that is open and silent', async () => {
    cable.mute();
    await product.writeFrom(CALLER, 'Can you hear me?');
    await inbox.connectionLost.waitFor();
    cable.unmute();
    await inbox.bubble('Can you hear me?').waitFor();
    await toShowWhatTheServerHas();
  });

  it('sends in order and once what a server stumbled over: an error, a page of something else, no answer', async () => {
    const stumbles: ((route: Route) => Promise<void>)[] = [
      (route) => route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Oops</h1>' }),
      (route) =>
        route.fulfill({ status: 200, contentType: 'text/html', body: 'Sign in to the guest network' }),
      (route) => route.abort('timedout'),
    ];
    await inbox.page.route('**/api/conversations/*/messages', (route) => {
      const stumble = stumbles.shift();
      return stumble === undefined ? route.continue() : stumble(route);
    });
    await inbox.reply('One moment, please.');
    await inbox.reply('Here I am again.');
    await eventually(() => inbox.bubble('Here I am again.').innerText()).toContain('Delivered');
    await inbox.page.unroute('**/api/conversations/*/messages');
    const bodies = (await product.textsOn(CALLER)).map(({ body }) => body);
    expect(bodies.slice(-2)).toEqual(['One moment, please.', 'Here I am again.']);
  });

  it('asks again for the conversation where the server stumbled over it', async () => {
    await cable.cut();
    await inbox.connectionLost.waitFor();
    await product.writeFrom(CALLER, 'Thank you!');
    await inbox.page.route('**/api/conversations/*', (route) => route.fulfill({ status: 503, body: '' }), {
      times: 1,
    });
    await cable.connect();
    await inbox.bubble('Thank you!').waitFor();
    await eventually(() =>
      product.staff.get<{ conversation: ConversationSummary }>(`/api/conversations/${id}`),
    ).toMatchObject({
      conversation: { unread: 0 },
    });
  });

  it('is not broken by JSON of another shape, in the inbox and on its pages', async () => {
    const { page } = inbox;
    const odd = { status: 200, contentType: 'application/json', body: '{"conversations":[{}]}' };
    await inbox.composer.fill('Kept all the while');
    await page.route('**/api/practices/*/conversations?*', (route) => route.fulfill(odd), { times: 1 });
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Mine/ }).click();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Open/ }).click();
    await inbox.row(id).waitFor();
    await page.route('**/api/practices/*/call-backs*', (route) =>
      route.fulfill({ ...odd, body: '{"callBacks":7}' }),
    );
    await page.getByRole('link', { name: /^Call-backs/ }).click();
    const refused = page.getByText('Offhook could not be reached.', { exact: false });
    await refused.first().waitFor();
    await page.unroute('**/api/practices/*/call-backs*');
    await inbox.button('Try again').click();
    await refused.first().waitFor({ state: 'detached' });
    // And where it is only noticed while it is drawn.
    await page.route('**/api/practices/*/patients?*', (route) =>
      route.fulfill({ ...odd, body: '{"patients":[{}]}' }),
    );
    await page.getByRole('link', { name: /^Patients/ }).click();
    await page.getByText('This page could not be shown').waitFor();
    await page.unroute('**/api/practices/*/patients?*');
    await inbox.button('Try again').click();
    await page.getByText('This page could not be shown').waitFor({ state: 'detached' });
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Open/ }).click();
    await inbox.openConversation(id);
    await eventually(() => inbox.composer.inputValue()).toBe('Kept all the while');
    await inbox.composer.fill('');
  });

  it('warns who closes the page with something written', async () => {
    await inbox.composer.fill('Not sent yet');
    const asked = inbox.page.waitForEvent('dialog');
    await inbox.page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await eventually(() => inbox.composer.inputValue()).toBe('Not sent yet');
    await inbox.composer.fill('');
  });

  it('goes on after the server was stopped and started again', async () => {
    await product.stop();
    await inbox.connectionLost.waitFor();
    await inbox.reply('Are you still there?');
    await product.startAgain();
    await inbox.connectionLost.waitFor({ state: 'hidden' });
    await eventually(() => inbox.bubble('still there').innerText()).toContain('Delivered');
    await eventually(() => product.timesReceived(CALLER, 'Are you still there?').catch(() => 0)).toBe(1);
    await toShowWhatTheServerHas();
  });
});

function toShowWhatTheServerHas(): Promise<void> {
  return vi.waitFor(async () => expect(await inbox.rowIds()).toEqual(await idsOnServer()), PATIENCE);
}

async function idsOnServer(): Promise<string[]> {
  const path = '/api/practices/lakeside/conversations?view=open';
  const { conversations } = await product.staff.get<{ conversations: ConversationSummary[] }>(path);
  return conversations.map((conversation) => conversation.id);
}
