/** A brand's site and a browser for all tests of a file, from before its first to after its last. */
import { after } from 'node:test';
import { BrandSite } from './brand-site.ts';

/** @param env more `COMPTOIR_*` variables for the relay */
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
