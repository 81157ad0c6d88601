/** Reads a live page that should carry the chat, and says what keeps it from working, with what to paste. */
import { type FetchFault, type Fetched, failed, fetchBounded } from './fetch-bounded.ts';
import { dial } from './dial.ts';
import {
  type Policy,
  allowsConnect,
  allowsScript,
  allowsTemplates,
  asksNonce,
  namingAlso,
  readPolicy,
  scriptDirective,
} from './policy.ts';
import { type PageParts, readPage } from './read-page.ts';

export interface Finding {
  readonly about:
    'page' | 'snippet' | 'script' | 'relay' | 'origins' | 'policy' | 'proxy' | 'certificate';
  readonly wrong: string;
  /** The line that mends it; empty if no line does. */
  readonly paste: string;
}

export interface ExamineOptions {
  /** For each address. @default 10000 */
  readonly timeoutMs?: number;
}

type Chat = PageParts['chats'][number];

const finding = (about: Finding['about'], wrong: string, paste = ''): Finding => ({
  about,
  wrong,
  paste,
});

/** What is wrong; nothing if the chat should work. */
export async function examinePage(
  address: string,
  options: ExamineOptions = {},
): Promise<readonly Finding[]> {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return [
      finding('page', `"${address}" is no address of a page, such as https://shop.example/.`),
    ];
  const page = await fetchBounded(new URL(address), options);
  if (failed(page)) return [unreached('page', new URL(address), page)];
  const type = page.headers.get('content-type') ?? '';
  if (page.status !== 200)
    return [finding('page', `${page.url.href} answers ${page.status}, not 200.`)];
  if (!type.includes('html'))
    return [finding('page', `${page.url.href} is ${type || 'of no type'}, not HTML.`)];
  return new Examination(page, options).run();
}

class Examination {
  readonly #page: Fetched;
  readonly #parts: PageParts;
  readonly #base: URL;
  readonly #policies: readonly Policy[];
  readonly #options: ExamineOptions;
  readonly #found: Finding[] = [];

  constructor(page: Fetched, options: ExamineOptions) {
    this.#page = page;
    this.#options = options;
    this.#parts = readPage(page.text);
    const { base, policies } = this.#parts;
    this.#base = URL.canParse(base, page.url) ? new URL(base, page.url) : page.url;
    const sent = (page.headers.get('content-security-policy') ?? '').split(',');
    this.#policies = [...sent, ...policies].filter((text) => text.trim()).map(readPolicy);
  }

  async run(): Promise<readonly Finding[]> {
    const { chats } = this.#parts;
    const [chat] = chats;
    if (!isSecure(this.#page.url))
      this.#tell(
        'page',
        'The page is not served over HTTPS: browsers keep no keys there, so the chat cannot sign.',
      );
    if (!chat) {
      const more = 'If a script of the page puts it there, this cannot see it.';
      this.#tell('snippet', `The page has no <comptoir-chat> element. ${more}`, SNIPPET);
      return this.#found;
    }
    if (chats.length > 1)
      this.#tell(
        'snippet',
        `The page has ${chats.length} <comptoir-chat> elements: one is enough.`,
      );
    const relay = this.#relayOf(chat);
    await this.#script(relay);
    if (relay) await this.#relay(chat, relay);
    return this.#found;
  }

  #tell(about: Finding['about'], wrong: string, paste = ''): void {
    this.#found.push(finding(about, wrong, paste));
  }

  /** Where the chat would look for its relay. */
  #relayOf({ relay = '' }: Chat): URL | null {
    if (!URL.canParse(relay, this.#page.url.origin)) {
      this.#tell('snippet', `relay="${relay}" is no address.`, 'relay="https://chat.example.com"');
      return null;
    }
    const url = new URL(relay, this.#page.url.origin);
    url.pathname = url.pathname.replace(/\/+$/, '');
    if (this.#page.url.protocol === 'https:' && url.protocol !== 'https:') {
      this.#tell(
        'snippet',
        `The page is HTTPS and relay="${relay}" is not: browsers block that.`,
        `relay="${url.href.replace(/^http:/, 'https:').replace(/\/$/, '')}"`,
      );
      return null;
    }
    return url;
  }

  async #script(relay: URL | null): Promise<void> {
    const { scripts } = this.#parts;
    const tag = scripts.find(({ src = '' }) => /(^|\/)comptoir\.js([?#]|$)/.test(src));
    if (!tag?.['src'] || !URL.canParse(tag['src'], this.#base)) {
      const from = relay ? pathUnder(relay, '/comptoir.js').href : undefined;
      this.#tell('script', 'The page does not load comptoir.js.', scriptTag(from));
      return;
    }
    const url = new URL(tag['src'], this.#base);
    if (tag['type']?.toLowerCase() !== 'module')
      this.#tell('script', 'The script is not a module, so it cannot load.', scriptTag(tag['src']));
    for (const policy of this.#policies) {
      if (!allowsScript(policy, url, this.#page.url, tag['nonce']))
        this.#tell(
          'policy',
          asksNonce(policy)
            ? `The page’s policy blocks ${url.href}: give its tag the nonce of this answer.`
            : `The page’s policy blocks ${url.href}. Its ${scriptDirective(policy)} should be:`,
          asksNonce(policy)
            ? scriptTag(tag['src']).replace('>', ' nonce="…">')
            : namingAlso(policy, scriptDirective(policy), [url.origin]),
        );
      if (!allowsTemplates(policy))
        this.#tell(
          'policy',
          'The page’s policy lets no Trusted Types policy named lit-html be made.',
          'trusted-types lit-html',
        );
    }
    const script = await this.#fetch(url, this.#page.url.origin);
    if (failed(script)) return void this.#found.push(unreached('script', url, script));
    const type = script.headers.get('content-type') ?? '';
    // A relay that does not know the page refuses it everything: its socket says so below.
    if (script.status === 403 && url.origin === relay?.origin) return;
    if (script.status !== 200)
      this.#tell('script', `${url.href} answers ${script.status}, not 200.`);
    else if (!/javascript/.test(type))
      this.#tell(
        'script',
        `${url.href} is ${type || 'of no type'}: a server that answers every path with a page does this.`,
      );
    const allowed = script.headers.get('access-control-allow-origin');
    const { origin } = this.#page.url;
    if (url.origin !== origin && script.status === 200 && allowed !== '*' && allowed !== origin)
      this.#tell(
        'origins',
        `${url.origin} does not let scripts of ${origin} load from it.`,
        `Access-Control-Allow-Origin: ${origin}`,
      );
  }

  async #relay(chat: Chat, relay: URL): Promise<void> {
    const page = this.#page.url;
    const socket = pathUnder(relay, '/sync');
    socket.protocol = socket.protocol.replace('http', 'ws');
    for (const policy of this.#policies) {
      const blocked = [relay, socket].filter((target) => !allowsConnect(policy, target, page));
      if (blocked.length > 0)
        this.#tell(
          'policy',
          `The page’s policy blocks connections to ${blocked.map(({ origin }) => origin).join(' and ')}. Its connect-src should be:`,
          namingAlso(policy, 'connect-src', [relay.origin, `${socket.protocol}//${socket.host}`]),
        );
    }
    const about = pathUnder(relay, '/api/community');
    const told = await this.#fetch(about);
    if (failed(told)) return void this.#found.push(unreached('relay', about, told));
    const fingerprint = fingerprintIn(told.text);
    if (told.status !== 200 || fingerprint === null) {
      this.#tell(
        'proxy',
        `${about.href} answers ${told.status} and is no relay’s answer: does the proxy pass this path on, prefix and all?`,
        proxyLines(relay),
      );
      return;
    }
    await this.#names(chat, relay, fingerprint);
    await this.#socket(relay);
  }

  /** Whether the community and the space are the relay's. */
  async #names(chat: Chat, relay: URL, fingerprint: string): Promise<void> {
    const { community = '', space = '' } = chat;
    if (community !== fingerprint)
      this.#tell(
        'snippet',
        community === ''
          ? 'The element names no community.'
          : `community="${short(community)}" is not the community of this relay: every visitor’s device would refuse it.`,
        `community="${fingerprint}"`,
      );
    if (space === '') return this.#tell('snippet', 'The element names no space.', 'space="demo"');
    const face = await this.#fetch(
      pathUnder(relay, `/api/spaces/${encodeURIComponent(space)}/face`),
    );
    if (!failed(face) && (face.status === 404 || face.status === 400))
      this.#tell(
        'snippet',
        `The relay has no space called "${short(space)}": see "spaces", or make it with "space ${short(space)} --new --name <text>".`,
      );
  }

  async #socket(relay: URL): Promise<void> {
    const { origin } = this.#page.url;
    const address = pathUnder(relay, '/sync');
    const status = await dial(address, origin, this.#options.timeoutMs);
    if (typeof status !== 'number')
      return void this.#found.push(unreached('proxy', address, status));
    if (status === 101) return;
    if (status === 403)
      return this.#tell(
        'origins',
        `The relay does not talk to pages of ${origin}. Name it in the relay’s settings, after a comma if others are there, and start the relay again.`,
        `COMPTOIR_ORIGINS=${origin}`,
      );
    this.#tell(
      'proxy',
      `${address.href} answers ${status} instead of opening a WebSocket.`,
      proxyLines(relay),
    );
  }

  /** @param origin whether as the page would; a relay answers nothing else to pages that it does not know. */
  #fetch(url: URL, origin?: string): Promise<Fetched | FetchFault> {
    const headers = origin === undefined ? {} : { origin };
    return fetchBounded(url, { ...this.#options, mostBytes: 200_000, headers });
  }
}

function unreached(about: Finding['about'], url: URL, { kind, detail }: FetchFault): Finding {
  switch (kind) {
    case 'certificate':
      return finding('certificate', `The certificate of ${url.host} is not good: ${detail}.`);
    case 'slow':
      return finding(about, `${url.href} did not answer in time.`);
    case 'redirects':
      return finding(about, `${url.href} leads from one address to the next, last to ${detail}.`);
    case 'no-address':
      return finding(about, `There is no host called ${url.hostname}.`);
    case 'unreachable':
      return finding(about, `${url.href} cannot be reached: ${detail}.`);
  }
}

const short = (text: string): string => text.slice(0, 60);
const pathUnder = (relay: URL, path: string): URL =>
  new URL(relay.pathname.replace(/\/$/, '') + path, relay);
const isSecure = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || /^(localhost|127\.|\[::1\])/.test(hostname);
const scriptTag = (src = 'https://chat.example.com/comptoir.js'): string =>
  `<script type="module" src="${src}"></script>`;
const SNIPPET =
  '<comptoir-chat relay="https://chat.example.com" community="…" space="demo"></comptoir-chat>';
const proxyLines = (relay: URL): string =>
  `location ${relay.pathname.replace(/\/$/, '')}/ { proxy_pass http://127.0.0.1:8787/; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_set_header Host $host; }`;

function fingerprintIn(text: string): string | null {
  try {
    const { fingerprint } = JSON.parse(text) as { fingerprint?: unknown };
    return typeof fingerprint === 'string' ? fingerprint : null;
  } catch {
    return null; // a page, or nothing
  }
}
