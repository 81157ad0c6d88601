/** A whole relay, from a configuration: storage, people, core and HTTP put together. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Role } from '../shared/grant/roles.ts';
import { CloseCode } from '../shared/protocol/close-codes.ts';
import type { SpaceRecord } from '../shared/protocol/records.ts';
import type { Config } from './config.ts';
import { demoSpace } from './demo-space.ts';
import { createApp } from './http/app.ts';
import { clientAddress, proxyList } from './http/client-address.ts';
import { hostsOf } from './http/own-hosts.ts';
import { Sockets } from './http/sockets.ts';
import { loadAuthority } from './people/community-key.ts';
import { identityCheck } from './people/identity-token.ts';
import { CommunityPeople } from './people/people.ts';
import { inviteLink } from './invite.ts';
import { inboxProjection } from './projections/inbox.ts';
import { type Clock, systemClock } from './rooms/clock.ts';
import type { Log } from './rooms/log.ts';
import { RelayCore } from './rooms/relay-core.ts';
import { openSqlite } from './storage/open-sqlite.ts';
import type { Storage } from './storage/storage.ts';

export interface RelayParts {
  readonly log: Log;
  /** @default the system's */
  readonly clock?: Clock;
  /** @default SQLite in the data folder */
  readonly storage?: Storage;
  /** Spaces made at the first start. @default the demo space */
  readonly spaces?: readonly SpaceRecord[];
  /** Where the built client is. @default dist/ beside relay/ */
  readonly dist?: string;
}

/** How long a peer may take to let go when the relay stops. */
const STOP_MS = 3_000;
/** Connections of any kind, half-open ones included. */
const MOST_CONNECTIONS = 20_000;

export class Relay {
  readonly core: RelayCore;
  readonly people: CommunityPeople;
  readonly sockets: Sockets;
  readonly #server: Server;
  readonly #storage: Storage;
  readonly #config: Config;
  #stopping: Promise<void> | undefined;

  constructor(
    config: Config,
    storage: Storage,
    core: RelayCore,
    people: CommunityPeople,
    dist: string,
  ) {
    this.#config = config;
    this.#storage = storage;
    this.core = core;
    this.people = people;
    const hosts = hostsOf(ownNames(config), config.origins);
    const proxies = proxyList(config.trustedProxies);
    const app = createApp({
      core,
      people,
      hosts,
      dist,
      addressOf: (context) => clientAddress(context.env.incoming, proxies),
    });
    this.#server = createAdaptorServer({ fetch: app.fetch }) as Server;
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.headersTimeout = 10_000;
    this.#server.requestTimeout = 20_000;
    this.sockets = new Sockets({ core, hosts, proxies, mostFromAddress: config.socketsPerAddress });
    this.sockets.attach(this.#server);
  }

  /** Listens; resolves with the port. */
  async listen(): Promise<number> {
    this.#server.listen(this.#config.port, this.#config.host);
    await once(this.#server, 'listening');
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

  /** A link to the desk that works once. */
  async inviteLink(role: Role = Role.helper): Promise<string> {
    return inviteLink(this.url, await this.people.invite(role));
  }

  /** Stops: no new connections, batch finished, sessions told to come back later. Idempotent, and bounded in time. */
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
    await this.core.close(CloseCode.goingAway, 'the relay stops');
    this.sockets.closeAll();
    await closed;
    clearTimeout(cut);
    await this.#storage.close();
  }
}

const ownNames = ({ hosts, publicUrl }: Config): string[] =>
  publicUrl === null ? [...hosts] : [...hosts, new URL(publicUrl).host];

/** Opens storage, makes what a first start needs, and returns a relay that does not listen yet. */
export async function createRelay(config: Config, parts: RelayParts): Promise<Relay> {
  const { log, clock = systemClock, spaces = [demoSpace] } = parts;
  const authority = await loadAuthority(config.data);
  const storage = parts.storage ?? (await openSqlite(config.data));
  const identify = config.identitySecret
    ? identityCheck(config.identitySecret, authority.fingerprint)
    : undefined;
  const people = new CommunityPeople({ storage, authority, now: clock.now, identify });
  const core = await RelayCore.open({
    storage,
    people,
    authority,
    inbox: inboxProjection,
    clock,
    log,
    isOwnHost: hostsOf(ownNames(config), []).isOwn,
    entriesPerMinute: config.entriesPerMinute,
    lapseAfterMs: config.lapseSeconds * 1_000,
  });
  if (core.services.spaces.ids.length === 0) {
    for (const space of spaces) await core.services.spaces.set(space);
  }
  return new Relay(
    config,
    storage,
    core,
    people,
    parts.dist ?? join(import.meta.dirname, '../dist'),
  );
}
