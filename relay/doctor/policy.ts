/** What a content security policy lets a page load: as much of CSP as the chat needs. */

export interface Policy {
  readonly directives: ReadonlyMap<string, readonly string[]>;
}

export const readPolicy = (text: string): Policy => {
  const directives = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return { directives };
};

/** The sources that hold for a directive, or where there is none for all; null if anything goes. */
const sourcesOf = ({ directives }: Policy, name: string): readonly string[] | null =>
  directives.get(name) ?? directives.get('default-src') ?? null;

/** Whether the page may connect there. */
export const allowsConnect = (policy: Policy, target: URL, page: URL): boolean =>
  allows(sourcesOf(policy, 'connect-src'), target, page);

/** The directive that decides about the tag of a script: where the first is there, the second does nothing. */
export const scriptDirective = ({ directives }: Policy): 'script-src-elem' | 'script-src' =>
  directives.has('script-src-elem') ? 'script-src-elem' : 'script-src';

/** Whether the page may run this script. @param nonce of its tag */
export function allowsScript(policy: Policy, script: URL, page: URL, nonce = ''): boolean {
  const sources = sourcesOf(policy, scriptDirective(policy));
  if (sources === null) return true;
  if (nonce !== '' && sources.includes(`'nonce-${nonce}'`)) return true;
  return !sources.includes("'strict-dynamic'") && allows(sources, script, page);
}

/** A directive that also names these: what its policy allows by it stays. */
export function namingAlso(policy: Policy, directive: string, needed: readonly string[]): string {
  const kept = (sourcesOf(policy, directive) ?? ["'self'"]).filter((one) => one !== "'none'");
  return [directive, ...new Set([...kept, ...needed])].join(' ');
}

/** Whether a nonce is what lets a script of this policy run. */
export const asksNonce = (policy: Policy): boolean =>
  sourcesOf(policy, scriptDirective(policy))?.some((one) => one.startsWith("'nonce-")) ?? false;

/** Whether Lit may make its templates. */
export function allowsTemplates({ directives }: Policy): boolean {
  const requires = directives.get('require-trusted-types-for')?.includes("'script'") ?? false;
  const names = directives.get('trusted-types');
  return !requires || !names || names.includes('lit-html') || names.includes('*');
}

function allows(sources: readonly string[] | null, target: URL, page: URL): boolean {
  return sources === null || sources.some((source) => matches(source, target, page));
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
  'ws:': '80',
  'wss:': '443',
};
const portOf = ({ port, protocol }: URL): string => port || (DEFAULT_PORTS[protocol] ?? '');
/** A page's scheme allows the secure one and the socket of the same kind. */
const AS_GOOD: Readonly<Record<string, readonly string[]>> = {
  'http:': ['http:', 'https:', 'ws:', 'wss:'],
  'https:': ['https:', 'wss:'],
  'ws:': ['ws:', 'wss:'],
  'wss:': ['wss:'],
};

function matches(source: string, target: URL, page: URL): boolean {
  if (source === "'self'") return isSelf(target, page);
  if (source === '*') return AS_GOOD['http:']?.includes(target.protocol) ?? false;
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source))
    return (AS_GOOD[source.toLowerCase()] ?? []).includes(target.protocol);
  const [, scheme, host, port, path = ''] =
    /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*|(?:\*\.)?[^/:*']+)(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(
      source,
    ) ?? [];
  if (host === undefined) return false;
  const from = scheme?.toLowerCase() ?? page.protocol;
  if (!(AS_GOOD[from] ?? [from]).includes(target.protocol)) return false;
  const name = host.toLowerCase();
  const isHost = name.startsWith('*')
    ? name === '*' || target.hostname.endsWith(name.slice(1))
    : target.hostname === name;
  const isPort = port === '*' || portOf(target) === (port ?? DEFAULT_PORTS[target.protocol]);
  const isPath =
    path === '' ||
    path === '/' ||
    (path.endsWith('/') ? target.pathname.startsWith(path) : target.pathname === path);
  return isHost && isPort && isPath;
}

const isSelf = (target: URL, page: URL): boolean =>
  target.hostname === page.hostname &&
  (AS_GOOD[page.protocol] ?? []).includes(target.protocol) &&
  portOf(target) === portOf(page);
