import type { BrowserContext, Locator, Page } from 'playwright-core';
import { SEED_PASSWORD } from '../../src/practices/seed.ts';

export const STAFF = { email: 'staff@lakeside.example', name: 'Ana Reyes' };
export const MANAGER = { email: 'manager@lakeside.example', name: 'Marcus Webb' };

export const ALL_OPEN = '/lakeside/open';

/** The inbox as one member of staff has it on screen; parts are found by what they are called. */
export class InboxPage {
  readonly page: Page;
  readonly #origin: string;

  private constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  /** At the root, unless it is somewhere else. */
  static async open(context: BrowserContext, origin: string, path = '/'): Promise<InboxPage> {
    const inbox = new InboxPage(await context.newPage(), origin);
    await inbox.page.goto(origin + path);
    return inbox;
  }

  /** With all open conversations on screen, also those where the caller has the word. */
  static async signedIn(context: BrowserContext, origin: string, email = STAFF.email): Promise<InboxPage> {
    const inbox = await InboxPage.open(context, origin, ALL_OPEN);
    await inbox.signIn(email);
    return inbox;
  }

  get email(): Locator {
    return this.page.getByLabel('E-mail');
  }

  get password(): Locator {
    return this.page.getByLabel('Password');
  }

  async signIn(email = STAFF.email, password = SEED_PASSWORD): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.listTitle.waitFor();
  }

  get listTitle(): Locator {
    return this.page.getByRole('heading', {
      level: 2,
      name: /^(Open|Needs reply|Done|Search)( ?, [\d,]+)?$/,
    });
  }

  row(conversationId: string): Locator {
    return this.page.locator(`a[data-conversation-id="${conversationId}"]`);
  }

  /** All rows as they stand, from top to bottom. */
  rowIds(): Promise<(string | null)[]> {
    return this.page
      .locator('a[data-conversation-id]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-conversation-id')));
  }

  get needsReply(): Locator {
    return this.page.getByRole('region', { name: /^Needs reply/ });
  }

  get waitingOnCaller(): Locator {
    return this.page.getByRole('region', { name: /^Waiting on the caller/ });
  }

  async openConversation(conversationId: string): Promise<void> {
    await this.row(conversationId).click();
    await this.messages.waitFor();
  }

  get messages(): Locator {
    return this.page.getByRole('region', { name: 'Messages' });
  }

  /** The bubble with its status, and what can be done about it. */
  bubble(text: string): Locator {
    return this.messages.locator('[data-message-id]').filter({ hasText: text });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Write a (reply to|note)/ });
  }

  async reply(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Control+Enter');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  get connectionLost(): Locator {
    return this.page.getByText('Connection lost');
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(this.#origin + path);
  }

  /** Everything that the polite live region says from now on. */
  async listen(): Promise<() => Promise<string[]>> {
    const said = await this.page.evaluateHandle(() => {
      const heard: string[] = [];
      const region = document.querySelector('#app > [role=status][aria-live=polite]');
      if (region === null) throw new Error('there is no live region');
      let before = region.textContent;
      new MutationObserver(() => {
        const now = region.textContent;
        // Set again to what it is already, or emptied: nothing is read out.
        if (now !== before && now !== '') heard.push(now);
        before = now;
      }).observe(region, { characterData: true, childList: true, subtree: true });
      return heard;
    });
    return () => said.jsonValue();
  }
}
