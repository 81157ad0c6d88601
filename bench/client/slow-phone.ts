/**
 * How long a visitor with a slow phone waits for the chat: the page is there, they tap, and the script comes
 * over a slow line. Chromium slows its own network and processor down; the relay serves compressed files.
 */
import type { Page } from 'playwright-core';
import { newPerson } from '../../e2e/harness/browser.ts';
import { PATIENCE_MS } from './shop.ts';
import { type ClientScene, openShopFor } from './scene.ts';

const SLOWER = 4;
const BYTES_PER_SECOND = 50_000;
const LATENCY_MS = 400;
const FRAME_GOAL_MS = 150;
const COMPOSER_GOAL_MS = 2_500;

/** Ms after the tap. */
interface Seen {
  frame?: number;
  composer?: number;
}

export const slowPhone: ClientScene = {
  about: `a first tap on a slow phone: ${SLOWER} times slower, ${BYTES_PER_SECOND / 1_000} KB/s, ${LATENCY_MS} ms`,
  run: (rounds) =>
    openShopFor(async ({ browser, relay }) => {
      const frames: number[] = [];
      const composers: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const { context, page } = await newPerson(browser, {
          viewport: { width: 390, height: 844 },
          isMobile: true,
          hasTouch: true,
        });
        page.setDefaultTimeout(PATIENCE_MS);
        await watchTap(page);
        await page.goto(relay.url, { waitUntil: 'networkidle' });
        const cdp = await context.newCDPSession(page);
        await cdp.send('Network.enable');
        await cdp.send('Network.emulateNetworkConditions', {
          offline: false,
          latency: LATENCY_MS,
          downloadThroughput: BYTES_PER_SECOND,
          uploadThroughput: BYTES_PER_SECOND,
        });
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
        await page.locator('comptoir-chat .launcher').tap();
        await page.waitForFunction(() => (globalThis as { seen?: Seen }).seen?.composer);
        const seen = await page.evaluate(() => (globalThis as { seen?: Seen }).seen);
        frames.push(seen?.frame ?? Infinity);
        composers.push(seen?.composer ?? Infinity);
        await context.close();
      }
      return [
        { what: 'tap to a frame', times: frames, goal: FRAME_GOAL_MS, of: 'p50' },
        { what: 'tap to the composer', times: composers, goal: COMPOSER_GOAL_MS, of: 'p50' },
      ];
    }),
};

/** Notes at each paint after the tap what stands on the screen. */
async function watchTap(page: Page): Promise<void> {
  await page.addInitScript(() => {
    addEventListener(
      'click',
      ({ timeStamp }) => {
        const seen: Seen = {};
        Object.assign(globalThis, { seen });
        const stands = (found: Element | null | undefined): boolean =>
          (found?.getBoundingClientRect().height ?? 0) > 0;
        const look = (): void => {
          const root = document.querySelector('comptoir-chat')?.shadowRoot;
          const panel = root?.querySelector('comptoir-panel');
          const composer = panel?.shadowRoot?.querySelector('comptoir-composer');
          const now = performance.now() - timeStamp;
          if (stands(panel) || stands(root?.querySelector('.frame'))) seen.frame ??= now;
          if (stands(composer?.shadowRoot?.querySelector('textarea'))) seen.composer = now;
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
}
