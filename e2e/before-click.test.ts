/** [9] Before the first click the widget is as good as not there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';

const { brand, browser } = await brandWith(launchBrowser);

/** The longest task of the page's thread in a trace, in ms of CPU: what another process took does not count. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as {
    traceEvents: { name: string; tid: number; tdur?: number; args: { name?: string } }[];
  };
  const main = traceEvents.find(({ args }) => args.name === 'CrRendererMain')!.tid;
  const tasks = traceEvents.filter(({ name, tid }) => name === 'RunTask' && tid === main);
  assert.ok(tasks.length > 10, 'the trace has the tasks of the page');
  return Math.max(...tasks.map(({ tdur }) => tdur!)) / 1000;
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
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shift: number }).shift += (
          entry as unknown as { value: number }
        ).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  const face = page.waitForResponse((response) => response.url().includes('/face'));
  await page.goto(brand.url);
  const asked = await (await face).request().allHeaders();
  await page.locator('comptoir-chat .launcher').waitFor();
  await page.evaluate(
    () => new Promise((idle) => requestIdleCallback(() => requestAnimationFrame(idle))),
  );
  const longest = longestTask(await browser.stopTracing());

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
