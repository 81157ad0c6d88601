/** [8] A single-page site that swaps its whole body: the chat goes on as if nothing had happened. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CDPSession } from 'playwright-core';
import { brandWith } from './harness/brand-site.ts';
import { launchBrowser, newPerson } from './harness/browser.ts';
import { Visitor } from './harness/visitor.ts';

const NAVIGATIONS = 100;

const { brand, browser } = await brandWith(launchBrowser);

test(`${NAVIGATIONS} body swaps: same conversation and draft, one socket, no growing memory`, async (context) => {
  const person = await newPerson(browser);
  const visitor = new Visitor(person.page);
  const sockets: string[] = [];
  visitor.page.on('websocket', (socket) => sockets.push(socket.url()));
  await visitor.page.goto(brand.url);
  await visitor.open();
  await visitor.say('Une question qui reste');
  await visitor.received();
  await visitor.composer.fill('un brouillon');

  const cdp = await person.context.newCDPSession(visitor.page);
  await cdp.send('HeapProfiler.enable');
  for (let index = 0; index < 10; index++) await navigate(visitor); // what is made once is made
  const before = await measure(cdp);
  for (let index = 0; index < NAVIGATIONS; index++) await navigate(visitor);
  const grown = await measure(cdp);
  context.diagnostic(
    `heap ${before.heap} → ${grown.heap}, nodes ${before.nodes} → ${grown.nodes}, listeners ${before.listeners} → ${grown.listeners}`,
  );

  await visitor.sees('Une question qui reste');
  assert.equal(await visitor.composer.inputValue(), 'un brouillon');
  assert.equal(sockets.length, 1);
  assert.ok(grown.heap < before.heap * 1.25, `heap ${before.heap} → ${grown.heap}`);
  assert.ok(grown.nodes < before.nodes * 1.25, `nodes ${before.nodes} → ${grown.nodes}`);
  const { listeners } = grown;
  assert.ok(listeners < before.listeners * 1.25, `listeners ${before.listeners} → ${listeners}`);
  // The socket that stayed still carries.
  await visitor.composer.press('Enter');
  await visitor.sees('un brouillon');
  await visitor.received();
  assert.equal(sockets.length, 1);
  assert.deepEqual(person.errors, []);
});

/** What a router does: a new address, and a new body with a new element. */
async function navigate({ page, composer }: Visitor): Promise<void> {
  await page.evaluate(() => {
    history.pushState(null, '', `/?page=${Math.random()}`);
    const body = document.createElement('body');
    for (const child of document.body.children) body.append(document.importNode(child, true));
    document.body.replaceWith(body);
  });
  await composer.waitFor();
}

async function measure(
  cdp: CDPSession,
): Promise<{ heap: number; nodes: number; listeners: number }> {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}
