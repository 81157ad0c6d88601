/** A linking code in the page's address, from the other device's QR code. */
import { page } from '../signals/page.ts';

const PREFIX = '#comptoir-link=';

export const hasLinkCode = (): boolean => page.location.hash.startsWith(PREFIX);

/** The code, removed from the address: it works once, and belongs in no history. Empty if there is none. */
export function readLinkCode(): string {
  if (!hasLinkCode()) return '';
  const code = page.location.hash.slice(PREFIX.length);
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search);
  return code;
}
