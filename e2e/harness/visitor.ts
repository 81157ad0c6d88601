/** A visitor on a page that embeds the widget: what they do and see. */
import type { Locator, Page } from 'playwright-core';

export class Visitor {
  readonly page: Page;
  readonly widget: Locator;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator('comptoir-chat');
  }

  /** Clicks the launcher, unless the chat is still open from the page before, and waits for the composer. */
  async open(): Promise<void> {
    const launcher = this.widget.locator('.launcher');
    if ((await launcher.getAttribute('aria-expanded')) !== 'true') await launcher.click();
    await this.composer.waitFor();
  }

  /** Closes the chat, as its page may, so that the next page begins without it. */
  async close(): Promise<void> {
    await this.widget.evaluate((chat: HTMLElement & { close(): void }) => chat.close());
  }

  get panel(): Locator {
    return this.widget.locator('comptoir-panel');
  }

  get composer(): Locator {
    return this.panel.locator('comptoir-composer textarea');
  }

  /** Texts of the open conversation, oldest first. */
  get bubbles(): Locator {
    return this.panel.locator('comptoir-thread .bubble:not(.typing)');
  }

  /** Types a message, or a new question on the welcome screen, and sends it by Enter. */
  async say(text: string): Promise<void> {
    await this.composer.click();
    await this.composer.pressSequentially(text);
    await this.composer.press('Enter');
  }

  /** Waits until a message shows, whoever said it. */
  async sees(text: string): Promise<void> {
    await this.bubbles.filter({ hasText: text }).last().waitFor();
  }

  /** Waits until the last own message is told as received by the relay, or read. */
  async received(): Promise<void> {
    await this.panel
      .locator('comptoir-thread .meta')
      .filter({ hasText: /Reçu|Lu|Received|Read/ })
      .last()
      .waitFor();
  }
}
