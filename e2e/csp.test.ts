/** [10] Under a strict content security policy with Trusted Types everything works, and nothing is reported. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Person, launchBrowser, newPerson } from './harness/browser.ts';
import { communityOf, embedPage } from './harness/embed-page.ts';
import { Helper } from './harness/helper.ts';
import { RelayProcess } from '../relay/testing/machine/relay-process.ts';
import { type StaticHost, startStaticHost } from './harness/static-host.ts';
import { Visitor } from './harness/visitor.ts';

const STRICT = [
  "default-src 'self'",
  "style-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html comptoir',
];

let relay: RelayProcess;
let browser: Browser;
const opened: { dispose(): Promise<void> }[] = [];

before(async () => {
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  await Promise.all(opened.map((each) => each.dispose()));
});

async function startRelay(env: Readonly<Record<string, string>> = {}): Promise<void> {
  relay = await RelayProcess.start({ env });
  opened.push(relay);
}

async function startHost(
  pages: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<StaticHost> {
  const host = await startStaticHost(pages, headers);
  opened.push({ dispose: () => host.close() });
  return host;
}

/** A person whose pages note every report of the policy. */
async function watchedPerson(): Promise<Person & { reports(): Promise<string[]> }> {
  const person = await newPerson(browser);
  const reports: string[] = [];
  await person.context.exposeFunction('noteReport', (report: string) => void reports.push(report));
  await person.context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteReport } = globalThis as unknown as { noteReport(report: string): void };
      noteReport(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return {
    ...person,
    async reports() {
      // A report is told by an event: one more turn of the page brings what is on its way.
      await person.page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
      return [...reports, ...person.errors];
    },
  };
}

async function policyOf(page: Page, address: string): Promise<string> {
  const answer = await page.goto(address);
  return (await answer?.headerValue('content-security-policy')) ?? '';
}

test("the relay's own pages: shop and desk work on one origin, 0 reports", async () => {
  await startRelay();
  const shopper = await watchedPerson();
  const desk = await watchedPerson();
  const visitor = new Visitor(shopper.page);
  const helper = new Helper(desk.page);
  const policy = await policyOf(visitor.page, relay.url);
  for (const line of STRICT) assert.ok(policy.includes(line), `${line} is missing from ${policy}`);
  await helper.join(relay.invitation, 'Maud');
  assert.ok(
    (await policyOf(helper.page, new URL('/desk/', relay.invitation).href)).includes(
      'trusted-types lit-html comptoir',
    ),
  );
  await helper.inbox.waitFor();
  await helper.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await visitor.open();
  await visitor.say('Sous une règle stricte');
  await helper.take('Sous une règle stricte');
  await helper.say('Tout marche');
  await visitor.sees('Tout marche');
  assert.deepEqual(await shopper.reports(), []);
  assert.deepEqual(await desk.reports(), []);
});

test('cross-origin, with the lines that the docs give: works, 0 reports', async () => {
  const pages: Record<string, string> = {};
  const headers: Record<string, string> = {};
  const host = await startHost(pages, headers);
  await startRelay({ COMPTOIR_ORIGINS: host.url });
  const socket = relay.url.replace('http', 'ws');
  headers['content-security-policy'] = [
    ...STRICT,
    `script-src 'self' ${relay.url}`,
    `connect-src 'self' ${relay.url} ${socket}`,
  ].join('; ');
  const community = await communityOf(relay.url);
  pages['/'] = embedPage({ relay: relay.url, scripts: relay.url, community });
  const person = await watchedPerson();
  const visitor = new Visitor(person.page);
  await visitor.page.goto(host.url);
  await visitor.open();
  await visitor.say('Depuis un autre site');
  await visitor.received();
  assert.deepEqual(await person.reports(), []);
});

test('a policy that does not allow the relay leaves the page whole, and the question kept', async () => {
  const pages: Record<string, string> = {};
  const host = await startHost(pages, { 'content-security-policy': STRICT.join('; ') });
  await startRelay({ COMPTOIR_ORIGINS: host.url });
  pages['/'] = embedPage({ relay: relay.url, community: await communityOf(relay.url) });
  const { context, page, reports } = await watchedPerson();
  const thrown: string[] = [];
  context.on('weberror', (error) => thrown.push(String(error.error())));
  const visitor = new Visitor(page);
  await visitor.page.goto(host.url);
  await visitor.open();
  await visitor.say('Gardée malgré la règle');
  await visitor.panel
    .locator('.netline')
    .getByText(/partira au retour/)
    .waitFor();
  assert.deepEqual(thrown, []);
  // The same watch as above does hear what is refused here.
  assert.ok((await reports()).some((report) => report.startsWith('connect-src')));
});
