/** A whole relay, from a configuration: storage, people, core and HTTP put together. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, type RequestListener, type Server, createServer } from 'node:http';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { type ActLine, OPERATOR } from '../shared/api/route/act.ts';
import { routes } from '../shared/api/routes.ts';
import { Role } from '../shared/grant/roles.ts';
import { CloseCode } from '../shared/protocol/close-codes.ts';
import type { SpaceRecord } from '../shared/protocol/records.ts';
import type { Config } from './config.ts';
import { demoSpace } from './demo-space.ts';
import { DatabaseCopies } from './folder/database-copies.ts';
import type { FolderLock } from './folder/folder-lock.ts';
import { keptCopiesFeature } from './folder/kept-copies.ts';
import { mendLostLog, noteClosing, noteOpen } from './folder/lost-log.ts';
import { takeFolder } from './folder/take-folder.ts';
import { apiHandlers } from './api-handlers.ts';
import { type AnswerLimits, AnswersInTurn } from './http/answers-in-turn.ts';
import { createApp } from './http/app.ts';
import { createOfficeApp } from './http/office-app.ts';
import { listenToOffice } from './http/office-socket.ts';
import { clientAddress, proxyList } from './http/client-address.ts';
import { descriptorLimit } from './http/descriptor-limit.ts';
import { limitConnections, mostConnections } from './http/limit-connections.ts';
import { type Hosts, hostsOf } from './http/own-hosts.ts';
import { RequestTurns } from './http/request-turns.ts';
import { BrowserSessions } from './features/desk-sessions/session.ts';
import { Sockets } from './http/sockets.ts';
import { loadAuthority } from './platform/community-key.ts';
import { machineMemoryMb } from './platform/machine-memory.ts';
import { faultOf } from './platform/data-fault.ts';
import { nodePlatform } from './platform/node-platform.ts';
import { invitationLink } from './features/invitations/invitations.ts';
import type { Cards } from './features/cards/cards.ts';
import type { Decisions } from './features/decisions/decisions.ts';
import { identityCheck } from './features/identity/identity-token.ts';
import { PhotoDecoder } from './features/cards/photo-decoder.ts';
import { Memory } from './core/memory/memory.ts';
import type { Authority } from './core/ports/authority.ts';
import type { Clock } from './core/ports/clock.ts';
import { systemClock } from './platform/system-clock.ts';
import type { Log } from './core/ports/log.ts';
import type { Connections } from './connections/connections.ts';
import type { RelayCore } from './core/relay-core.ts';
import { type Composition, createCore } from './create-core.ts';
import type { Linking } from './features/linking/linking.ts';
import type { Merges } from './features/members/merges.ts';
import type { Members } from './features/members/members.ts';
import type { PresenceBoard } from './features/presence/presence.ts';
import type { Reports } from './features/reports/reports.ts';
import type { Spaces } from './features/spaces/spaces.ts';
import { openSqlite } from './storage/sqlite/open-sqlite.ts';
import type { Storage } from './storage/storage.ts';

export interface RelayParts {
  readonly log: Log;
  /** @default the system's */
  readonly clock?: Clock;
  /** Called once the data folder is this relay's alone. @default SQLite there */
  readonly openStorage?: (folder: string) => Promise<Storage>;
  /** Spaces made at the first start. @default the demo space */
  readonly spaces?: readonly SpaceRecord[];
  /** Where the built client is. @default dist/ beside relay/ */
  readonly dist?: string;
  /** How long a connection may go without a whole request header. @default 8_000 */
  readonly silentMs?: number;
  /** How long answers may wait for their readers. */
  readonly answers?: AnswerLimits;
}

const OPENAPI = join(import.meta.dirname, '../shared/api/openapi.json');
/** How long a peer may take to disconnect when the relay stops. */
const STOP_MS = 3_000;
/** A request must be complete by then: long enough for a lost packet, and no longer. */
const REQUEST_MS = 20_000;
/** A browser has up to six connections for pages and files besides its socket, for a moment. */
const CONNECTIONS_PER_SOCKET = 3;
const MB = 1_048_576;

interface Inside {
  readonly config: Config;
  readonly lock: FolderLock;
  readonly storage: Storage;
  readonly composition: Composition;
  readonly decoder: PhotoDecoder;
  readonly dist: string;
  readonly hosts: Hosts;
  readonly silentMs: number;
  readonly answers: AnswerLimits;
  readonly isFirstStart: boolean;
}

export class Relay {
  readonly core: RelayCore;
  readonly connections: Connections;
  readonly spaces: Spaces;
  readonly presence: PresenceBoard;
  readonly members: Members;
  readonly merges: Merges;
  readonly linking: Linking;
  readonly reports: Reports;
  readonly cards: Cards;
  readonly decisions: Decisions;
  /** Browsers of the desk, known by a cookie. */
  readonly sessions: BrowserSessions;
  readonly sockets: Sockets;
  /** The office's API, for whoever may use all of it. */
  readonly office: Hono;
  /** Whether the data folder was empty before it. */
  readonly isFirstStart: boolean;
  readonly #server: Server;
  readonly #lock: FolderLock;
  readonly #storage: Storage;
  readonly #composition: Composition;
  readonly #decoder: PhotoDecoder;
  readonly #config: Config;
  #officeServer: Server | undefined;
  #stopping: Promise<void> | undefined;

  constructor(inside: Inside) {
    const { config, storage, composition, decoder, hosts, silentMs } = inside;
    const { core, connections, spaces, presence, members, cards, blocks } = composition;
    this.#config = config;
    this.#lock = inside.lock;
    this.isFirstStart = inside.isFirstStart;
    this.#storage = storage;
    this.#composition = composition;
    this.core = core;
    this.connections = connections;
    this.spaces = spaces;
    this.presence = presence;
    this.#decoder = decoder;
    this.members = members;
    this.merges = composition.merges;
    this.linking = composition.linking;
    this.cards = cards;
    this.reports = composition.reports;
    this.decisions = composition.decisions;
    const { authority, platform, log } = core;
    this.sessions = new BrowserSessions({
      members,
      blocks,
      platform,
      holdsRight: (member) => composition.rights.of(member).length > 0,
    });
    const handlers = apiHandlers({
      composition,
      sessions: this.sessions,
      // Without the spaces that people read it by: anybody may ask for it.
      openapi: JSON.stringify(JSON.parse(readFileSync(OPENAPI, 'utf8'))),
      url: () => this.url,
    });
    const community = authority.fingerprint;
    const copies = new DatabaseCopies(storage, resolve(config.data));
    const openCopy = (): Promise<Readable> => copies.open();
    this.office = createOfficeApp({ handlers, community, platform, log, openCopy });
    const proxies = proxyList(config.trustedProxies);
    const app = createApp({
      handlers,
      memberOf: (token) => this.sessions.memberOf(token),
      rightsOf: (member) => composition.rights.of(member),
      notices: composition.notices,
      addressOf: (context) => clientAddress(context.env.incoming, proxies),
      community,
      platform,
      log,
      hosts,
      dist: inside.dist,
      isHttps: config.publicUrl?.startsWith('https:') ?? false,
    });
    const serverOptions = {
      headersTimeout: silentMs,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: silentMs / 4,
      // Any other protocol that somebody offers is ignored (RFC 9110 §7.8): some clients offer HTTP/2.
      shouldUpgradeCallback: ({ headers }: IncomingMessage) =>
        headers.upgrade?.toLowerCase() === 'websocket',
    };
    const turns = new RequestTurns(proxies);
    const answers = new AnswersInTurn(inside.answers);
    this.#server = createAdaptorServer({
      fetch: app.fetch,
      serverOptions,
      createServer: ((options: object, answer: RequestListener) =>
        createServer(options, answers.wrap(turns.wrap(answer)))) as typeof createServer,
    }) as Server;
    answers.attach(this.#server);
    limitConnections(this.#server, {
      most: mostConnections(descriptorLimit(), platform.memory),
      mostFromAddress: config.socketsPerAddress * CONNECTIONS_PER_SOCKET,
      proxies,
    });
    this.sockets = new Sockets({
      core,
      connections,
      hosts,
      proxies,
      turns,
      mostLeaving: config.socketsPerAddress,
    });
    this.sockets.attach(this.#server);
  }

  /** Listens, and resolves with the port. If it cannot, it releases everything. */
  async listen(): Promise<number> {
    try {
      this.#officeServer = await listenToOffice(this.office, this.#config.data);
      this.#server.listen(this.#config.port, this.#config.host);
      await once(this.#server, 'listening');
    } catch (error) {
      await this.stop();
      throw error;
    }
    return this.port;
  }

  get port(): number {
    const address = this.#server.address();
    return address !== null && typeof address === 'object' ? address.port : this.#config.port;
  }

  /** How people reach it. */
  get url(): string {
    return this.#config.publicUrl ?? `http://localhost:${this.port}`;
  }

  /** A link to the desk that works once, within a day. */
  async inviteLink(role: Role = Role.helper): Promise<string> {
    const { invitations } = this.#composition;
    const { clock, random } = this.core.platform;
    const line = (id: string): ActLine => ({
      at: clock.now(),
      by: OPERATOR,
      act: routes.invitations.invite.audit,
      target: `invitation:${id}`,
      why: '',
      salt: random(16),
    });
    return invitationLink(this.url, await invitations.invite({ role, days: 1 }, line));
  }

  /**
   * Stops: takes no new connections, finishes the batch, and tells sessions to come back later.
   * Idempotent, and bounded in time.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const closed = this.#server.listening ? once(this.#server, 'close') : Promise.resolve();
    this.#server.close();
    this.#server.closeIdleConnections();
    const cut = setTimeout(() => {
      this.sockets.terminate();
      this.#server.closeAllConnections();
    }, STOP_MS);
    this.#officeServer?.close();
    this.#officeServer?.closeAllConnections();
    this.#decoder.close();
    await this.#composition.close(CloseCode.goingAway, 'the relay stops');
    this.sockets.closeAll();
    await closed;
    clearTimeout(cut);
    noteClosing(this.#config.data);
    await this.#storage.close();
    this.#lock.release();
  }
}

/**
 * Takes the data folder, opens storage, makes what a first start needs, and returns a relay that does not
 * listen yet.
 * @throws {DataFault} if the folder does not let it.
 */
export async function createRelay(config: Config, parts: RelayParts): Promise<Relay> {
  const folder = resolve(config.data);
  const owned: (() => unknown)[] = [];
  try {
    const lock = await takeFolder(folder);
    owned.unshift(() => lock.release());
    if (mendLostLog(folder, Date.now()))
      parts.log.warn('comptoir.sqlite-wal was gone: browsers give back what the database lacks');
    const authority = await loadAuthority(folder);
    const storage = await (parts.openStorage ?? openSqlite)(folder);
    noteOpen(folder);
    owned.unshift(() => {
      noteClosing(folder);
      return storage.close();
    });
    return await compose(config, parts, { lock, authority, storage });
  } catch (error) {
    for (const release of owned) await release();
    throw faultOf(error, folder);
  }
}

type Opened = Pick<Inside, 'lock' | 'storage'> & { readonly authority: Authority };

async function compose(config: Config, parts: RelayParts, opened: Opened): Promise<Relay> {
  const { log, clock = systemClock, spaces = [demoSpace], silentMs = 8_000, answers = {} } = parts;
  const { lock, authority, storage } = opened;
  const memory = new Memory((config.memory ?? machineMemoryMb()) * MB);
  const platform = { ...nodePlatform, clock, memory };
  const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
  const identify = identityCheck({
    secret: config.identitySecret,
    jwksUrl: config.identityJwks,
    audience: config.identityAudience ?? authority.fingerprint,
    seal,
    now: clock.now,
  });
  const { publicUrl, hosts: names, origins } = config;
  const hosts = hostsOf({ publicUrl, names, origins });
  const { addressDays, entriesPerMinute, questionsPerHour, socketsPerAddress } = config;
  const decoder = new PhotoDecoder({ log });
  const composition = await createCore({
    storage,
    platform,
    authority,
    log,
    isOwnHost: hosts.isOwn,
    identify,
    decode: (image) => decoder.decode(image),
    addressDays,
    entriesPerMinute,
    questionsPerHour,
    socketsPerAddress,
    lapseAfterMs: config.lapseSeconds * 1_000,
    features: [keptCopiesFeature({ folder: resolve(config.data), clock, log })],
  });
  const isFirstStart = composition.spaces.ids.length === 0;
  if (isFirstStart) {
    for (const space of spaces) await composition.spaces.set(space);
  }
  const dist = parts.dist ?? join(import.meta.dirname, '../dist');
  return new Relay({
    config,
    lock,
    storage,
    composition,
    decoder,
    dist,
    hosts,
    silentMs,
    answers,
    isFirstStart,
  });
}
