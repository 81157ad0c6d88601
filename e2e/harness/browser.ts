/** One Chromium for a test file; each person is a context of their own. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  chromium,
} from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({ executablePath, args: browserArgs });
}

/** A person's browser profile, with every error of its pages noted. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors, and content security policy reports, of any page of this profile. */
  readonly errors: string[];
}

export async function newPerson(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Person> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(String(error.error().stack ?? error.error())));
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted ?Type/i.test(message.text())) errors.push(message.text());
  });
  const page = await context.newPage();
  return { context, page, errors };
}
