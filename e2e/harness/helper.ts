/** A helper at the desk: what they do and see. */
import type { Locator, Page } from 'playwright-core';

export class Helper {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Redeems an invitation link under a name, leaves the first steps for later, and waits for the inbox. */
  async join(invitation: string, name: string): Promise<void> {
    await this.page.goto(invitation);
    await this.page.locator('input').first().fill(name);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.later').or(this.inbox).first().waitFor();
    if (await this.page.locator('.later').isVisible()) await this.page.locator('.later').click();
    await this.inbox.waitFor();
  }

  get inbox(): Locator {
    return this.page.locator('comptoir-desk').getByRole('tablist');
  }

  /** A conversation in the inbox, by words of its question. */
  ask(words: string): Locator {
    return this.page.locator('.ask').filter({ hasText: words }).first();
  }

  /** Takes a waiting conversation, which opens it. */
  async take(words: string): Promise<void> {
    await this.ask(words)
      .getByRole('button', { name: /Prendre|Reprendre|Take/ })
      .click();
    await this.composer.waitFor();
  }

  /** Opens a conversation that the inbox shows: one that waits, or under it one's own and others'. */
  async open(words: string): Promise<void> {
    await this.ask(words).getByRole('button').first().click();
    await this.composer.waitFor();
  }

  /** How many acts the desk says will leave once it is online again. Waits until it says that it is offline. */
  async leaving(): Promise<number> {
    const line = this.page.locator('.netline[data-tone=warn]').first();
    await line.waitFor();
    return Number(/(\d+)\u00a0envois?/.exec(await line.innerText())?.[1] ?? 0);
  }

  get composer(): Locator {
    return this.page.locator('comptoir-composer textarea');
  }

  get bubbles(): Locator {
    return this.page.locator('comptoir-thread .bubble:not(.typing)');
  }

  async say(text: string): Promise<void> {
    await this.composer.click();
    await this.composer.pressSequentially(text);
    await this.composer.press('Enter');
  }

  async sees(text: string): Promise<void> {
    await this.bubbles.filter({ hasText: text }).last().waitFor();
  }
}
