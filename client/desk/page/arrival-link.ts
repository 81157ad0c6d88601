/** What the address that opened the desk says, and the address it is left with. */
export interface ArrivalLink {
  /** The invitation's code, or null. */
  readonly invitation: string | null;
  /** The code by which this device joins a member of the desk, or null. */
  readonly link: string | null;
  /** Path and query to show from now on: no code in it, and inside the app's scope. */
  readonly address: string;
}

/** Codes are 22 signs of base64url; what is not one is given as it is, so that the desk can say so. */
export function arrivalLink(url: URL): ArrivalLink {
  const fragment = new URLSearchParams(url.hash.slice(1));
  const invitation = fragment.get('invite');
  const link = fragment.get('link');
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return { invitation, link, address: path + url.search };
}
