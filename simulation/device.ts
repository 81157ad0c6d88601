/**
 * A device of the simulation: the client's own rules around a disk and a socket that can
 * fail. What is on disk survives a crash of the device, the rest does not.
 */
import { type KeyObject, createPublicKey, sign } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { type AsideRow, asideRow, stillLacking } from '../shared/replica/aside.ts';
import { afterAnswer, isDue } from '../client/sync/outbox/outbox-item.ts';
import { digestOfReplica, numberedIds, rowBytes, rowsOf } from '../client/sync/replica-rows.ts';
import type { OutboxItem } from '../client/store/sync-port.ts';
import { bytesToText } from '../shared/bytes.ts';
import { fold } from '../shared/conversation/fold.ts';
import type { ConversationView } from '../shared/conversation/view.ts';
import type { Content } from '../shared/entry/content.ts';
import { conversationIdOf } from '../shared/entry/conversation-id.ts';
import type { Entry } from '../shared/entry/entry.ts';
import { signEntry } from '../shared/entry/sign-entry.ts';
import type { ConversationId, DeviceKey, EntryId, Fingerprint, SpaceId } from '../shared/ids.ts';
import { ChannelType, readChannelMessage } from '../shared/protocol/channel.ts';
import { CloseCode } from '../shared/protocol/close-codes.ts';
import { type Control, helloSignedBytes } from '../shared/protocol/control.ts';
import { decodeControl, encodeControl } from '../shared/protocol/control-codec.ts';
import { sameRows } from '../shared/protocol/digest.ts';
import { decodeFrame, encodeFrame } from '../shared/protocol/frame.ts';
import type { Outcome } from '../shared/protocol/outcome.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/protocol-version.ts';
import { type RoomName, conversationRoom } from '../shared/protocol/rooms.ts';
import { keyFrom } from './seeded-key.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Wire } from './wire.ts';

/** A room as the device holds it. */
interface Held {
  doc: Y.Doc;
  generation: number;
  readonly aside: Map<EntryId, AsideRow>;
  /** The replica as it is on disk. */
  kept: Uint8Array;
  /** Rows held when the channel opened, until the digest agrees; nothing is written meanwhile. */
  unsure: readonly Uint8Array[] | null;
  channel: number | null;
  /** The replica was empty when this channel opened: a difference now is not a stale replica's. */
  freshly: boolean;
  agreed: boolean;
}

const NOTHING = Y.encodeStateAsUpdate(new Y.Doc());

export class SimulatedDevice {
  readonly key: DeviceKey;
  readonly #privateKey: KeyObject;
  readonly #community: Fingerprint;
  readonly #random: SeededRandom;
  readonly #now: () => number;
  readonly #outbox = new Map<EntryId, OutboxItem>();
  readonly #rooms = new Map<RoomName, Held>();
  /** Every answer this device was ever given. */
  readonly answers = new Map<EntryId, Outcome>();
  readonly written: Entry[] = [];
  #wire: Wire | undefined;
  #welcomed = false;
  #nextChannel = 1;
  #sent = new Set<EntryId>();

  /** @param now this device's clock, as wrong as it may be */
  constructor(community: Fingerprint, random: SeededRandom, now: () => number) {
    this.#community = community;
    this.#random = random;
    this.#now = now;
    this.#privateKey = keyFrom(random.bytes(32));
    this.key = String(createPublicKey(this.#privateKey).export({ format: 'jwk' }).x) as DeviceKey;
  }

  get connected(): boolean {
    return this.#wire?.alive === true;
  }

  get outbox(): readonly OutboxItem[] {
    return Array.from(this.#outbox.values());
  }

  connect(wire: Wire): void {
    this.#wire = wire;
  }

  /** The socket is gone: channels with it, what is kept stays. */
  lost(): void {
    this.#wire = undefined;
    this.#welcomed = false;
    this.#sent = new Set();
    for (const held of this.#rooms.values()) held.channel = null;
  }

  /** Loses memory, keeps the disk: answers are for the run's own book-keeping. */
  crash(): void {
    this.#wire?.cut();
    for (const held of this.#rooms.values()) {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, held.kept);
      held.doc = doc;
      held.unsure = null;
    }
  }

  watch(room: RoomName): void {
    if (this.#rooms.has(room)) return;
    this.#rooms.set(room, {
      doc: new Y.Doc(),
      generation: 0,
      aside: new Map(),
      kept: NOTHING,
      unsure: null,
      channel: null,
      freshly: true,
      agreed: false,
    });
    if (this.#welcomed) this.#open(room);
  }

  async ask(space: SpaceId, text: string): Promise<ConversationId> {
    const salt = this.#random.bytes(16);
    const id = conversationIdOf(this.key, salt, this.#community);
    await this.write(id, {
      kind: 'ask',
      salt,
      space,
      text,
      page: { url: '', title: '' },
      lang: 'fr',
    });
    this.watch(conversationRoom(id));
    return id;
  }

  async write(conversation: ConversationId, content: Content): Promise<void> {
    const nonce = this.#random.bytes(8);
    const time = Math.max(0, Math.round(this.#now()));
    const draft = { conversation, author: this.key, time, content, nonce };
    const entry = await signEntry(draft, this.#community, (message) =>
      sign(null, message, this.#privateKey),
    );
    this.#outbox.set(entry.id, { entry, state: { type: 'waiting' } });
    this.written.push(entry);
    this.sendDue();
  }

  /** Sends what is due and not on its way. */
  sendDue(): void {
    if (!this.#welcomed) return;
    const due = this.outbox.filter(
      (item) => isDue(item, this.#now()) && !this.#sent.has(item.entry.id),
    );
    for (const { entry } of due) this.#sent.add(entry.id);
    if (due.length > 0) this.#say({ type: 'submit', entries: due.map(({ entry }) => entry.bytes) });
  }

  /** Own entries that were put off may be sent again. */
  wake(): void {
    for (const { entry, state } of this.#outbox.values())
      if (state.type === 'later') this.#sent.delete(entry.id);
    this.sendDue();
  }

  hear(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (frame.channel === 0) {
      const said = frame.op === 'data' ? decodeControl(frame.data) : null;
      if (said) this.#control(said);
      return;
    }
    const found = Array.from(this.#rooms).find(([, { channel }]) => channel === frame.channel);
    if (!found) return;
    const [room, held] = found;
    switch (frame.op) {
      case 'open':
        if (held.generation !== 0 && held.generation !== frame.generation)
          return this.#startOver(room, held);
        held.generation = frame.generation;
        if (!held.freshly) held.unsure ??= rowBytes(held.doc);
        this.#step1(held);
        break;
      case 'close':
        held.channel = null;
        if (frame.code === CloseCode.unknownRoom) this.#unknown(room, held);
        break;
      case 'data':
        this.#data(room, held, frame.data);
        break;
    }
  }

  /** Reopens rooms that the relay did not know before. */
  reopen(): void {
    if (!this.#welcomed) return;
    for (const [room, held] of this.#rooms) if (held.channel === null) this.#open(room);
  }

  holds(room: RoomName): EntryId[] {
    const held = this.#rooms.get(room);
    return held ? Array.from(numberedIds(rowsOf(held.doc), this.#community)) : [];
  }

  agrees(room: RoomName): boolean {
    return this.#rooms.get(room)?.agreed === true;
  }

  isAside(id: EntryId): boolean {
    return Array.from(this.#rooms.values()).some(({ aside }) => aside.has(id));
  }

  digest(room: RoomName): string {
    const held = this.#rooms.get(room);
    if (!held) return 'none';
    const { count, xor } = digestOfReplica(held.doc, this.#community);
    return `${count}/${bytesToText(xor)}`;
  }

  view(id: ConversationId): ConversationView {
    const held = this.#rooms.get(conversationRoom(id));
    const rows = held ? rowsOf(held.doc) : [];
    return fold(rows, [], {
      conversation: id,
      community: this.#community,
      now: this.#now(),
      grants: new Map(),
      mode: 0,
    });
  }

  #control(message: Control): void {
    switch (message.type) {
      case 'challenge': {
        const nonce = this.#random.bytes(32);
        const host = 'relay';
        const said = helloSignedBytes(this.#community, {
          relayNonce: message.nonce,
          nonce,
          relayKey: message.relayKey,
          host,
          token: '',
        });
        const signature = new Uint8Array(sign(null, said, this.#privateKey));
        this.#say({
          type: 'hello',
          protocol: PROTOCOL_VERSION,
          device: this.key,
          nonce,
          host,
          token: '',
          signature,
        });
        break;
      }
      case 'welcome':
        this.#welcomed = true;
        this.reopen();
        this.sendDue();
        break;
      case 'answer':
        for (const { id, outcome } of message.answers) this.#answered(id, outcome);
        break;
      case 'erased':
        for (const id of message.ids) {
          this.#outbox.delete(id);
          for (const { aside } of this.#rooms.values()) aside.delete(id);
        }
        break;
      default:
    }
  }

  #answered(id: EntryId, outcome: Outcome): void {
    this.answers.set(id, outcome);
    if (outcome.type === 'refused') for (const { aside } of this.#rooms.values()) aside.delete(id);
    const item = this.#outbox.get(id);
    if (!item) return;
    const after = afterAnswer(item, outcome, this.#now());
    if (after.type === 'numbered') this.watch(conversationRoom(item.entry.conversation));
    else if (after.item.state.type === 'later') this.#outbox.set(id, after.item);
    else this.#outbox.delete(id); // shown and dismissed: nothing more is sent
    this.reopen();
    this.#settle();
  }

  #data(room: RoomName, held: Held, data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === ChannelType.sync) {
      decoding.readVarUint(decoder);
      Y.applyUpdate(held.doc, decoding.readVarUint8Array(decoder));
      this.#keep(held);
      this.#settle();
    } else if (type >= ChannelType.digest) {
      const message = readChannelMessage(type, decoder);
      if (message?.type !== 'digest') return;
      held.agreed = sameRows(message.digest, digestOfReplica(held.doc, this.#community));
      if (held.agreed) {
        this.#offer(held);
        this.#settle();
      } else if (!held.freshly) this.#startOver(room, held);
    }
  }

  #offer(held: Held): void {
    held.freshly = false;
    // What was erased since the channel opened may be another row under the same number.
    for (const bytes of held.unsure ?? []) {
      const row = asideRow(bytes, this.#community);
      if (row) held.aside.set(row.id, row);
    }
    held.unsure = null;
    this.#keep(held);
    const lacking = stillLacking(
      held.aside.values(),
      numberedIds(rowsOf(held.doc), this.#community),
    );
    const kept = new Set(lacking.map(({ id }) => id));
    for (const id of held.aside.keys()) if (!kept.has(id)) held.aside.delete(id);
    if (lacking.length > 0) this.#say({ type: 'offer', rows: lacking.map(({ bytes }) => bytes) });
  }

  /** The relay was put back to before this conversation began, or it never saw it. */
  #unknown(room: RoomName, held: Held): void {
    this.#setAside(held);
    held.agreed = false;
    if (held.aside.size > 0 && room.startsWith('conversation/')) {
      this.#say({ type: 'offer', rows: Array.from(held.aside.values(), ({ bytes }) => bytes) });
    }
  }

  #startOver(room: RoomName, held: Held): void {
    this.#setAside(held);
    if (held.channel !== null) {
      this.#send(encodeFrame({ op: 'close', channel: held.channel, code: 1000, reason: '' }));
    }
    this.#open(room);
  }

  #setAside(held: Held): void {
    for (const bytes of [...(held.unsure ?? []), ...rowBytes(held.doc)]) {
      const row = asideRow(bytes, this.#community);
      if (row) held.aside.set(row.id, row);
    }
    held.doc = new Y.Doc();
    held.generation = 0;
    held.unsure = null;
    held.kept = NOTHING;
  }

  #keep(held: Held): void {
    if (held.unsure === null) held.kept = Y.encodeStateAsUpdate(held.doc);
  }

  /** An entry leaves the outbox when its row is here. */
  #settle(): void {
    for (const { doc, aside, unsure } of this.#rooms.values()) {
      if (unsure !== null) continue;
      for (const id of numberedIds(rowsOf(doc), this.#community)) {
        this.#outbox.delete(id);
        aside.delete(id);
      }
    }
  }

  #open(room: RoomName): void {
    const held = this.#rooms.get(room);
    if (!held) return;
    held.channel = this.#nextChannel++;
    held.freshly = rowBytes(held.doc).length === 0;
    this.#send(
      encodeFrame({ op: 'open', channel: held.channel, room, generation: held.generation }),
    );
  }

  #step1(held: Held): void {
    const data = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(held.doc));
    });
    if (held.channel !== null) this.#send(encodeFrame({ op: 'data', channel: held.channel, data }));
  }

  #say(message: Control): void {
    this.#send(encodeFrame({ op: 'data', channel: 0, data: encodeControl(message) }));
  }

  #send(bytes: Uint8Array): void {
    this.#wire?.send(bytes);
  }
}
