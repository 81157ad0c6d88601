/** [9] Before the first click the widget is as good as not there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, longestTask, newPerson } from './harness/browser.ts';

const { brand, browser } = await brandWith(launchBrowser);

test('nothing stored, no socket, one script and one GET, no layout shift, no long task', async () => {
  const { context, page, errors } = await newPerson(browser);
  const requests: string[] = [];
  const sockets: string[] = [];
  page.on('request', (request) =>
    requests.push(`${request.method()} ${new URL(request.url()).pathname}`),
  );
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.addInitScript(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shift: number }).shift += (
          entry as unknown as { value: number }
        ).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  let asked: Record<string, string> = {};
  const longest = await longestTask(browser, page, async () => {
    const face = page.waitForResponse((response) => response.url().includes('/face'));
    await page.goto(brand.url);
    asked = await (await face).request().allHeaders();
    await page.locator('comptoir-chat .launcher').waitFor();
  });

  assert.deepEqual(
    requests.filter((request) => request !== 'GET /favicon.ico').toSorted(),
    ['GET /', 'GET /api/spaces/demo/face', 'GET /comptoir.js'].toSorted(),
  );
  assert.equal(asked['cookie'], undefined);
  assert.deepEqual(sockets, []);
  const stored = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  assert.deepEqual(stored, {
    local: 0,
    session: 0,
    cookies: '',
    databases: 0,
    caches: 0,
    workers: 0,
  });
  assert.deepEqual(await context.cookies(), []);
  assert.equal(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift), 0);
  assert.ok(longest < 50, `a task of ${String(longest)} ms`);
  assert.deepEqual(errors, []);
});

test('the demo shop moves nothing as it loads, on either kind of its pages, whatever the window', async () => {
  const { context, page } = await newPerson(browser);
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 780 });
    for (const path of ['/', '/?r=murs&p=perceuse', '/delivery.html?lang=en']) {
      await page.goto(brand.relay.url + path);
      await page.locator('main h1').waitFor();
      await page.locator('comptoir-chat .launcher').waitFor();
      const shifts = await page.evaluate(
        () =>
          new Promise((told) =>
            requestIdleCallback(() =>
              requestAnimationFrame(() => told((globalThis as { shifts?: number[] }).shifts)),
            ),
          ),
      );
      assert.deepEqual(shifts, [], `${path} at ${width}`);
    }
  }
  await context.close();
});
