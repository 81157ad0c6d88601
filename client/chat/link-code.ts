/** A linking code in the page's address, from the other device's QR code. */
const PREFIX = '#comptoir-link=';

export const hasLinkCode = (): boolean => location.hash.startsWith(PREFIX);

/** The code, removed from the address: it works once, and belongs in no history. Empty if there is none. */
export function readLinkCode(): string {
  if (!hasLinkCode()) return '';
  const code = location.hash.slice(PREFIX.length);
  history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}
