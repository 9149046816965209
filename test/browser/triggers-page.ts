import type { BrowserContext, Locator, Page } from 'playwright-core';
import { InboxPage, MANAGER } from './inbox-page.ts';

/** The triggers of a practice as a manager has them on screen; parts are found by what they are called. */
export class TriggersPage {
  readonly page: Page;
  readonly inbox: InboxPage;

  private constructor(inbox: InboxPage) {
    this.inbox = inbox;
    this.page = inbox.page;
  }

  static async signedIn(
    context: BrowserContext,
    origin: string,
    email = MANAGER.email,
  ): Promise<TriggersPage> {
    return new TriggersPage(await InboxPage.signedIn(context, origin, email));
  }

  async openList(): Promise<void> {
    await this.page.getByRole('link', { name: 'Triggers' }).click();
    await this.title('Triggers').waitFor();
    await this.page.getByRole('heading', { level: 2 }).nth(1).waitFor();
  }

  async openTrigger(name: string): Promise<void> {
    await this.page.getByRole('link', { name, exact: true }).click();
    await this.title(name).waitFor();
    await this.text.waitFor();
  }

  title(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  get text(): Locator {
    return this.page.getByLabel('What the caller gets');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  dialog(name: string): Locator {
    return this.page.locator('dialog[open]').filter({ has: this.page.getByRole('heading', { name }) });
  }

  notice(words: string): Locator {
    return this.page.locator('.notice').filter({ hasText: words });
  }

  /** What has the keyboard, by its id or its words. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const at = document.activeElement;
      return at?.id || at?.textContent?.trim() || at?.tagName || '';
    });
  }
}
