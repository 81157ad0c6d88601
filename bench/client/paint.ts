/** When the newest message of a conversation has been painted. */
import type { Page } from 'playwright-core';

interface Paint {
  /** Ms since the navigation began. */
  painted?: number;
  /** Ms since the launcher was clicked; absent where the page opens the chat by itself. */
  afterClick?: number;
}

/** From the next page on, notes when this message has been painted. */
export const watchPaint = (page: Page, last: string): Promise<unknown> =>
  page.addInitScript(watch, last);

/** Runs in the page before anything else. */
function watch(last: string): void {
  const paint: Paint = {};
  Object.assign(globalThis, { paint });
  let clicked: number | undefined;
  addEventListener('click', () => (clicked ??= performance.now()), { capture: true });
  const look = (): void => {
    const thread = document
      .querySelector('comptoir-chat')
      ?.shadowRoot?.querySelector('comptoir-panel')
      ?.shadowRoot?.querySelector('comptoir-thread');
    const bubbles = thread?.shadowRoot?.querySelectorAll<HTMLElement>('.bubble:not(.typing)');
    const newest = bubbles?.item(bubbles.length - 1);
    if (!newest?.textContent.includes(last) || !newest.checkVisibility()) {
      requestAnimationFrame(look);
      return;
    }
    // This frame draws it; a task that comes after the frame finds it painted.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      paint.painted = performance.now();
      if (clicked !== undefined) paint.afterClick = paint.painted - clicked;
    };
    channel.port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

export async function paintOf(page: Page): Promise<Required<Paint>> {
  await page.waitForFunction(
    () => (globalThis as unknown as { paint: Paint }).paint.painted !== undefined,
  );
  const paint = await page.evaluate(() => (globalThis as unknown as { paint: Paint }).paint);
  return { painted: paint.painted ?? Infinity, afterClick: paint.afterClick ?? Infinity };
}
