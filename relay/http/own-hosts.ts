/** Which hosts are this relay, and which web pages may talk to it. */
export interface HostsOptions {
  /** How people reach the relay; null when nobody said so: then it is for this machine. */
  readonly publicUrl: string | null;
  /** More names that it answers to: at a port, or without one at any. */
  readonly names: readonly string[];
  /** Origins of the brand's sites. */
  readonly origins: readonly string[];
}

export interface Hosts {
  /** Whether `host` (as `URL.host` says it), that a device says it dialled, is this relay. */
  readonly isOwn: (host: string) => boolean;
  /**
   * Whether a page of that origin may open a socket and use the API.
   * @param dialled the `Host` header of its request
   */
  readonly mayTalk: (origin: string, dialled: string) => boolean;
  /**
   * Whether a page of that origin is the relay's own, served by the host that a request dialled or by one
   * that is named: another program on this machine is none of ours.
   */
  readonly isOwnOrigin: (origin: string, dialled: string) => boolean;
}

/** The machine that says it: of an origin the visitor's, which is the relay's only where there is no public one. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export function hostsOf({ publicUrl, names, origins }: HostsOptions): Hosts {
  const home = publicUrl === null ? null : new URL(publicUrl);
  const named = new Set(names.map((name) => name.toLowerCase()));
  const allowed = new Set(origins);
  const isLoopback = (name: string): boolean => home === null && LOOPBACK.has(name);
  const isAtAnyPort = (host: string): boolean => {
    const name = host.replace(/:\d+$/, '');
    return named.has(name) || isLoopback(name);
  };

  /** A web page's origin, whole, and no plainer than the relay's own. */
  function pageOf(origin: string): URL | null {
    const page = URL.canParse(origin) ? new URL(origin) : null;
    if (page?.origin !== origin) return null;
    const isPlain = page.protocol === 'http:' && home?.protocol !== 'https:';
    return isPlain || page.protocol === 'https:' ? page : null;
  }
  function isServed({ origin, host }: URL, dialled: string): boolean {
    // A proxy may dial us by another name than the one it serves.
    if (origin === home?.origin || named.has(host)) return true;
    return host === dialled.toLowerCase() && isAtAnyPort(host);
  }

  return {
    isOwn(host) {
      const lower = host.toLowerCase();
      return lower === home?.host || named.has(lower) || isAtAnyPort(lower);
    },
    mayTalk(origin, dialled) {
      if (allowed.has(origin)) return true;
      const page = pageOf(origin);
      return page !== null && (isLoopback(page.hostname) || isServed(page, dialled));
    },
    isOwnOrigin(origin, dialled) {
      const page = pageOf(origin);
      if (page === null || !isServed(page, dialled)) return false;
      return page.protocol === 'https:' || LOOPBACK.has(page.hostname);
    },
  };
}
