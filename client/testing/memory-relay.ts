/**
 * A relay in memory for store tests and previews: checks and numbers entries, keeps rooms as real
 * rows made by shared/, tells its devices. What it leaves out: sockets, Yjs, limits, storage.
 */
import { bytesToText, concatBytes } from '../../shared/bytes.ts';
import { fold } from '../../shared/conversation/fold.ts';
import { SpaceMode } from '../../shared/space-mode.ts';
import { type EntryRow, type Row, decodeRow, encodeRow } from '../../shared/conversation/row.ts';
import type { ConversationView } from '../../shared/conversation/view.ts';
import type { Content } from '../../shared/entry/content.ts';
import { conversationIdOf } from '../../shared/entry/conversation-id.ts';
import { type Entry, contentOf, decodeEntry, entryIdOf } from '../../shared/entry/entry.ts';
import { Kind, kinds } from '../../shared/entry/kinds.ts';
import { signEntry } from '../../shared/entry/sign-entry.ts';
import { verifyEntry } from '../../shared/entry/verify-entry.ts';
import {
  type SignedGrant,
  decodeGrant,
  encodeGrant,
  grantSignedBytes,
} from '../../shared/grant/grant.ts';
import { Role, answersAtDesk } from '../../shared/grant/roles.ts';
import { fingerprintOf, ownMemberOf } from '../../shared/hash.ts';
import {
  type ConversationId,
  type DeviceKey,
  type EntryId,
  type Fingerprint,
  type MemberId,
  type SpaceId,
  parseSpaceId,
} from '../../shared/ids.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
import {
  type CardRecord,
  type InboxRecord,
  type QuestionRecord,
  type RosterRecord,
  type SpaceRecord,
  questionKey,
} from '../../shared/protocol/records.ts';
import {
  type RoomName,
  conversationRoom,
  inboxRoom,
  parseRoom,
  spaceRoom,
} from '../../shared/protocol/rooms.ts';
import type { Me } from '../store/sync-port.ts';
import { MemoryDevice } from './memory-device.ts';
import { type MemoryKey, makeKey, verifySignature } from './memory-key.ts';

/** What the relay tells a device that is linked to it. */
export interface MemoryListener extends Pick<Me, 'device' | 'member' | 'grant'> {
  roomChanged(name: RoomName): void;
  typing(name: RoomName, member: MemberId, typing: boolean): void;
  answer(id: EntryId, outcome: Outcome): void;
  forget(ids: readonly EntryId[]): void;
}

interface MemoryRoom {
  rows: Row[];
  nextSeq: number;
  readonly read: { asker: number; desk: number };
  /** The asker's device was last linked at. */
  seen: number;
}

const RECEIPT = new Uint8Array(16);
const HOUR = 3_600_000;

export class MemoryRelay {
  readonly community: Fingerprint;
  readonly space: SpaceId = parseSpaceId('shop');
  /** The relay's clock: set it to backdate what is written next. */
  now: () => number = () => Date.now();
  /** Answers in the relay's stead when it returns something, such as `held` or `later`. */
  judge: (entry: Entry, content: Content) => Outcome | null = () => null;
  readonly listeners = new Set<MemoryListener>();
  /** The raw public key of the community. */
  readonly key: Uint8Array;
  readonly #sign: MemoryKey['sign'];
  readonly #rooms = new Map<RoomName, MemoryRoom>();
  readonly #erased = new Set<EntryId>();
  readonly #members = new Map<DeviceKey, SignedGrant>();
  readonly #away = new Set<MemberId>();
  readonly #seen = new Map<MemberId, number>();
  #mode: SpaceMode = SpaceMode.closed;
  #queue: Promise<void> = Promise.resolve();
  #paused: (() => void)[] | null = null;

  private constructor({ raw: key, sign }: MemoryKey) {
    this.key = key;
    this.#sign = sign;
    this.community = fingerprintOf(key);
  }

  static async create(): Promise<MemoryRelay> {
    return new MemoryRelay(await makeKey());
  }

  /** A visitor's device, linked unless it is made `offline`. */
  visitor(options: { offline?: boolean } = {}): Promise<MemoryDevice> {
    return MemoryDevice.create(this, options);
  }

  /** A device of somebody at the desk, with grant and card. */
  async helper(
    options: {
      name?: string;
      role?: Role;
      topics?: readonly string[];
      offline?: boolean;
      /** ms the grant still lasts. @default 8 hours */
      lasts?: number;
    } = {},
  ): Promise<MemoryDevice> {
    const { name = 'Maud Le Gall', role = Role.helper, topics = [], offline = false } = options;
    const device = await MemoryDevice.create(this, { offline: true });
    const { bytes } = await this.enrol(device.device, name, role, topics, options.lasts);
    await device.adoptGrant(bytes, this.key);
    if (!offline) device.restore();
    return device;
  }

  /** Makes a device somebody of the desk: a grant and a card. */
  async enrol(
    device: DeviceKey,
    name: string,
    role: Role,
    topics: readonly string[] = [],
    lasts?: number,
  ): Promise<SignedGrant> {
    const grant = await this.grant(device, name, role, lasts);
    const card: CardRecord = { member: grant.member, name, role, topics, since: this.now() };
    this.put(spaceRoom(this.space), `card/${grant.member}`, card);
    return grant;
  }

  /** Certifies a device, signed by the community's key. */
  async grant(device: DeviceKey, name: string, role: Role, lasts = 8 * HOUR): Promise<SignedGrant> {
    const issued = Math.round(this.now());
    const member = ownMemberOf(device);
    const unsigned = encodeGrant({
      device,
      member,
      role,
      name,
      spaces: [this.space],
      issued,
      expires: issued + lasts,
    });
    const signature = await this.#sign(grantSignedBytes(unsigned, this.community));
    const grant = decodeGrant(concatBytes(unsigned, signature));
    this.#members.set(device, grant);
    return grant;
  }

  /** Sets what the space is. */
  setSpace(record: Omit<SpaceRecord, 'id'>): void {
    this.#mode = record.mode;
    this.put(spaceRoom(this.space), 'space', { id: this.space, ...record } satisfies SpaceRecord);
    for (const name of Array.from(this.#rooms.keys())) {
      const room = parseRoom(name);
      if (room.kind !== 'conversation') continue;
      this.#question(room.id);
      this.#changed(name);
    }
  }

  /** Opens the space to visitors who answer, or closes it. */
  turn(mode: SpaceMode): void {
    const rows = this.#room(spaceRoom(this.space)).rows;
    const row = rows.find((one) => one.type === 'record' && one.key === 'space');
    if (row?.type === 'record') this.setSpace({ ...(JSON.parse(row.value) as SpaceRecord), mode });
  }

  /** Sets a keyed record: a new row, its key's previous one is erased. Null takes it out. */
  put(name: RoomName, key: string, value: unknown): void {
    const room = this.#room(name);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const previous = room.rows.find((row) => row.type === 'record' && row.key === key);
    if (value === null) {
      room.rows = room.rows.filter((other) => other !== previous);
      if (previous) this.#changed(name);
      return;
    }
    if (previous?.type === 'record' && previous.value === text) return;
    const received = Math.round(this.now());
    const row = decodeRow(
      encodeRow({ type: 'record', seq: room.nextSeq++, received, key, value: text }),
    );
    room.rows = [...room.rows.filter((other) => other !== previous), row];
    this.#changed(name);
  }

  /** Keeps what is submitted unanswered until `resume`: a slow relay. */
  pause(): void {
    this.#paused ??= [];
  }

  resume(): void {
    const waiting = this.#paused ?? [];
    this.#paused = null;
    for (const go of waiting) go();
  }

  /** Resolves when all that was submitted is answered. */
  async settled(): Promise<void> {
    let last: Promise<void> | undefined;
    while (last !== this.#queue) {
      last = this.#queue;
      await last;
    }
  }

  submit(entry: Entry, from: MemoryListener): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#paused) await new Promise<void>((go) => this.#paused?.push(go));
      const outcome = await this.#take(entry);
      // A link that was cut meanwhile hears nothing: the device sends it again.
      if (this.listeners.has(from)) from.answer(entry.id, outcome);
    });
  }

  /** The relay's own act: a holder could not be reached. */
  async lapse(conversation: ConversationId): Promise<void> {
    const claim = this.view(conversation).claim;
    if (!claim) return;
    const entry = await signEntry(
      {
        conversation,
        author: bytesToText(this.key) as DeviceKey,
        time: Math.round(this.now()),
        content: { kind: 'lapse', claim: claim.id },
        nonce: crypto.getRandomValues(new Uint8Array(8)),
      },
      this.community,
      this.#sign,
    );
    this.#append(entry, { member: this.#relayMember, role: Role.relay, mode: this.#mode });
  }

  /** A conversation as the relay's rows fold. */
  view(conversation: ConversationId): ConversationView {
    return fold(this.#room(conversationRoom(conversation)).rows, [], {
      conversation,
      community: this.community,
      now: this.now(),
      grants: this.#members,
      mode: this.#mode,
    });
  }

  /** What a device may know of a room; `unknown` before its first row, `refused` if it may not. */
  open(
    name: RoomName,
    me: Me,
  ):
    | 'unknown'
    | 'refused'
    | {
        rows: readonly Row[];
        read: MemoryRoom['read'];
        asker: { here: boolean; seen: number } | null;
      } {
    const parsed = parseRoom(name);
    const atDesk = me.grant !== null && answersAtDesk(me.grant.role);
    const room = this.#rooms.get(name);
    if (parsed.kind === 'inbox' && !atDesk) return 'refused';
    if (parsed.kind === 'member' && parsed.id !== me.member) return 'refused';
    if (parsed.kind !== 'conversation')
      return { rows: room?.rows ?? [], read: { asker: -1, desk: -1 }, asker: null };
    if (!room || room.rows.length === 0) return 'unknown';
    const { asker, public: isPublic } = this.view(parsed.id);
    const isAsker = asker?.device === me.device || asker?.member === me.member;
    const passesBy = !atDesk && !isAsker;
    if (passesBy && !isPublic) return 'refused';
    const here = Array.from(this.listeners).some(({ member }) => member === asker?.member);
    return {
      rows: room.rows,
      read: passesBy ? { asker: -1, desk: -1 } : { ...room.read },
      asker: atDesk ? { here, seen: room.seen } : null,
    };
  }

  link(listener: MemoryListener): void {
    this.listeners.add(listener);
    this.#presence(listener);
  }

  unlink(listener: MemoryListener): void {
    if (!this.listeners.delete(listener)) return;
    this.#seen.set(listener.member, this.now());
    this.#presence(listener);
  }

  setAvailable(member: MemberId, available: boolean): void {
    if (available) this.#away.delete(member);
    else {
      this.#away.add(member);
      this.#seen.set(member, this.now());
    }
    this.#roster();
  }

  read(name: RoomName, side: 'asker' | 'desk', seq: number, by: MemberId): void {
    const room = this.#room(name);
    const parsed = parseRoom(name);
    const isAsker = parsed.kind === 'conversation' && this.view(parsed.id).asker?.member === by;
    if (side === 'asker' && !isAsker) return; // of somebody who passes by
    if (room.read[side] >= seq) return;
    room.read[side] = seq;
    this.#changed(name);
  }

  typing(name: RoomName, from: MemoryListener, typing: boolean): void {
    for (const listener of this.listeners) {
      if (listener !== from) listener.typing(name, from.member, typing);
    }
  }

  /** The grant that a `join` row carries, as issued here. */
  grantIn(row: Row): SignedGrant | undefined {
    if (row.type !== 'entry' || row.entry[1] !== Kind.join) return undefined;
    return this.#members.get(decodeEntry(row.entry, this.community).author);
  }

  async #take(entry: Entry): Promise<Outcome> {
    const { conversation } = entry;
    if (this.#erased.has(entry.id)) return { type: 'refused', code: 'erased' };
    const room = this.#room(conversationRoom(conversation));
    const there = room.rows.find(
      (row): row is EntryRow =>
        row.type === 'entry' && entryIdOf(row.entry, this.community) === entry.id,
    );
    if (there) return { type: 'duplicate', seq: there.seq };
    await verifyEntry(entry, this.community, verifySignature);
    const content = contentOf(entry);
    const chosen = this.judge(entry, content);
    if (chosen) return chosen;
    const view = this.view(conversation);
    const grant = this.#members.get(entry.author);
    const valid = grant && grant.expires > this.now();
    const role = valid ? grant.role : Role.visitor;
    const member = grant?.member ?? ownMemberOf(entry.author);
    if (content.kind === 'ask') {
      if (conversationIdOf(entry.author, content.salt, this.community) !== conversation)
        return { type: 'refused', code: 'unknown-conversation' };
      if (content.space !== this.space) return { type: 'refused', code: 'unknown-space' };
    } else if (!view.asker) return { type: 'refused', code: 'unknown-conversation' };
    if (content.kind === 'claim' && view.claim)
      return { type: 'claimed', by: view.claim.author.member };
    const owner = content.kind === 'ask' || view.asker?.member === member;
    const own =
      content.kind === 'retract'
        ? view.timeline.some(
            (item) =>
              item.type === 'message' &&
              item.id === content.target &&
              item.author.member === member,
          )
        : view.claim?.author.member === member;
    const mode = view.public ? SpaceMode.open : SpaceMode.closed;
    if (!kinds.mayDo(content.kind, { role, owner, own, mode }))
      return { type: 'refused', code: 'forbidden' };
    if (content.kind === 'retract') this.#erase(conversation, content.target);
    return { type: 'durable', seq: this.#append(entry, { member, role, mode: this.#mode }) };
  }

  #append(entry: Entry, verdict: EntryRow['verdict']): number {
    const name = conversationRoom(entry.conversation);
    const room = this.#room(name);
    const seq = room.nextSeq++;
    const received = Math.round(this.now());
    const row = decodeRow(
      encodeRow({
        type: 'entry',
        seq,
        place: seq,
        received,
        verdict,
        receipt: RECEIPT,
        entry: entry.bytes,
      }),
    );
    room.rows = [...room.rows, row];
    this.#changed(name);
    this.#inbox(entry.conversation);
    this.#question(entry.conversation);
    return seq;
  }

  #erase(conversation: ConversationId, id: EntryId): void {
    const room = this.#room(conversationRoom(conversation));
    this.#erased.add(id);
    room.rows = room.rows.filter(
      (row) => row.type !== 'entry' || entryIdOf(row.entry, this.community) !== id,
    );
    for (const listener of this.listeners) listener.forget([id]);
  }

  /** The conversation's record in the inbox, from its rows. */
  #inbox(conversation: ConversationId): void {
    const view = this.view(conversation);
    if (!view.asker) return;
    const messages = view.timeline.filter((item) => item.type === 'message');
    const first = messages[0];
    const last = messages.at(-1);
    const sides = messages.map((message) => message.author.member === view.asker?.member);
    const since = messages[sides.lastIndexOf(false) + 1];
    const record: InboxRecord = {
      conversation,
      text: (first?.text ?? '').slice(0, 200),
      page: view.page ?? { url: '', title: '' },
      lang: view.lang,
      asker: view.asker.member,
      askedAt: first?.time ?? this.now(),
      claim: view.claim && { member: view.claim.author.member, at: view.claim.time },
      waitingSince: view.closed ? null : (since?.time ?? null),
      lastAt: Math.max(0, ...view.timeline.map((item) => ('time' in item ? item.time : 0))),
      last: {
        text: (last?.text ?? '').slice(0, 120),
        member: last?.author.member ?? view.asker.member,
      },
      closed: view.closed,
      public: view.public,
    };
    this.put(inboxRoom(this.space), conversation, record);
  }

  /** The conversation's record among the public questions. */
  #question(conversation: ConversationId): void {
    const view = this.view(conversation);
    const first = view.timeline.find((item) => item.type === 'message');
    const { asker } = view;
    const record: QuestionRecord | null =
      asker && first?.type === 'message' && view.public && !view.closed
        ? {
            conversation,
            text: first.text.slice(0, 200),
            lang: view.lang,
            asker: asker.member,
            askedAt: first.time,
            waitingSince: view.answerers.length > 0 ? null : first.time,
            answerers: view.answerers.length,
          }
        : null;
    this.put(spaceRoom(this.space), questionKey(conversation), record);
  }

  #presence(listener: MemoryListener): void {
    if (listener.grant) this.#roster();
    const { member } = listener;
    for (const [name, room] of this.#rooms) {
      const parsed = parseRoom(name);
      if (parsed.kind !== 'conversation') continue;
      if (this.view(parsed.id).asker?.member !== member) continue;
      room.seen = this.now();
      this.#changed(name);
    }
  }

  #roster(): void {
    const linked = Array.from(this.listeners).filter((listener) => listener.grant);
    const here = linked.map(({ member }) => member).filter((member) => !this.#away.has(member));
    const seen = Array.from(this.#seen, ([member, at]) => ({ member, at })).filter(
      ({ member }) =>
        !here.includes(member) &&
        Array.from(this.#members.values()).some((grant) => grant.member === member),
    );
    const record: RosterRecord = { here: Array.from(new Set(here)), seen };
    this.put(spaceRoom(this.space), 'roster', record);
  }

  #room(name: RoomName): MemoryRoom {
    let room = this.#rooms.get(name);
    if (!room) {
      room = { rows: [], nextSeq: 0, read: { asker: -1, desk: -1 }, seen: 0 };
      this.#rooms.set(name, room);
    }
    return room;
  }

  #changed(name: RoomName): void {
    for (const listener of Array.from(this.listeners)) listener.roomChanged(name);
  }

  get #relayMember(): MemberId {
    return this.community as string as MemberId;
  }
}
