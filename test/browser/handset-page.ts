import type { BrowserContext, Locator, Page } from 'playwright-core';

/** The simulated phone as the person who plays the caller has it on screen. */
export class HandsetPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(context: BrowserContext, origin: string, number: string): Promise<HandsetPage> {
    const handset = new HandsetPage(await context.newPage());
    await handset.page.goto(`${origin}/simulator?number=${number}`);
    return handset;
  }

  get phone(): Locator {
    return this.page.getByRole('region', { name: /^Phone with the number/ });
  }

  button(name: string | RegExp): Locator {
    return this.phone.getByRole('button', { name });
  }

  call(practiceName: string): Promise<void> {
    return this.button(new RegExp(`^Call ${practiceName}`)).click();
  }

  hangUp(): Promise<void> {
    return this.button('hang up').click();
  }

  /** What the phone system offers, once it does. */
  get offeredKey(): Locator {
    return this.button(/5.*to text instead/);
  }

  /** The text that slides in on top of the screen. */
  arrival(practiceName: string): Locator {
    return this.button(new RegExp(`^${practiceName}`));
  }

  texts(practiceName: string): Locator {
    return this.phone.getByRole('region', { name: `Texts with ${practiceName}` });
  }

  /** Chooses these files as one would from the phone's pictures. */
  addPictures(files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    return this.page.getByLabel('Add a picture').setInputFiles(files);
  }

  async write(text: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: /^Text to/ });
    await field.fill(text);
    await field.press('Enter');
  }

  /** What the phone system told Offhook and was told, newest first. */
  get webhooks(): Locator {
    return this.page.getByRole('list', { name: 'Webhooks, newest first' });
  }
}
