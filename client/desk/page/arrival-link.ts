/** What the address that opened the desk says, and the address it is left with. */
export interface ArrivalLink {
  /** The invitation's code, or null. */
  readonly invitation: string | null;
  /** Path and query to show from now on: no code in it, and inside the app's scope. */
  readonly address: string;
}

/** Codes are 22 signs of base64url; what is not one is given as it is, so that the desk can say so. */
export function arrivalLink(url: URL): ArrivalLink {
  const invitation = new URLSearchParams(url.hash.slice(1)).get('invite');
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return { invitation, address: path + url.search };
}
