/**
 * What two people sent to a relay that dies under them, what it acknowledged, and whether the relay that comes
 * back kept its word.
 */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Content } from '../../shared/entry/content.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { ConversationId, EntryId, Fingerprint } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { TestDevice, TestIdentity, type TestRoom } from '../../relay/testing/test-device.ts';
import type { RelayProcess } from '../../relay/testing/machine/relay-process.ts';

/** Erasures reach every file within this time of the relay's start. */
const ERASED_MS = 5_000;

export class Ledger {
  readonly relay: RelayProcess;
  readonly community: Fingerprint;
  readonly visitor = new TestIdentity();
  readonly helper: TestIdentity;
  readonly #sent = new Map<EntryId, { readonly entry: Entry; readonly by: TestIdentity }>();
  /** By id: the seq that the relay promised. */
  readonly #acknowledged = new Map<EntryId, number>();
  /** What acknowledged retractions took away. */
  readonly #erased = new Set<EntryId>();
  /** What retractions were to take away that the relay died on. */
  readonly #unanswered = new Set<EntryId>();
  readonly #texts = new Map<EntryId, string>();
  #conversation: ConversationId | undefined;

  constructor(relay: RelayProcess, community: Fingerprint, helper: TestIdentity) {
    this.relay = relay;
    this.community = community;
    this.helper = helper;
  }

  /** Entries that the relay said it keeps. */
  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  connect(identity: TestIdentity): Promise<TestDevice> {
    const url = `${this.relay.url.replace('http', 'ws')}/sync`;
    return TestDevice.connect(url, this.community, { identity });
  }

  /** Asks the question that everything else is about. */
  async ask(device: TestDevice, text: string): Promise<void> {
    const entry = await device.identity.ask(this.community, text);
    this.#conversation = entry.conversation;
    await this.#submit(device, [entry]);
  }

  /** Sends what follows in one message. Resolves once all is answered, or the connection has ended. */
  async send(device: TestDevice, ...contents: readonly Content[]): Promise<Entry[]> {
    const conversation = this.#conversation!;
    const entries = await Promise.all(
      contents.map((content) => device.identity.entry(this.community, conversation, content)),
    );
    entries.forEach(({ id }, index) => {
      const content = contents[index];
      if (content?.kind === 'say') this.#texts.set(id, content.text);
    });
    await this.#submit(device, entries);
    return entries;
  }

  /** Takes back something that was said. */
  async retract(device: TestDevice, target: Entry): Promise<void> {
    this.#unanswered.add(target.id);
    const [retraction] = await this.send(device, { kind: 'retract', target: target.id });
    if (!this.#acknowledged.has(retraction!.id)) return;
    this.#unanswered.delete(target.id);
    this.#erased.add(target.id);
  }

  async #submit(device: TestDevice, entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.#sent.set(entry.id, { entry, by: device.identity });
    if (device.closed === null) {
      device.say({ type: 'submit', entries: entries.map(({ bytes }) => bytes) });
      await device.until(
        () => device.closed !== null || entries.every(({ id }) => device.outcomes.has(id)),
        'answers or the end',
      );
    }
    this.note(device);
  }

  /** Writes down what the relay acknowledged to a device. */
  note(device: TestDevice): void {
    for (const [id, outcome] of device.outcomes) {
      if (outcome.type === 'durable' && this.#sent.has(id)) this.#acknowledged.set(id, outcome.seq);
    }
  }

  /**
   * The relay runs again: what it acknowledged is there, once, in the place it promised; what was erased is
   * nowhere; everybody reads the same; and what it never answered can be sent again.
   */
  async verify(): Promise<void> {
    if (this.#conversation === undefined) return;
    const visitor = await this.connect(this.visitor);
    const helper = await this.connect(this.helper);
    const before = await visitor.open(conversationRoom(this.#conversation));
    if (before.closed === null) this.#kept(before);
    else assert.equal(this.#acknowledged.size, 0, 'the conversation is gone');
    for (const { entry, by } of this.#sent.values()) {
      const [outcome] = await (by === this.visitor ? visitor : helper).submit(entry);
      const isErased = outcome?.type === 'refused' && outcome.code === 'erased';
      if (this.#erased.has(entry.id)) assert.ok(isErased, 'what was erased stays so');
      else if (outcome?.type === 'durable' || outcome?.type === 'duplicate')
        this.#acknowledged.set(entry.id, outcome.seq);
      // Its erasure was never answered, and has happened all the same; or it lost a race, as it should.
      else assert.ok(isErased || outcome?.type === 'claimed', JSON.stringify(outcome));
      if (isErased) this.#erased.add(entry.id);
    }
    const rooms = await Promise.all(
      [visitor, helper].map((device) => device.open(conversationRoom(this.#conversation!))),
    );
    for (const room of rooms) this.#kept(room);
    assert.deepEqual(rooms[0]!.bytes, rooms[1]!.bytes, 'both read the same, in one order');
    await Promise.all([visitor.close(), helper.close()]);
    await this.#erasedFromEveryFile();
  }

  #kept(room: TestRoom): void {
    const rows = room.rows.flatMap((row) =>
      row.type === 'entry' ? [[Buffer.from(row.entry).toString('hex'), row.seq] as const] : [],
    );
    const places = new Map(rows);
    assert.equal(places.size, rows.length, 'none is there twice');
    for (const [id, seq] of this.#acknowledged) {
      const bytes = Buffer.from(this.#sent.get(id)!.entry.bytes).toString('hex');
      if (this.#erased.has(id)) assert.ok(!places.has(bytes), 'what was erased is gone');
      else if (places.has(bytes))
        assert.equal(places.get(bytes), seq, 'it stands where it was put');
      else this.#mayBeErased(id);
    }
    const { rev: _, ...digest } = room.digest!;
    assert.deepEqual(room.digestHeld(this.community), digest);
  }

  /** Acknowledged, and not there: only a retraction that went off without an answer explains it. */
  #mayBeErased(id: EntryId): void {
    assert.ok(
      this.#unanswered.has(id),
      `${this.#texts.get(id) ?? id} was acknowledged and is lost`,
    );
  }

  async #erasedFromEveryFile(): Promise<void> {
    const texts = Array.from(this.#erased, (id) => this.#texts.get(id) ?? []).flat();
    const until = Date.now() + ERASED_MS;
    while (await this.#holdsAny(texts)) {
      assert.ok(Date.now() < until, 'an erased text is still in a file');
      await setTimeout(20);
    }
  }

  async #holdsAny(texts: readonly string[]): Promise<boolean> {
    const files = await readdir(this.relay.data, { recursive: true, withFileTypes: true });
    const contents = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name)).catch(() => Buffer.alloc(0))),
    );
    return contents.some((bytes) => texts.some((text) => bytes.includes(text)));
  }
}
