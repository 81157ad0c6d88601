/**
 * A device of the simulation: a key, a disk, a clock that is turned back and forth, and one page after
 * the other. What is on the disk survives a crash, the page does not.
 */
import { bytesToText } from '../shared/bytes.ts';
import type { OutboxItem } from '../client/store/sync-port.ts';
import { fold } from '../shared/conversation/fold.ts';
import { readEntryRow } from '../shared/conversation/read-row.ts';
import type { Row } from '../shared/conversation/row.ts';
import type { ConversationView } from '../shared/conversation/view.ts';
import type { Content } from '../shared/entry/content.ts';
import { conversationIdOf } from '../shared/entry/conversation-id.ts';
import type { Entry } from '../shared/entry/entry.ts';
import type { ConversationId, DeviceKey, EntryId, Fingerprint, SpaceId } from '../shared/ids.ts';
import { type FromRelay, helloSignedBytes } from '../shared/protocol/control.ts';
import { encodeDeviceMessage } from '../shared/protocol/device-messages.ts';
import { decodeFrame, encodeFrame } from '../shared/protocol/frame.ts';
import type { Outcome } from '../shared/protocol/outcome.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/since.ts';
import { decodeRelayMessage } from '../shared/protocol/relay-messages.ts';
import { type RoomName, conversationRoom } from '../shared/protocol/rooms.ts';
import type { Clock } from '../relay/core/ports/clock.ts';
import { Disk, type DiskConnection } from './disk.ts';
import { SimulatedPage } from './page.ts';
import type { SeededRandom } from './seeded-random.ts';
import { signAs } from './stand-in-signatures.ts';
import type { Wire } from './wire.ts';

/** A write of bookkeeping waits for the next step as often as this. */
const LAG = 0.2;

export class SimulatedDevice {
  readonly key: DeviceKey;
  /** Every answer this device was ever given. */
  readonly answers = new Map<EntryId, Outcome>();
  readonly written: Entry[] = [];
  readonly #sign: (message: Uint8Array) => Uint8Array<ArrayBuffer>;
  readonly #community: Fingerprint;
  readonly #random: SeededRandom;
  readonly #clock: Clock;
  readonly #disk = new Disk();
  readonly #watched = new Set<RoomName>();
  #wrongBy: number;
  #lags = true;
  #wire: Wire | undefined;
  #connection!: DiskConnection;
  #page!: SimulatedPage;

  /** @param wrongBy how far its clock is off, ms. */
  constructor(community: Fingerprint, random: SeededRandom, clock: Clock, wrongBy: number) {
    this.#community = community;
    this.#random = random;
    this.#clock = clock;
    this.#wrongBy = wrongBy;
    const key = random.bytes(32);
    this.#sign = signAs(key);
    this.key = bytesToText(key) as DeviceKey;
  }

  /** Begins a page over what is on the disk. */
  async boot(): Promise<void> {
    const connection = this.#disk.open(() => this.#lags && this.#random.chance(LAG));
    const page = new SimulatedPage({
      community: this.#community,
      device: this.key,
      sign: this.#sign,
      database: connection,
      timers: {
        now: () => Math.max(0, this.#clock.now() + this.#wrongBy),
        after: (ms, act) =>
          this.#clock.after(ms, () => {
            if (this.#page === page) act();
          }),
      },
      random: (length) => this.#random.bytes(length),
      send: (bytes) => this.#wire?.send(bytes),
    });
    this.#connection = connection;
    this.#page = page;
    await page.start(this.#watched);
  }

  get connected(): boolean {
    return this.#wire?.alive === true;
  }

  get outbox(): readonly OutboxItem[] {
    return this.#page.outbox.items.get();
  }

  connect(wire: Wire): void {
    this.#wire = wire;
  }

  lost(): void {
    this.#wire = undefined;
    this.#page.lost();
  }

  /** Loses the page and what it had not kept yet. */
  async crash(): Promise<void> {
    this.#wire?.cut();
    this.#page.end();
    await this.boot();
  }

  turnClock(byMs: number): void {
    this.#wrongBy += byMs;
  }

  /** Commits what waits to be written; tells whether anything did. */
  flush(): boolean {
    return this.#connection.flush();
  }

  watch(room: RoomName): void {
    this.#watched.add(room);
    this.#page.watch(room);
  }

  reopen(): void {
    this.#page.reopen();
  }

  async ask(space: SpaceId, text: string): Promise<ConversationId> {
    const salt = this.#random.bytes(16);
    const id = conversationIdOf(this.key, salt, this.#community);
    const page = { url: '', title: '' };
    await this.write(id, { kind: 'ask', salt, space, text, page, lang: 'fr' });
    this.watch(conversationRoom(id));
    return id;
  }

  async write(conversation: ConversationId, content: Content): Promise<void> {
    this.#lags = false; // the person waits for it
    this.written.push(...(await this.#page.writer.write(conversation, [content])));
    this.#lags = true;
  }

  hear(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (frame.channel !== 0) this.#page.receive(frame);
    else if (frame.op === 'data') this.#control(decodeRelayMessage(frame.data));
  }

  holds(room: RoomName): EntryId[] {
    return Array.from(this.#page.rooms.get(room)?.numbered ?? []);
  }

  agrees(room: RoomName): boolean {
    return this.#page.rooms.get(room)?.state.get().status === 'synced';
  }

  /** What it shows of a room, to compare with what others show. */
  shown(room: RoomName): string {
    const nameOf = (row: Row): string => {
      if (row.type === 'record') return `${row.seq} ${row.key} ${row.value}`;
      return row.type === 'entry' ? readEntryRow(row, this.#community).id : row.type;
    };
    return this.#rowsOf(room).map(nameOf).join('\n');
  }

  view(id: ConversationId): ConversationView {
    return fold(this.#rowsOf(conversationRoom(id)), [], {
      conversation: id,
      community: this.#community,
      now: this.#page.now(),
      grants: new Map(),
      mode: 0,
    });
  }

  #rowsOf(room: RoomName): readonly Row[] {
    return this.#page.rooms.get(room)?.state.get().rows ?? [];
  }

  #control(message: FromRelay | null): void {
    switch (message?.type) {
      case 'challenge':
        this.#greet(message);
        break;
      case 'welcome':
        this.#page.welcomed(message);
        break;
      case 'answer':
        for (const { id, outcome } of message.answers) this.answers.set(id, outcome);
        void this.#page.answered(message.answers);
        break;
      case 'erased':
        void this.#page.erased(message);
        break;
      default:
    }
  }

  #greet({ nonce: relayNonce, relayKey }: Extract<FromRelay, { type: 'challenge' }>): void {
    const nonce = this.#random.bytes(32);
    const said = { host: 'relay', token: '' };
    const signed = helloSignedBytes(this.#community, { relayNonce, nonce, relayKey, ...said });
    const data = encodeDeviceMessage({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      device: this.key,
      nonce,
      ...said,
      signature: this.#sign(signed),
    });
    this.#wire?.send(encodeFrame({ op: 'data', channel: 0, data }));
  }
}
