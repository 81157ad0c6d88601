/** A brand's site on an origin of its own, and a relay that lets its pages in. */
import { after } from 'node:test';
import { RelayProcess } from '../../relay/testing/machine/relay-process.ts';
import { type EmbedOptions, communityOf, embedPage } from './embed-page.ts';
import { type StaticHost, startStaticHost } from './static-host.ts';

export class BrandSite {
  /** By path, for a test to change. From the start there is one with the widget at `/`. */
  readonly pages: Record<string, string>;
  /** Of all that the site sends, for a test to change. From the start there is none. */
  readonly headers: Record<string, string>;
  readonly relay: RelayProcess;
  readonly community: string;
  readonly #host: StaticHost;

  private constructor(
    pages: Record<string, string>,
    headers: Record<string, string>,
    host: StaticHost,
    relay: RelayProcess,
    community: string,
  ) {
    this.pages = pages;
    this.headers = headers;
    this.#host = host;
    this.relay = relay;
    this.community = community;
    pages['/'] = this.embed();
  }

  /** @param env more `COMPTOIR_*` variables for the relay */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<BrandSite> {
    const pages: Record<string, string> = {};
    const headers: Record<string, string> = {};
    const host = await startStaticHost(pages, headers);
    const relay = await RelayProcess.start({ env: { COMPTOIR_ORIGINS: host.url, ...env } });
    return new BrandSite(pages, headers, host, relay, await communityOf(relay.url));
  }

  get url(): string {
    return this.#host.url;
  }

  /** A page with the widget. */
  embed(options: Partial<EmbedOptions> = {}): string {
    return embedPage({ relay: this.relay.url, community: this.community, ...options });
  }

  async dispose(): Promise<void> {
    await this.#host.close();
    await this.relay.dispose();
  }
}

/**
 * A brand's site and a browser for all tests of a file, from before its first to after its last.
 * @param env more `COMPTOIR_*` variables for the relay
 */
export async function brandWith<B extends { close(): Promise<void> }>(
  launch: () => Promise<B>,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly brand: BrandSite; readonly browser: B }> {
  const browser = await launch();
  after(() => browser.close());
  const brand = await BrandSite.start(env);
  after(() => brand.dispose());
  return { brand, browser };
}
