/** A linking code in the page's address, as the other device's picture has it. */
const PREFIX = '#comptoir-link=';

export const hasLinkCode = (): boolean => location.hash.startsWith(PREFIX);

/** The code, taken out of the address: it works once, and belongs in no history. Empty for none. */
export function takeLinkCode(): string {
  if (!hasLinkCode()) return '';
  const code = location.hash.slice(PREFIX.length);
  history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}
