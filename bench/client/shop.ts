/** A shop's page with the widget, its relay, and a browser: what the client is measured in. */
import type { Browser } from 'playwright-core';
import { launchBrowser, newPerson } from '../../e2e/harness/browser.ts';
import { communityOf, embedPage } from '../../e2e/harness/embed-page.ts';
import { RelayProcess } from '../../relay/testing/machine/relay-process.ts';
import { startStaticHost } from '../../e2e/harness/static-host.ts';
import { Visitor } from '../../e2e/harness/visitor.ts';
import { TestDevice, TestIdentity, redeem } from '../../relay/testing/test-device.ts';
import { type Fingerprint, parseFingerprint } from '../../shared/ids.ts';

export interface Shop extends AsyncDisposable {
  readonly relay: RelayProcess;
  readonly browser: Browser;
  readonly community: Fingerprint;
  /** The page's address; at `/opened` the chat is open from the start. */
  readonly url: string;
  /** A new visitor on the page, with the chat open. */
  visitor(): Promise<Visitor>;
  /** A new helper's device, which speaks the wire. */
  helper(name: string): Promise<TestDevice>;
}

/** A machine that does something else beside takes its time. */
export const PATIENCE_MS = 180_000;

export async function openShop(): Promise<Shop> {
  const pages: Record<string, string> = {};
  const host = await startStaticHost(pages);
  const relay = await RelayProcess.start({
    env: {
      COMPTOIR_ORIGINS: host.url,
      COMPTOIR_ENTRIES_PER_MINUTE: '1000000',
      COMPTOIR_QUESTIONS_PER_HOUR: '100000',
    },
  });
  const browser = await launchBrowser();
  const embed = { relay: relay.url, community: await communityOf(relay.url) };
  const community = parseFingerprint(embed.community);
  pages['/'] = embedPage(embed);
  pages['/opened'] = embedPage(embed).replace('<comptoir-chat', '<comptoir-chat open');
  return {
    relay,
    browser,
    community,
    url: host.url,
    async visitor() {
      const { page } = await newPerson(browser);
      page.setDefaultTimeout(PATIENCE_MS);
      const visitor = new Visitor(page);
      await visitor.page.goto(host.url);
      await visitor.open();
      return visitor;
    },
    async helper(name) {
      const identity = new TestIdentity();
      await redeem(relay.url, community, identity, await relay.invite(), name);
      return TestDevice.connect(`${relay.url.replace('http', 'ws')}/sync`, community, { identity });
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await relay.dispose();
      await host.close();
    },
  };
}
