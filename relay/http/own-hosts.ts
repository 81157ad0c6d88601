/** Which hosts are this relay, and which web pages may talk to it. */
export interface HostsOptions {
  /** How people reach the relay; null if not configured: then it is for this machine only. */
  readonly publicUrl: string | null;
  /** More names that it answers to: a name with a port holds for that port, a name without one for any. */
  readonly names: readonly string[];
  /** Origins of the brand's sites. */
  readonly origins: readonly string[];
}

export interface Hosts {
  /** Whether `host` (in the form of `URL.host`), which a device says it dialled, is this relay. */
  readonly isOwn: (host: string) => boolean;
  /**
   * Whether a page of that origin may open a socket and use the API.
   * @param dialled the `Host` header of its request
   */
  readonly mayTalk: (origin: string, dialled: string) => boolean;
  /**
   * Whether a page of that origin is the relay's own, served by the host that a request dialled or by a
   * configured one. Another program on this machine is not ours.
   */
  readonly isOwnOrigin: (origin: string, dialled: string) => boolean;
}

/**
 * These names mean the machine that uses them. In an origin that is the visitor's, and the relay's only if
 * there is no public URL.
 */
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

  /** A web page's whole origin, no less secure than the relay's own. */
  function pageOf(origin: string): URL | null {
    const page = URL.canParse(origin) ? new URL(origin) : null;
    if (page?.origin !== origin) return null;
    const isPlain = page.protocol === 'http:' && home?.protocol !== 'https:';
    return isPlain || page.protocol === 'https:' ? page : null;
  }
  function isServed({ origin, host }: URL, dialled: string): boolean {
    // A proxy may dial us by a different name than the one it serves.
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
