/** A reader whose line comes and goes: everything reaches the replica, in order, once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { ROWS } from '../../shared/conversation/row.ts';
import { parseConversationId } from '../../shared/ids.ts';
import { readChannelMessage } from '../../shared/protocol/channel.ts';
import type { Digest } from '../../shared/protocol/digest.ts';
import { conversationRoom, writerOf } from '../../shared/protocol/rooms.ts';
import type { RoomRange } from '../core/ports/room-storage.ts';
import { encodePage } from '../core/rooms/encode-page.ts';
import { encodeRows } from '../core/rooms/encode-rows.ts';
import { Broadcast } from './broadcast.ts';
import { updateMessage } from './room-message.ts';
import { RoomReader } from './room-reader.ts';

const ROOM = conversationRoom(parseConversationId('A'.repeat(22)));
const WRITER = writerOf(ROOM, 1);
const ROW_BYTES = 20_000;

/** mulberry32 */
function random(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A room in storage, a line that is clear or not, and the replica at its other end. */
class Scene {
  readonly rows: { readonly seq: number; readonly bytes: Uint8Array; live: boolean }[] = [];
  readonly doc = new Y.Doc();
  readonly digests: Digest[] = [];
  /** Sync messages by type: 1 answers a state vector, 2 is an update. */
  readonly steps: number[] = [];
  readonly reader: RoomReader;
  readonly output = { isClear: true, want: () => void this.wanted++, drop: () => {} };
  wanted = 0;
  rev = 0;
  /** Rows that came over the line, those that came twice counted twice. */
  came = 0;
  /** Committed and not yet published. */
  readonly #unpublished: (() => void)[] = [];

  constructor() {
    this.reader = new RoomReader({
      room: ROOM,
      generation: 1,
      knowsDigest: true,
      storage: {
        page: async (room, generation, from, most) =>
          encodePage(room, generation, from, this.#range(from, most)),
      },
      send: ({ message }) => this.#hear(message),
      output: this.output,
    });
  }

  commit(append: boolean): void {
    const rev = ++this.rev;
    const first = this.rows.length;
    const seq = append ? first : (this.rows.find(({ live }) => live)?.seq ?? -1);
    if (append) this.rows.push({ seq, bytes: new Uint8Array(ROW_BYTES).fill(seq), live: true });
    const erased = append || seq < 0 ? [] : [{ start: seq, length: 1 }];
    if (erased.length > 0) this.rows[seq]!.live = false;
    const added = append ? [{ seq, bytes: this.rows[seq]!.bytes }] : [];
    const broadcast = new Broadcast(updateMessage(encodeRows(WRITER, added, erased)));
    this.#unpublished.push(() => this.reader.deliver({ rev, first, broadcast }));
  }

  publish(): void {
    this.#unpublished.shift()?.();
  }

  sync(): void {
    const vector = decoding.createDecoder(Y.encodeStateVector(this.doc));
    const held = new Map<number, number>();
    for (let left = decoding.readVarUint(vector); left > 0; left--)
      held.set(decoding.readVarUint(vector), decoding.readVarUint(vector));
    this.reader.sync(held);
  }

  get held(): readonly Uint8Array[] {
    return this.doc.getArray<Uint8Array>(ROWS).toArray();
  }

  async settle(): Promise<void> {
    this.output.isClear = true;
    while (this.#unpublished.length > 0) this.publish();
    for (let turns = 0; turns < 1_000 && this.wanted > 0; turns++) await this.turn();
  }

  async turn(): Promise<void> {
    if (this.wanted === 0) return;
    this.wanted = 0;
    await this.reader.turn();
  }

  #range(from: number, most: number): RoomRange {
    const rows: RoomRange['rows'][number][] = [];
    let end = this.rows.length;
    for (const { seq, bytes, live } of this.rows.slice(from)) {
      if (!live) continue;
      if (rows.length > 0 && (rows.length + 1) * ROW_BYTES > most) {
        end = seq;
        break;
      }
      rows.push({ seq, bytes, id: new Uint8Array(16), key: null });
    }
    const erased = this.rows.flatMap(({ seq, live }) => (live ? [] : [{ start: seq, length: 1 }]));
    const count = this.rows.length - erased.length;
    const head = { generation: 1, next: this.rows.length, rev: this.rev, count };
    return { head: { ...head, xor: new Uint8Array(16) }, rows, end, erased };
  }

  #hear(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    if (type === 0) {
      this.steps.push(decoding.readVarUint(decoder));
      const update = decoding.readVarUint8Array(decoder);
      this.came += Y.decodeUpdate(update).structs.filter(
        ({ constructor, length }) => constructor.name === 'Item' && length > 0,
      ).length;
      Y.applyUpdate(this.doc, update);
      assert.equal(this.doc.store.pendingStructs, null, 'in order, without a gap');
      return;
    }
    const told = readChannelMessage(type, decoder);
    assert.ok(told?.type === 'digest');
    this.digests.push(told.digest);
    assert.equal(this.held.length, told.digest.count, 'a digest is of what came before it');
  }
}

describe('a room’s reader', () => {
  it('has everything in order and once, however its line goes on and off', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const scene = new Scene();
      const next = random(seed);
      for (let count = next(12); count > 0; count--) scene.commit(true);
      scene.sync();
      for (let step = 0; step < 60; step++) {
        const act = next(8);
        if (act === 0) scene.output.isClear = !scene.output.isClear;
        else if (act === 1) scene.commit(next(3) > 0);
        else if (act <= 3) scene.commit(true);
        else if (act <= 5) scene.publish();
        else {
          const turn = scene.turn();
          // While the page is read, and after it was.
          if (next(2) === 0) scene.commit(true);
          if (next(2) === 0) scene.publish();
          await turn;
        }
      }
      await scene.settle();
      const live = scene.rows.filter((row) => row.live).map(({ bytes }) => bytes);
      assert.deepEqual(scene.held, live, `seed ${seed}`);
      assert.ok(scene.came <= scene.rows.length, `seed ${seed}: ${scene.came} rows came`);
    }
  });

  it('keeps no live row for a line that is behind, and brings it from storage', async () => {
    const scene = new Scene();
    scene.sync();
    await scene.settle();
    scene.output.isClear = false;
    for (let count = 0; count < 50; count++) {
      scene.commit(true);
      scene.publish();
    }
    assert.equal(scene.came, 0);
    assert.equal(scene.wanted, 1, 'one turn is asked for');
    await scene.settle();
    assert.deepEqual([scene.held.length, scene.came], [50, 50]);
  });

  it('answers whoever asks again and again once more, not each time', async () => {
    const scene = new Scene();
    for (let count = 0; count < 10; count++) scene.commit(true);
    for (let times = 0; times < 100; times++) scene.reader.sync(new Map());
    await scene.settle();
    assert.equal(scene.came, 20);
    assert.equal(scene.digests.length, 2);
  });

  it('answers a state vector that comes while live rows are read', async () => {
    const scene = new Scene();
    scene.output.isClear = false;
    for (let count = 0; count < 2; count++) scene.commit(true);
    scene.publish();
    const turn = scene.turn();
    scene.reader.sync(new Map());
    await turn;
    await scene.settle();
    assert.equal(scene.held.length, 2);
    assert.equal(scene.steps.filter((step) => step === 1).length, 1);
  });

  it('says nothing once it is closed, even if a page is on its way', async () => {
    const scene = new Scene();
    scene.commit(true);
    scene.sync();
    const turn = scene.turn();
    scene.reader.close();
    await turn;
    scene.commit(true);
    scene.publish();
    await scene.settle();
    assert.equal(scene.came, 0);
  });
});
