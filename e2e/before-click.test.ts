/** [9] Before the first click the widget is as good as not there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';

const { brand, browser } = await brandWith(launchBrowser);

interface Seen {
  shift: number;
  longTasks: number;
}

test('nothing stored, no socket, one script and one GET, no layout shift, no long task', async () => {
  const { context, page, errors } = await newPerson(browser);
  const requests: string[] = [];
  const sockets: string[] = [];
  page.on('request', (request) =>
    requests.push(`${request.method()} ${new URL(request.url()).pathname}`),
  );
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.addInitScript(() => {
    const seen: Seen = { shift: 0, longTasks: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => (seen.longTasks += list.getEntries().length)).observe({
      type: 'longtask',
      buffered: true,
    });
  });
  const face = page.waitForResponse((response) => response.url().includes('/face'));
  await page.goto(brand.url);
  const asked = await (await face).request().allHeaders();
  await page.locator('comptoir-chat .launcher').waitFor();
  await page.evaluate(
    () => new Promise((idle) => requestIdleCallback(() => requestAnimationFrame(idle))),
  );

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
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  assert.deepEqual(seen, { shift: 0, longTasks: 0 });
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
