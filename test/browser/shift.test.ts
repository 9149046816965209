import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { InboxView } from '../../src/domain/inbox/inbox-view.ts';
import { describeWith } from '../real-program.ts';
import { StaffClient } from '../served/staff-client.ts';
import { eventually, openBrowser, openContext } from './browser.ts';
import { MANAGER, STAFF } from './inbox-page.ts';
import { KeyboardStaff, titleOf } from './keyboard-staff.ts';
import { Product } from './product.ts';

/** Sixteen write, four only hung up. */
const CALLERS = Array.from({ length: 20 }, (_, index) => `20620203${String(index + 11)}`);
const WRITERS = CALLERS.slice(0, 16);

let product: Product;
let browser: Browser;
let ana: KeyboardStaff;
let marcus: KeyboardStaff;
/** Conversations by caller. */
const ids = new Map<string, string>();
/** What staff sent to each caller, in order. */
const sent = new Map<string, string[]>();

describeWith(['chromium'], 'a shift of twenty conversations, two people, and no mouse', () => {
  beforeAll(async () => {
    product = await Product.start();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.end();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const staff of [ana, marcus].filter(Boolean)) {
        const { page } = staff.inbox;
        console.error(page.url(), await page.locator('body').ariaSnapshot(), await staff.lostFocus());
      }
    });
  });

  it('both sign in', async () => {
    ana = await KeyboardStaff.signedIn(await openContext(browser), product.origin, STAFF.email);
    marcus = await KeyboardStaff.signedIn(await openContext(browser), product.origin, MANAGER.email);
  });

  it('twenty callers come in, and sixteen of them wait, whoever has waited longest first', async () => {
    for (const caller of CALLERS) ids.set(caller, await product.hangUp(caller));
    for (const caller of WRITERS) await product.writeFrom(caller, `${caller} here. Can I come on Monday?`);
    for (const staff of [ana, marcus]) {
      await staff.goTo('n', 'Needs reply');
      await eventually(() => staff.inbox.rowIds()).toEqual(WRITERS.map(idOf));
    }
  });

  it('from the top of the list: a quick response, and on with the bracket', async () => {
    await ana.press('j');
    await ana.isOnRow(idOf(caller(1)));
    await ana.press('Enter');
    await ana.sees(caller(1));
    await ana.press('r');
    await ana.isOn('#composer-text');
    await ana.inbox.button('Quick responses').last().waitFor();
    await ana.type('/call us');
    await ana.isOn('[aria-activedescendant="quick-option-0"]');
    await ana.press('Enter', 'Control+Enter');
    await receives(caller(1), 'You can also call us at (206) 202-0100.');
    await eventually(() => ana.inbox.rowIds()).not.toContain(idOf(caller(1)));
    await ana.press('Escape', ']');
    await ana.sees(caller(2));
  });

  it('two people reply from both ends, done leads to the next one, and nobody gets what is not theirs', async () => {
    const fromTop = async () => {
      for (const one of [2, 3, 4]) {
        await replies(ana, caller(one));
        await ana.press('Escape', 'e');
        await ana.sees(caller(one + 1));
        await eventually(() => stateOf(caller(one))).toBe('done');
      }
    };
    const fromBottom = async () => {
      for (const one of [16, 15]) {
        await marcus.openByNumber(caller(one));
        await replies(marcus, caller(one));
      }
      await marcus.openByNumber(caller(14));
      await marcus.write('n', 'Called the lab about this.');
      await replies(marcus, caller(14));
    };
    await Promise.all([fromTop(), fromBottom()]);
  });

  it('sends and is done in one, takes back being done, and goes on', async () => {
    await ana.press('r');
    await ana.type('See you on Monday.');
    await ana.press('Control+Shift+Enter');
    await ana.sees(caller(6));
    await ana.isOn('#conversation-title');
    await receives(caller(5), 'See you on Monday.');
    await eventually(() => stateOf(caller(5))).toBe('done');
    await ana.press('e');
    await ana.sees(caller(7));
    await eventually(() => stateOf(caller(6))).toBe('done');
    await ana.press('z');
    await ana.sees(caller(6));
    await eventually(() => stateOf(caller(6))).toBe('open');
  });

  it('assigns to a colleague, who finds it among theirs and answers; and takes one', async () => {
    await ana.openByNumber(caller(7));
    await ana.choose('a', 'marcus');
    await eventually(() => assigneeOf(caller(7))).toBe('Marcus Webb');
    await marcus.press('Escape');
    await marcus.goTo('m', 'Mine');
    await eventually(() => marcus.inbox.rowIds()).toContain(idOf(caller(7)));
    await marcus.openByNumber(caller(7));
    await replies(marcus, caller(7));
    await marcus.openByNumber(caller(8));
    await marcus.press('i');
    await eventually(() => assigneeOf(caller(8))).toBe('Marcus Webb');
    await replies(marcus, caller(8));
  });

  it('says that no reply is needed, tells a colleague by a note, and hands over', async () => {
    await marcus.openByNumber(caller(10));
    await marcus.press('u');
    await eventually(async () => (await summaryOf(caller(10))).waitingSince).toBeNull();
    await ana.openByNumber(caller(13));
    await ana.press('n');
    await ana.isOn('#composer-text');
    await ana.type('@mar');
    await ana.isOn('[aria-activedescendant]');
    await ana.press('Enter');
    await ana.type(' knows more about this.');
    await ana.press('Control+Enter');
    await ana.inbox.bubble('knows more about this.').waitFor();
    await ana.press('Escape');
    await ana.choose('a', 'hand over');
    await ana.isOn('#hand-over-to');
    await ana.press('Tab');
    await ana.type('They want Monday at nine.');
    await ana.press('Tab', 'Tab', 'Enter');
    await eventually(() => assigneeOf(caller(13))).toBe('Marcus Webb');
    await replies(marcus, caller(10), 'Thank you for telling us.');
  });

  it('snoozes until tomorrow, and finds it among what is snoozed', async () => {
    await ana.openByNumber(caller(9));
    await ana.choose('h', 'tomorrow');
    await eventually(() => stateOf(caller(9))).toBe('snoozed');
    await ana.press('Escape');
    await ana.goTo('z', 'Snoozed');
    await eventually(() => ana.inbox.rowIds()).toEqual([idOf(caller(9))]);
  });

  it('marks done from the list, and reopens from what is done', async () => {
    await ana.goTo('o', 'Open');
    await eventually(async () => (await ana.inbox.rowIds()).length).toBeGreaterThan(10);
    await ana.openByNumber(caller(11));
    await ana.press('Escape');
    await ana.isOnRow(idOf(caller(11)));
    await ana.press('e');
    await ana.isOnRow(idOf(caller(12)));
    await ana.goTo('d', 'Done');
    await eventually(() => ana.inbox.rowIds()).toContain(idOf(caller(11)));
    await ana.openByNumber(caller(11));
    await ana.press('Escape');
    await ana.isOnRow(idOf(caller(11)));
    await ana.press('e');
    await eventually(() => stateOf(caller(11))).toBe('open');
  });

  it('selects two, and both are done at once', async () => {
    await ana.goTo('o', 'Open');
    for (const one of [17, 18]) {
      await ana.openByNumber(caller(one));
      await ana.press('Escape');
      await ana.isOnRow(idOf(caller(one)));
      await ana.press('x');
    }
    await ana.press('e');
    for (const one of [17, 18]) await eventually(() => stateOf(caller(one))).toBe('done');
  });

  it('goes from one to the next and back by brackets, and no further than the ends of the list', async () => {
    await ana.goTo('n', 'Needs reply');
    await eventually(() => ana.inbox.rowIds()).toEqual([6, 12, 13].map((one) => idOf(caller(one))));
    await ana.openByNumber(caller(6));
    for (const [key, next] of [
      ['[', 6],
      [']', 12],
      [']', 13],
      [']', 13],
      ['[', 12],
    ] as const) {
      await ana.press(key);
      await ana.sees(caller(next));
      await ana.isOn('#conversation-title');
    }
    await ana.press('Escape');
    await ana.isOnRow(idOf(caller(12)));
  });

  it('finds texts by their words, moves among what is found, and is at the text with Enter', async () => {
    await ana.search('monday');
    await eventually(async () => (await ana.inbox.rowIds()).length).toBe(WRITERS.length);
    const found = await ana.inbox.rowIds();
    await ana.press('ArrowDown');
    await ana.isOnRow(found[0] ?? '');
    for (const [key, at] of [
      ['j', 1],
      ['ArrowDown', 2],
      ['k', 1],
      ['ArrowUp', 0],
    ] as const) {
      await ana.press(key);
      await ana.isOnRow(found[at] ?? '');
    }
    await ana.press('ArrowUp');
    await ana.isOn('#search');

    const one = caller(12);
    await ana.search(`${one} here`);
    await eventually(() => ana.inbox.rowIds()).toEqual([idOf(one)]);
    await ana.press('ArrowDown', 'Enter');
    await ana.sees(one);
    await ana.isOn('[data-message-id][data-sought]');
    await eventually(() => ana.inbox.page.locator('[data-sought]').innerText()).toContain(`${one} here.`);
  });

  it('goes back from what was found by Escape: to its row, then to the view it came from', async () => {
    await ana.press('Escape');
    await ana.isOnRow(idOf(caller(12)));
    await ana.press('Escape');
    await ana.isOn('#list-title');
    await eventually(() => ana.inbox.page.locator('#search').inputValue()).toBe('');
    await eventually(() => ana.inbox.rowIds()).toEqual(await listOf('needs-reply'));
    await ana.search('nobody wrote this');
    await ana.inbox.page.getByText('Nothing found').waitFor();
    await ana.press('Escape');
    await ana.isOn('#search');
    await eventually(() => ana.inbox.rowIds()).toEqual(await listOf('needs-reply'));
    await ana.press('Escape');
    await ana.isOnRow(idOf(caller(12)));
  });

  it('the palette leads to a page, and G back', async () => {
    await marcus.choose('Control+k', 'call-backs');
    await marcus.isOn('#page-title');
    await marcus.goTo('n', 'Needs reply');
  });

  it('at the end every phone has what was meant for it, once', async () => {
    for (const one of CALLERS) {
      const texts = await product.textsOn(one);
      const [automatic, ...replied] = texts.filter(({ direction }) => direction === 'received');
      expect(automatic?.body, titleOf(one)).toContain('Lakeside Family Clinic');
      expect(
        replied.map(({ body }) => body),
        titleOf(one),
      ).toEqual(sent.get(one) ?? []);
    }
  });

  it.each([
    ['n', 'Needs reply', 'needs-reply', [6, 12, 13]],
    ['w', 'Awaiting caller', 'awaiting-caller', [1, 7, 8, 10, 11, 14, 15, 16, 19, 20]],
    ['o', 'Open', 'open', [6, 12, 13, 1, 7, 8, 10, 11, 14, 15, 16, 19, 20]],
    ['z', 'Snoozed', 'snoozed', [9]],
    ['d', 'Done', 'done', [2, 3, 4, 5, 17, 18]],
  ] as const)(
    'and G %s: %s has what was left there and nothing else, for both',
    async (letter, title, view, left) => {
      const inOrder = await listOf(view);
      expect(inOrder.toSorted()).toEqual(left.map((one) => idOf(caller(one))).toSorted());
      for (const staff of [ana, marcus]) {
        await staff.goTo(letter, title);
        await eventually(() => staff.inbox.rowIds()).toEqual(inOrder);
        await eventually(() => staff.countAbove()).toBe(left.length);
        // What is done waits for nobody: nothing stands beside its name in the rail.
        await eventually(() => staff.countOf(title)).toBe(view === 'done' ? 0 : left.length);
      }
    },
  );

  it("and what is nobody's, and Marcus's own, list and count what the server has", async () => {
    for (const [staff, client, letter, title, view] of [
      [ana, product.staff, 'u', 'Unassigned', 'unassigned'],
      [ana, product.staff, 'm', 'Mine', 'mine'],
      [marcus, await clientOf(MANAGER.email), 'm', 'Mine', 'mine'],
    ] as const) {
      const expected = await listOf(view, client);
      await staff.goTo(letter, title);
      await eventually(() => staff.inbox.rowIds()).toEqual(expected);
      await eventually(() => staff.countOf(title)).toBe(expected.length);
    }
  });

  it('and the keyboard was never lost, nor did a page complain', async () => {
    for (const staff of [ana, marcus]) {
      expect(await staff.lostFocus()).toEqual([]);
      expect(staff.complaints).toEqual([]);
    }
  });
});

/** From 1. */
function caller(number: number): string {
  return CALLERS[number - 1] ?? '';
}

function idOf(one: string): string {
  const id = ids.get(one);
  if (id === undefined) throw new Error(`${titleOf(one)} has no conversation`);
  return id;
}

/** To the conversation on screen, which has to be this caller's. */
async function replies(staff: KeyboardStaff, one: string, text = `Yes, ${one}: at nine.`): Promise<void> {
  await staff.sees(one);
  await staff.write('r', text);
  await receives(one, text);
}

async function receives(one: string, text: string): Promise<void> {
  sent.set(one, [...(sent.get(one) ?? []), text]);
  await eventually(() => product.timesReceived(one, text)).toBe(1);
}

async function summaryOf(one: string) {
  return (await product.staff.get<Answer>(`/api/conversations/${idOf(one)}`)).conversation;
}

interface Answer {
  conversation: { state: string; assignee: { name: string } | null; waitingSince: number | null };
}

async function stateOf(one: string): Promise<string> {
  return (await summaryOf(one)).state;
}

async function assigneeOf(one: string): Promise<string | undefined> {
  return (await summaryOf(one)).assignee?.name;
}

/** For another person there may be other things in it. */
async function clientOf(email: string): Promise<StaffClient> {
  const client = new StaffClient(product.origin);
  await client.signIn(email);
  return client;
}

async function listOf(view: InboxView, client = product.staff): Promise<string[]> {
  const path = `/api/practices/lakeside/conversations?view=${view}`;
  return (await client.get<{ conversations: { id: string }[] }>(path)).conversations.map(({ id }) => id);
}
