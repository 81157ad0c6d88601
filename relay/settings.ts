/** The relay's settings: each with its variables, what it is for, its default, and what is allowed. */
import { isIP } from 'node:net';
import * as v from 'valibot';
import { type LogLevel, logLevels } from './json-log.ts';

/** One setting: what `config.ts` reads and docs/configuration.md lists. */
export interface Setting<Value = unknown> {
  /** The variable that sets it, without `COMPTOIR_`. */
  readonly variable: string;
  /** Another variable, in full, that sets it where the first does not. */
  readonly or?: string;
  /** It is a secret: never shown, and it may be in a file that a variable with `_FILE` names. */
  readonly isSecret?: boolean;
  /** A phrase for people, in Markdown. */
  readonly about: string;
  readonly fallback: Value;
  /** The default as people read it, where the value does not say it. */
  readonly shown?: string;
  /** What the number counts. */
  readonly unit?: string;
  /** From the variable's text. The message of an issue says what is allowed. */
  readonly schema: v.GenericSchema<string, Value>;
}

const text = (allowed: string, holds: (text: string) => boolean) =>
  v.pipe(v.string(), v.check(holds, allowed));

const wholeNumber = (least: number, most: number) =>
  v.pipe(
    text(
      `a whole number from ${least} to ${most}`,
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
    ),
    v.transform(Number),
  );

const list = (allowed: string, holds: (text: string) => boolean) =>
  v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
    v.array(text(allowed, holds)),
    v.transform((items): readonly string[] => items.map(withoutSlash)),
  );

const withoutSlash = (text: string): string => text.replace(/\/$/, '');

const setting = <Value>(given: Setting<Value>): Setting<Value> => given;

/** In the order in which docs/configuration.md lists them. */
export const settings = {
  port: setting({
    variable: 'PORT',
    or: 'PORT',
    about: 'the port that the relay listens on',
    fallback: 8_787,
    schema: wholeNumber(0, 65_535),
  }),
  host: setting({
    variable: 'HOST',
    about: 'the address that the relay listens on; `0.0.0.0` lets other machines in',
    fallback: '127.0.0.1',
    schema: text('an IP address or host name, such as 0.0.0.0', isHost),
  }),
  data: setting({
    variable: 'DATA',
    about: 'the folder that holds everything worth a backup',
    fallback: './data',
    schema: v.string(),
  }),
  publicUrl: setting<string | null>({
    variable: 'PUBLIC_URL',
    about:
      'the address by which people reach the relay, such as `https://chat.example.com`; once it is set, pages of `localhost` may no longer talk to the relay',
    fallback: null,
    shown: '`http://localhost:<port>`',
    schema: v.pipe(
      text('an http(s) address without path, such as https://chat.example.com', isOrigin),
      v.transform(withoutSlash),
    ),
  }),
  origins: setting<readonly string[]>({
    variable: 'ORIGINS',
    about: 'the sites that embed the widget, separated by commas',
    fallback: [],
    shown: 'none but the relay’s own',
    schema: list('origins separated by commas, such as https://www.example.com', isOrigin),
  }),
  hosts: setting<readonly string[]>({
    variable: 'HOSTS',
    about:
      'more host names that the relay answers to: a name with a port holds for that port, a name without one for any; over HTTPS if the public URL is HTTPS',
    fallback: [],
    shown: 'the public URL’s host; without one, loopback names',
    schema: list('host names separated by commas, such as chat.example.com or relay:8787', isHost),
  }),
  trustedProxies: setting<readonly string[]>({
    variable: 'TRUSTED_PROXIES',
    about: 'the proxies whose `X-Forwarded-For` the relay believes',
    fallback: [],
    shown: 'none',
    schema: list('addresses or networks separated by commas, such as 10.0.0.0/8', isNetwork),
  }),
  identitySecret: setting<string | null>({
    variable: 'IDENTITY_SECRET',
    isSecret: true,
    about:
      'the secret that the brand’s site signs its visitors’ tokens with (HS256); at least 32 characters, in a file of mode 0600',
    fallback: null,
    shown: 'none: tokens are ignored',
    schema: text('at least 32 characters', (text) => text.length >= 32),
  }),
  identityJwks: setting<string | null>({
    variable: 'IDENTITY_JWKS',
    about:
      'instead of a secret: the address where the site publishes its public keys (ES256, ES384, EdDSA, RS256, PS256)',
    fallback: null,
    shown: 'none',
    schema: text(
      'an https address, such as https://www.example.com/.well-known/jwks.json',
      isKeyAddress,
    ),
  }),
  identityAudience: setting<string | null>({
    variable: 'IDENTITY_AUDIENCE',
    about: 'the `aud` of the site’s tokens',
    fallback: null,
    shown: 'the fingerprint',
    schema: text('at most 200 characters', (text) => text.length <= 200),
  }),
  entriesPerMinute: setting({
    variable: 'ENTRIES_PER_MINUTE',
    about:
      'how much one person may write; a connection may write 4 times as much, an address 20 times, its neighbourhood 100 times',
    fallback: 300,
    unit: 'entries a minute',
    schema: wholeNumber(1, 1_000_000),
  }),
  questionsPerHour: setting({
    variable: 'QUESTIONS_PER_HOUR',
    about:
      'how many conversations one person may begin; a connection may begin 2 times as many, an address 5 times, its neighbourhood 20 times; the first two of a device are counted apart',
    fallback: 30,
    unit: 'questions an hour',
    schema: wholeNumber(1, 1_000_000),
  }),
  addressDays: setting({
    variable: 'ADDRESS_DAYS',
    about: 'how long the relay remembers, as keyed hashes, which addresses people wrote from',
    fallback: 30,
    unit: 'days',
    schema: wholeNumber(1, 366),
  }),
  socketsPerAddress: setting({
    variable: 'SOCKETS_PER_ADDRESS',
    about: 'how many [sockets](#connections) one address may have; all of a shop share one address',
    fallback: 200,
    unit: 'sockets',
    schema: wholeNumber(1, 1_000_000),
  }),
  memory: setting<number | null>({
    variable: 'MEMORY',
    about:
      'what the relay may [remember](security.md#every-bound): all bounds of memory together, each a share of it',
    fallback: null,
    shown: 'half of what the machine or its container has, and no more than 1,600',
    unit: 'MB',
    schema: wholeNumber(32, 1_000_000),
  }),
  lapseSeconds: setting({
    variable: 'LAPSE_SECONDS',
    about: 'a claim ends when its holder has been out of reach for this long',
    fallback: 300,
    unit: 'seconds',
    schema: wholeNumber(1, 86_400),
  }),
  logLevel: setting<LogLevel>({
    variable: 'LOG',
    about: '`error`, `warn`, `info` or `silent`',
    fallback: 'warn',
    schema: v.picklist(logLevels, `one of ${logLevels.join(', ')}`),
  }),
} as const;

/** The variables of a setting, in the order in which they are looked at. */
export function variablesOf({ variable, or, isSecret = false }: Setting): readonly string[] {
  const name = `COMPTOIR_${variable}`;
  return [...(isSecret ? [`${name}_FILE`] : []), name, ...(or === undefined ? [] : [or])];
}

function isHost(text: string): boolean {
  return /^(\[[0-9a-f:]+\]|[a-z0-9:]*::[a-z0-9:]*|[a-z0-9.-]+)(:\d{1,5})?$/i.test(text);
}

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
