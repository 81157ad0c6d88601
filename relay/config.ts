/** The relay's configuration: `COMPTOIR_*` variables, all checked at once. */
import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { type LogLevel, logLevels } from './json-log.ts';

export interface Config {
  /** `COMPTOIR_PORT`, else `PORT`. @default 8787 */
  readonly port: number;
  /** `COMPTOIR_HOST`: the address to listen on. @default 127.0.0.1, so that a fresh start is nobody else's business */
  readonly host: string;
  /** `COMPTOIR_DATA`: the folder that holds everything worth a backup. @default ./data */
  readonly data: string;
  /** `COMPTOIR_PUBLIC_URL`: how people reach the relay. @default http://localhost:<port> */
  readonly publicUrl: string | null;
  /** `COMPTOIR_ORIGINS`: origins of the sites that embed the widget, separated by commas. */
  readonly origins: readonly string[];
  /** `COMPTOIR_HOSTS`: more names this relay answers to, with or without a port. */
  readonly hosts: readonly string[];
  /** `COMPTOIR_TRUSTED_PROXIES`: addresses or networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /**
   * `COMPTOIR_IDENTITY_SECRET_FILE`, else `COMPTOIR_IDENTITY_SECRET`: shared with the brand's site, which
   * signs its visitors' names with it. The file must be its owner's alone.
   */
  readonly identitySecret: string | null;
  /** `COMPTOIR_IDENTITY_JWKS`: where the brand's site publishes the keys it signs names with, instead of a secret. */
  readonly identityJwks: string | null;
  /** `COMPTOIR_IDENTITY_AUDIENCE`: the `aud` of its tokens. @default the community's fingerprint */
  readonly identityAudience: string | null;
  /** `COMPTOIR_ENTRIES_PER_MINUTE`: what one author may write. @default 300 */
  readonly entriesPerMinute: number;
  /** `COMPTOIR_QUESTIONS_PER_HOUR`: conversations that one author may begin. @default 30 */
  readonly questionsPerHour: number;
  /** `COMPTOIR_ADDRESS_DAYS`: for how long is remembered, as keyed hashes, where people wrote from. @default 30 */
  readonly addressDays: number;
  /** `COMPTOIR_SOCKETS_PER_ADDRESS`: connections from one address. @default 200 */
  readonly socketsPerAddress: number;
  /** `COMPTOIR_LAPSE_SECONDS`: after how long out of reach a claim ends. @default 300 */
  readonly lapseSeconds: number;
  /** `COMPTOIR_LOG`: error, warn, info or silent. @default warn */
  readonly logLevel: LogLevel;
}

/** What is wrong with a configuration, all of it. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const known = [
  'PORT',
  'HOST',
  'DATA',
  'PUBLIC_URL',
  'ORIGINS',
  'HOSTS',
  'TRUSTED_PROXIES',
  'IDENTITY_SECRET',
  'IDENTITY_SECRET_FILE',
  'IDENTITY_JWKS',
  'IDENTITY_AUDIENCE',
  'ENTRIES_PER_MINUTE',
  'QUESTIONS_PER_HOUR',
  'ADDRESS_DAYS',
  'SOCKETS_PER_ADDRESS',
  'LAPSE_SECONDS',
  'LOG',
].map((name) => `COMPTOIR_${name}`);

/** Variables of our own tools, not of the relay. */
const isTool = (name: string): boolean => /^COMPTOIR_(DEV|TEST|FUZZ|E2E|BENCH)_/.test(name);

/** @throws {ConfigError} that tells every problem, each with what is allowed. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = new Reader(env);
  const config: Config = {
    port: read.number(env['COMPTOIR_PORT'] ? 'COMPTOIR_PORT' : 'PORT', 8_787, 0, 65_535),
    host: read.text(
      'COMPTOIR_HOST',
      '127.0.0.1',
      'an IP address or host name, such as 0.0.0.0',
      isHost,
    ),
    data: read.text('COMPTOIR_DATA', './data', 'a folder', (text) => text !== ''),
    publicUrl: read.text(
      'COMPTOIR_PUBLIC_URL',
      null,
      'an http(s) address without path, such as https://chat.example.com',
      isOrigin,
    ),
    origins: read.list(
      'COMPTOIR_ORIGINS',
      'origins separated by commas, such as https://www.example.com',
      isOrigin,
    ),
    hosts: read.list(
      'COMPTOIR_HOSTS',
      'host names separated by commas, such as chat.example.com or relay:8787',
      isHost,
    ),
    trustedProxies: read.list(
      'COMPTOIR_TRUSTED_PROXIES',
      'addresses or networks separated by commas, such as 10.0.0.0/8',
      isNetwork,
    ),
    identitySecret: read.secret('COMPTOIR_IDENTITY_SECRET'),
    identityJwks: read.text(
      'COMPTOIR_IDENTITY_JWKS',
      null,
      'an https address, such as https://www.example.com/.well-known/jwks.json',
      isKeyAddress,
    ),
    identityAudience: read.text(
      'COMPTOIR_IDENTITY_AUDIENCE',
      null,
      'at most 200 characters',
      (text) => text.length <= 200,
    ),
    entriesPerMinute: read.number('COMPTOIR_ENTRIES_PER_MINUTE', 300, 1, 1_000_000),
    questionsPerHour: read.number('COMPTOIR_QUESTIONS_PER_HOUR', 30, 1, 1_000_000),
    addressDays: read.number('COMPTOIR_ADDRESS_DAYS', 30, 1, 366),
    socketsPerAddress: read.number('COMPTOIR_SOCKETS_PER_ADDRESS', 200, 1, 1_000_000),
    lapseSeconds: read.number('COMPTOIR_LAPSE_SECONDS', 300, 1, 86_400),
    logLevel: read.text(
      'COMPTOIR_LOG',
      'warn',
      `one of ${logLevels.join(', ')}`,
      isLogLevel,
    ) as LogLevel,
  };
  if (config.identitySecret !== null && config.identityJwks !== null) {
    read.problems.push(
      'COMPTOIR_IDENTITY_SECRET and COMPTOIR_IDENTITY_JWKS: set one of them, not both',
    );
  }
  read.refuseUnknown();
  if (read.problems.length > 0) throw new ConfigError(read.problems);
  return { ...config, publicUrl: config.publicUrl?.replace(/\/$/, '') ?? null };
}

class Reader {
  readonly problems: string[] = [];
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  text<Fallback extends string | null>(
    name: string,
    fallback: Fallback,
    allowed: string,
    holds: (text: string) => boolean,
  ): string | Fallback {
    const text = this.#env[name]?.trim();
    if (text === undefined || text === '') return fallback;
    if (!holds(text)) this.#wrong(name, text, allowed);
    return text;
  }

  /** A secret, from a file that nobody else may read or from the variable itself. */
  secret(name: string): string | null {
    const path = this.#env[`${name}_FILE`]?.trim();
    if (!path) return this.text(name, null, 'at least 32 characters', isSecret);
    try {
      const open = (statSync(path).mode & 0o077) !== 0 && process.platform !== 'win32';
      if (open) this.problems.push(`${name}_FILE: others may read ${path}; it must have mode 0600`);
      const text = readFileSync(path, 'utf8').trim();
      if (!isSecret(text))
        this.problems.push(`${name}_FILE: ${path} must hold at least 32 characters`);
      return text;
    } catch (error) {
      this.problems.push(`${name}_FILE: ${path} cannot be read (${(error as Error).message})`);
      return null;
    }
  }

  number(name: string, fallback: number, least: number, most: number): number {
    const holds = (text: string): boolean =>
      /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
    const text = this.text(name, null, `a whole number from ${least} to ${most}`, holds);
    return text === null ? fallback : Number(text);
  }

  list(name: string, allowed: string, holds: (text: string) => boolean): readonly string[] {
    const items = (this.#env[name] ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    for (const item of items) if (!holds(item)) this.#wrong(name, item, allowed);
    return items.map((item) => item.replace(/\/$/, ''));
  }

  /** A name that is off by a letter would otherwise be ignored in silence. */
  refuseUnknown(): void {
    for (const name of Object.keys(this.#env)) {
      if (!name.startsWith('COMPTOIR_') || known.includes(name) || isTool(name)) continue;
      this.problems.push(`${name} is not known; known are ${known.join(', ')}`);
    }
  }

  #wrong(name: string, text: string, allowed: string): void {
    const shown = /SECRET/.test(name) ? 'its value' : JSON.stringify(text.slice(0, 100));
    this.problems.push(`${name}: ${shown} is not allowed; it must be ${allowed}`);
  }
}

const isSecret = (text: string): boolean => text.length >= 32;

const isHost = (text: string): boolean =>
  /^(\[[0-9a-f:]+\]|[a-z0-9:]*::[a-z0-9:]*|[a-z0-9.-]+)(:\d{1,5})?$/i.test(text);

const isLogLevel = (text: string): boolean => (logLevels as readonly string[]).includes(text);

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && (url.origin === text || `${url.origin}/` === text);
}

/** Keys that came over plain HTTP could be anybody's; a machine may ask itself. */
function isKeyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(hostname))
  );
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
  );
}
