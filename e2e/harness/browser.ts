/** One Chromium for a test file; each person is a context of their own. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  chromium,
} from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';

/**
 * With `E2E_PAGE=hostile` every page that shows the widget has had its builtins replaced, whatever the
 * scenario: `npm test -- hostile` runs the widget's scenarios so.
 */
const HOSTILE = process.env['E2E_PAGE'] === 'hostile';

/** What replaces the builtins of a page: not of a frame in it, nor of the desk, which is our own page. */
async function hostileScript(): Promise<string> {
  const script = await readFile(join(import.meta.dirname, 'hostile-page.js'), 'utf8');
  const here = `window === top && /^https?:/.test(location.href) && !location.pathname.startsWith('/desk')`;
  // By its name it tells its own lines from the widget's.
  return `if (${here}) {\n${script}\n}\n//# sourceURL=hostile-page.js`;
}

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
  if (HOSTILE) await context.addInitScript({ content: await hostileScript() });
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(String(error.error().stack ?? error.error())));
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted ?Type/i.test(message.text())) errors.push(message.text());
  });
  const page = await context.newPage();
  return { context, page, errors };
}

/**
 * The longest task of a page's thread while `act` runs and until the page is idle: in ms of its own processor time,
 * so that what other programs took does not count.
 */
export async function longestTask(
  browser: Browser,
  page: Page,
  act: () => Promise<unknown>,
): Promise<number> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  await act();
  await page.evaluate(
    () => new Promise((idle) => requestIdleCallback(() => requestAnimationFrame(idle))),
  );
  return longestOf(await browser.stopTracing());
}

function longestOf(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as {
    traceEvents: {
      name: string;
      pid: number;
      tid: number;
      tdur?: number;
      args: { name?: string };
    }[];
  };
  // Each page has a process of its own; the one that did something is looked at.
  const threads = traceEvents.filter(({ args }) => args.name === 'CrRendererMain');
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) =>
      name === 'RunTask' && threads.some((thread) => thread.tid === tid && thread.pid === pid),
  );
  assert.ok(tasks.length > 10, 'the trace has the tasks of the page');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
