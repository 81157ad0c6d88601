/** Which hosts are this relay, and which web pages may talk to it. */
export interface Hosts {
  /** Whether `host` (as `URL.host` says it) is this relay. */
  readonly isOwn: (host: string) => boolean;
  /** Whether a page of that origin may open a socket and use the API. */
  readonly mayTalk: (origin: string) => boolean;
  /**
   * Whether a page of that origin is the relay's own, served by the host that a request dialled (its
   * `Host` header) or by one named with its port: another program on this machine is none of ours.
   */
  readonly isOwnOrigin: (origin: string, dialled: string) => boolean;
}

/** This machine, on any port: a page served here, or a proxy beside us. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * @param names host names with or without a port (without: any port), beside loopback.
 * @param origins origins of the brand's sites.
 */
export function hostsOf(names: readonly string[], origins: readonly string[]): Hosts {
  const own = new Set(names.map((name) => name.toLowerCase()));
  const allowed = new Set(origins);
  const isOwn = (host: string): boolean => {
    const lower = host.toLowerCase();
    const name = lower.replace(/:\d+$/, '');
    return LOOPBACK.has(name) || own.has(lower) || own.has(name);
  };
  return {
    isOwn,
    mayTalk(origin) {
      if (allowed.has(origin)) return true;
      return URL.canParse(origin) && isOwn(new URL(origin).host);
    },
    isOwnOrigin(origin, dialled) {
      if (!URL.canParse(origin)) return false;
      const { protocol, host, hostname } = new URL(origin);
      const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
      // A proxy may dial us by another name than the one it serves.
      return isSafe && isOwn(host) && (host === dialled.toLowerCase() || own.has(host));
    },
  };
}
