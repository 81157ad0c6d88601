/**
 * A relay in the page: the shipped core with its features, over storage in memory. Its devices are
 * the shipped sync. What is left out is the skin: HTTP, sockets of a network, a disk.
 *
 *     const relay = await PageRelay.open();
 *     const maud = await relay.helper({ name: 'Maud' });
 *     const visitor = await relay.visitor();
 *     const store = createChatStore(visitor.sync, …);
 *     await visitor.cut();
 */
import { fromBase64UrlEncoded } from 'lib0/buffer';
import { Role } from '../../../shared/grant/roles.ts';
import { textToBytes } from '../../../shared/bytes.ts';
import { fold } from '../../../shared/conversation/fold.ts';
import { decodeRow } from '../../../shared/conversation/row.ts';
import type { ConversationView } from '../../../shared/conversation/view.ts';
import {
  type ConversationId,
  type DecisionId,
  type Fingerprint,
  type MemberId,
  type SpaceId,
  parseSpaceId,
} from '../../../shared/ids.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import { type ActLine, OPERATOR } from '../../../shared/api/route/act.ts';
import type { SpaceRecord } from '../../../shared/protocol/records.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { apiHandlers } from '../../../relay/api-handlers.ts';
import type { Deciding } from '../../../relay/core/ports/decisions.ts';
import { silentLog } from '../../../relay/core/ports/log.ts';
import { type Composition, createCore } from '../../../relay/create-core.ts';
import { MemoryStorage } from '../../../relay/storage/memory/memory-storage.ts';
import { portsOver } from '../../../relay/storage/storage.ts';
import { PageDevice, type Reachable } from './page-device.ts';
import { answerRequest } from './page-http.ts';
import { pageAuthority, pagePlatform } from './page-platform.ts';
import { type Answering, PageSocket } from './page-socket.ts';
import { restoreClock } from './turn-clock.ts';

const HOST = 'relay.test';

/** A plainly made-up shop. */
export const demoShop: SpaceRecord = {
  id: parseSpaceId('shop'),
  name: { fr: 'Boutique de démonstration', en: 'Demo shop' },
  mode: SpaceMode.closed,
  greeting: { fr: 'Bonjour', en: 'Hello' },
  intro: {
    fr: 'Des clients et l’équipe vous répondent ici.',
    en: 'Customers and the team answer here.',
  },
  suggestions: [
    { fr: 'Ce sac passe-t-il en cabine ?', en: 'Does this bag fit in the cabin?' },
    { fr: 'Comment laver la veste ?', en: 'How do I wash the jacket?' },
  ],
  charter: { fr: 'Restons courtois.', en: 'Be kind.' },
  promise: { fr: 'd’ordinaire avant 9 h 30', en: 'usually by 9:30' },
};

export interface HelperOptions {
  readonly name?: string;
  readonly role?: Role;
  readonly topics?: readonly string[];
  /** @default the space of the page */
  readonly spaces?: readonly SpaceId[];
  /** Whom it brings back, on one more device. */
  readonly member?: MemberId;
  /** The manager who invites; the command line without one. */
  readonly by?: MemberId;
}

/** Whoever asks the relay's API: its command line, which may do all of it everywhere. */
const asOperator = {
  member: null,
  scope: { spaces: null, covers: () => true, check: (): void => {} },
  act: {
    on: (target: string, why = ''): ActLine => {
      const salt = new Uint8Array(16);
      return { at: Date.now(), by: OPERATOR, act: 'tried', target, why, salt };
    },
  },
} as const;

type Api = ReturnType<typeof apiHandlers>;

const ownFetch = globalThis.fetch;

export class PageRelay implements Reachable {
  readonly url = `https://${HOST}`;
  readonly space = demoShop.id;
  readonly composition: Composition;
  readonly api: Api;
  /** Answers in the relay's stead what it would not by itself, such as `held`. */
  answering: Answering = () => null;
  /** Whether its HTTP side answers. */
  isReachable = true;
  readonly #gate: Gate;
  readonly #devices: PageDevice[] = [];

  private constructor(composition: Composition, gate: Gate, api: Api) {
    this.composition = composition;
    this.api = api;
    this.#gate = gate;
    globalThis.fetch = (input, init) => this.#fetch(input, init);
  }

  static async open(): Promise<PageRelay> {
    const platform = pagePlatform;
    const authority = await pageAuthority();
    const gate = new Gate();
    const memory = new MemoryStorage().open();
    const storage = portsOver(async ({ port, op, args, line }) => {
      if (op === 'commit') await gate.opened;
      const ofPort = line ? memory[port].with(line) : memory[port];
      const methods = ofPort as unknown as Record<string, (...args: unknown[]) => unknown>;
      return methods[op]!(...args);
    });
    const composition = await createCore({
      storage,
      platform,
      authority,
      log: silentLog,
      isOwnHost: (host) => host === HOST,
      entriesPerMinute: 10_000,
      questionsPerHour: 10_000,
      rosterEveryMs: 1,
    });
    await composition.spaces.set(demoShop);
    const api = apiHandlers({
      composition,
      sessions: undefined as never, // cookies are the skin's
      openapi: '',
      url: () => `https://${HOST}`,
    });
    return new PageRelay(composition, gate, api);
  }

  get community(): Fingerprint {
    return this.composition.core.authority.fingerprint;
  }

  /** A socket to the relay, for a device. */
  dial(onClose: () => void): PageSocket {
    const { connections } = this.composition;
    const answering = (): Answering => this.answering;
    return new PageSocket({ connections, community: this.community, answering, onClose });
  }

  /** A visitor's device, linked unless it is `offline`. */
  visitor({ offline = false } = {}): Promise<PageDevice> {
    return this.again(!offline);
  }

  /** A device that has been here before. */
  async again(isOnline: boolean, profile?: string): Promise<PageDevice> {
    const device = await PageDevice.open(this, isOnline, profile);
    this.#devices.push(device);
    return device;
  }

  /** A device of somebody of the desk, who came by an invitation. */
  async helper(options: HelperOptions = {}): Promise<PageDevice> {
    const { name = 'Maud Le Gall', role } = options;
    const device = await this.visitor();
    const code = await this.invite(role, options);
    const signature = textToBytes(await device.sync.signRedeem(code, name), 64);
    const body = { code, name, device: device.device, signature };
    const joined = await this.api.invitations.redeem({ body, ...asOperator } as never);
    const { grant, key } = joined;
    await device.sync.adoptGrant(fromBase64UrlEncoded(grant), textToBytes(key, 32));
    await device.untilHere(this.space);
    return device;
  }

  /** The code of a new invitation. */
  async invite(
    role: Role = Role.helper,
    { topics = [], spaces = [this.space], member, by }: HelperOptions = {},
  ): Promise<string> {
    const body = { role, topics, spaces, note: '', member };
    const manager = by === undefined ? null : { id: by };
    const asked = { body, ...asOperator, member: manager };
    const { link } = await this.api.invitations.invite(asked as never);
    return new URL(link).hash.slice('#invite='.length);
  }

  /** Gives a member another role, or other spaces; visitor takes it away. */
  async setRole(id: MemberId, role: Role, spaces = [this.space]): Promise<void> {
    const body = { role, spaces };
    await this.api.members.change({ params: { id }, body, ...asOperator } as never);
  }

  /** Changes what the space is. */
  setSpace(record: Partial<SpaceRecord>): Promise<void> {
    return this.composition.spaces.set({ ...demoShop, ...record });
  }

  /** Decides something about somebody's words, as a feature of the relay would. */
  async decide(deciding: Deciding): Promise<DecisionId> {
    const { core, decisions } = this.composition;
    let reference: DecisionId | undefined;
    await core.committer.write(
      async () => {},
      (batch) => void ({ reference } = decisions.decide(batch, deciding)),
    );
    return reference!;
  }

  /** Keeps what is submitted off the disk, and so unanswered, until `resume`. */
  pause(): void {
    this.#gate.shut();
  }

  resume(): void {
    this.#gate.open();
  }

  /** Resolves when all that was submitted is answered. */
  async idle(): Promise<void> {
    for (const device of this.#devices) await device.idle();
  }

  /** A conversation as the relay's rows fold. */
  async view(conversation: ConversationId): Promise<ConversationView> {
    const { storage } = this.composition.core;
    const { rows } = await storage.range(conversationRoom(conversation), 0, 10_000_000);
    return fold(
      rows.map(({ bytes }) => decodeRow(bytes)),
      [],
      {
        conversation,
        community: this.community,
        now: Date.now(),
        grants: new Map(),
        mode: SpaceMode.closed,
      },
    );
  }

  async #fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.host !== HOST) return ownFetch(input, init);
    if (!this.isReachable || typeof init?.body !== 'string') throw new TypeError('no answer');
    return answerRequest(this.api, url.pathname, init.body);
  }

  async close(): Promise<void> {
    this.resume();
    for (const device of this.#devices.splice(0)) await device.close();
    globalThis.fetch = ownFetch;
    restoreClock();
    await this.composition.close(CloseCode.goingAway, 'the test is over');
  }
}

/** Something that commits wait at while it is shut. */
class Gate {
  opened: Promise<void> = Promise.resolve();
  open: () => void = () => {};

  shut(): void {
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }
}
