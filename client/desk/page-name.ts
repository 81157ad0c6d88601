/** What to call the page a question was asked from: its title, else the end of its address. */
import type { Page } from '../../shared/entry/schema/field.ts';

export function pageName(page: Page): string {
  if (page.title) return page.title;
  if (!URL.canParse(page.url)) return '';
  const { host, pathname } = new URL(page.url);
  if (pathname === '/') return host;
  try {
    return decodeURI(pathname);
  } catch {
    return pathname; // a stray percent sign is no encoding
  }
}

/** Its address if a browser may open it; anything but http(s) is only shown as text. */
export function pageAddress(page: Page): string | null {
  if (!URL.canParse(page.url)) return null;
  const { protocol, href } = new URL(page.url);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
