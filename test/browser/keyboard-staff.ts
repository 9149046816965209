import type { BrowserContext } from 'playwright-core';
import { SEED_PASSWORD } from '../../src/practices/seed.ts';
import { complaintsOf, eventually } from './browser.ts';
import { InboxPage } from './inbox-page.ts';

/** A member of staff who has no mouse: everything here is a press of keys, and then a look at the screen. */
export class KeyboardStaff {
  readonly inbox: InboxPage;
  readonly complaints: string[];

  private constructor(inbox: InboxPage) {
    this.inbox = inbox;
    this.complaints = complaintsOf(inbox.page);
  }

  static async signedIn(context: BrowserContext, origin: string, email: string): Promise<KeyboardStaff> {
    await context.addInitScript(watchFocus);
    const staff = new KeyboardStaff(await InboxPage.open(context, origin));
    await staff.isOn('#email');
    await staff.type(email);
    await staff.press('Tab');
    await staff.type(SEED_PASSWORD);
    await staff.press('Enter');
    await staff.isOn('#list-title');
    return staff;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.inbox.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.inbox.page.keyboard.type(text);
  }

  /** The keyboard is where this selector leads. */
  async isOn(selector: string): Promise<void> {
    await eventually(() =>
      this.inbox.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector),
    ).toBe(true);
  }

  async isOnRow(id: string): Promise<void> {
    await this.isOn(`a[data-conversation-id="${id}"]`);
  }

  async sees(caller: string): Promise<void> {
    await this.inbox.page.getByRole('heading', { level: 2, name: titleOf(caller) }).waitFor();
    await this.inbox.messages.waitFor();
  }

  /** By the last digits of the number, in the palette. */
  async openByNumber(caller: string): Promise<void> {
    await this.choose('Control+k', caller.slice(-4));
    await this.sees(caller);
    await this.isOn('#conversation-title');
  }

  /** A key that opens a list, words that narrow it down, and the first that fits. */
  async choose(key: string, words: string): Promise<void> {
    await this.press(key);
    await this.isOn('[role=combobox]');
    await this.type(words);
    await this.press('Enter');
    await eventually(() => this.inbox.page.locator('.chooser[open]').count()).toBe(0);
  }

  /** From anywhere in the inbox; what was sought before is typed over. Until it was looked for. */
  async search(words: string): Promise<void> {
    await this.press('/');
    await this.isOn('#search');
    await this.press('Control+a');
    await this.type(words);
    await this.inbox.page.getByRole('heading', { level: 2, name: 'Search', exact: true }).waitFor();
    await eventually(() => new URL(this.inbox.page.url()).searchParams.get('q')).toBe(words);
  }

  /** In the field a letter is text: whoever is in it leaves it first. */
  async write(key: 'r' | 'n', text: string): Promise<void> {
    if (await this.inbox.composer.evaluate((field) => field === document.activeElement))
      await this.press('Escape');
    await this.press(key);
    await this.isOn('#composer-text');
    await this.type(text);
    await this.press('Control+Enter');
    await this.inbox.bubble(text).waitFor();
    await eventually(() => this.inbox.composer.inputValue()).toBe('');
  }

  async goTo(letter: string, title: string): Promise<void> {
    await this.press('g', letter);
    // Beside its name stands how many there are.
    const name = new RegExp(`^${title}( ?, [\\d,]+)?$`);
    await this.inbox.page.getByRole('heading', { level: 2, name }).waitFor();
    await this.isOn('#list-title');
  }

  /** As the rail has it beside the name of a view. */
  async countOf(title: string): Promise<number> {
    const link = this.inbox.page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: title });
    return countIn(await link.innerText());
  }

  /** In the title of the view on screen. */
  async countAbove(): Promise<number> {
    return countIn(await this.inbox.page.locator('#list-title').innerText());
  }

  /** Where the keyboard was on nothing for more than a frame, since this person signed in. */
  async lostFocus(): Promise<string[]> {
    return this.inbox.page.evaluate(() => (window as unknown as { lostFocus: string[] }).lostFocus);
  }
}

function countIn(words: string): number {
  return Number(/\d+$/.exec(words.trim())?.[0] ?? 0);
}

export function titleOf(caller: string): string {
  return `(${caller.slice(0, 3)}) ${caller.slice(3, 6)}-${caller.slice(6)}`;
}

/** Runs in the page: what goes in one frame may be put right in the next one, before any further key. */
function watchFocus(): void {
  const lost: string[] = [];
  (window as unknown as { lostFocus: string[] }).lostFocus = lost;
  let frames = 0;
  let last = 'nothing';
  const look = () => {
    const { activeElement, body } = document;
    const isIn = document.querySelector('.shell:not([hidden])') !== null;
    if (activeElement !== null && activeElement !== body) {
      frames = 0;
      last = activeElement.outerHTML.slice(0, 120);
    } else if (isIn) {
      frames += 1;
      if (frames === 3) lost.push(`after ${last}`);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
