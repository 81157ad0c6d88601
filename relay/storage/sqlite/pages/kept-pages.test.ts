/** Pages that are kept bring the same as rows, and none holds what was erased: in the database, its log, a backup. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import * as Y from 'yjs';
import { bytesToText, xorInto } from '../../../../shared/bytes.ts';
import { ROWS } from '../../../../shared/conversation/row.ts';
import type { EntryId } from '../../../../shared/ids.ts';
import { writerOf } from '../../../../shared/protocol/rooms.ts';
import {
  PAGE_BYTES,
  type RoomChange,
  type RoomHead,
  type StoredRow,
  emptyHead,
} from '../../../core/ports/room-storage.ts';
import { encodeRows, piecesOf } from '../../../core/rooms/encode-rows.ts';
import { spareThreads } from '../../../testing/spare-threads.ts';
import { waitFor } from '../../../testing/witness.ts';
import { member, room } from '../../contract/contract.ts';
import type { Storage } from '../../storage.ts';
import { openSqlite } from '../open-sqlite.ts';

const SECRET = 'zebra-quartz-telephone';
const ROW_BYTES = 1_000;
/** Where the secret is. */
const TOLD = 500;

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'comptoir-pages-'));
  folders.push(made);
  return made;
}
after(() => Promise.all(folders.map((made) => rm(made, { recursive: true, force: true }))));

function rowOf(seq: number): StoredRow {
  const id = new Uint8Array(16).fill(1);
  new DataView(id.buffer).setUint32(0, seq);
  const bytes = new Uint8Array(ROW_BYTES).fill(seq % 251);
  if (seq === TOLD) bytes.set(new TextEncoder().encode(SECRET), 10);
  return { seq, id, key: null, bytes };
}

function changed(
  base: RoomHead,
  append: readonly StoredRow[],
  erase: readonly StoredRow[],
): RoomChange {
  const xor = base.xor.slice();
  for (const { id } of [...append, ...erase]) xorInto(xor, id);
  const head = {
    ...base,
    next: base.next + append.length,
    rev: base.rev + append.length + erase.length,
    count: base.count + append.length - erase.length,
    xor,
  };
  const forget = erase.map(({ id }) => ({ id: bytesToText(id) as EntryId, member }));
  return { room, base, head, append, erase: erase.map(({ seq }) => seq), forget };
}

class Writer {
  head = emptyHead();
  readonly live = new Map<number, StoredRow>();
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async append(count: number): Promise<void> {
    const rows = Array.from({ length: count }, (_, index) => rowOf(this.head.next + index));
    await this.#commit(changed(this.head, rows, []));
    for (const row of rows) this.live.set(row.seq, row);
  }

  async erase(...seqs: readonly number[]): Promise<void> {
    await this.#commit(
      changed(
        this.head,
        [],
        seqs.map((seq) => this.live.get(seq)!),
      ),
    );
    for (const seq of seqs) this.live.delete(seq);
  }

  /** Pages are made behind this. */
  async checkpoint(): Promise<void> {
    const { generation, rev, next } = this.head;
    const bytes = new Uint8Array(1);
    await this.#storage.checkpoints.putCheckpoint(room, {
      generation,
      rev,
      next,
      version: 1,
      bytes,
    });
  }

  async #commit(change: RoomChange): Promise<void> {
    const batch = { changes: [change], writes: [] };
    assert.equal(await this.#storage.rooms.commit(batch), 'committed');
    this.head = change.head;
  }
}

/** Where kept pages begin and end. */
function keptIn(data: string): [number, number][] {
  const db = new DatabaseSync(join(data, 'comptoir.sqlite'), { readOnly: true });
  const found = db.prepare('SELECT start, until FROM kept_page ORDER BY start').all();
  db.close();
  return found.map(({ start, until }) => [Number(start), Number(until)]);
}

/** Until everything is kept but less than a page at the end. */
async function allKept(data: string, { head }: Writer): Promise<void> {
  const most = (PAGE_BYTES.later + ROW_BYTES) / ROW_BYTES;
  await waitFor(
    () => {
      let at = 0;
      for (const [start, until] of keptIn(data)) {
        if (start > at) return false; // a gap is not filled yet
        assert.equal(start, at, 'two pages hold the same row');
        at = until;
      }
      return head.next - at <= most;
    },
    () => `only ${JSON.stringify(keptIn(data))} is kept`,
  );
}

/** Seqs that a replica gets which held everything before `from`, and how many pages it took. */
async function replicaFrom(storage: Storage, from: number, into = new Y.Doc()) {
  let pages = 0;
  let most = PAGE_BYTES.first;
  for (let isLast = false, at = from; !isLast; pages++) {
    const page = await storage.rooms.page(room, 1, at, most);
    assert.ok(page.isLast || page.to > at);
    assert.ok(page.read <= most);
    Y.applyUpdate(into, page.update);
    assert.equal(into.store.pendingStructs, null);
    ({ to: at, isLast } = page);
    most = PAGE_BYTES.later;
  }
  return { rows: into.getArray<Uint8Array>(ROWS).toArray(), pages, doc: into };
}

const rowsOf = ({ live }: Writer): Uint8Array[] =>
  [...live.values()].toSorted((a, b) => a.seq - b.seq).map(({ bytes }) => bytes);

async function filesHold(data: string): Promise<boolean> {
  const files = (await readdir(data, { withFileTypes: true })).filter((file) => file.isFile());
  const contents = await Promise.all(files.map(({ name }) => readFile(join(data, name))));
  return contents.some((content) => content.includes(SECRET));
}

/** Tables in which the secret is. */
function tablesThatHold(data: string): string[] {
  const db = new DatabaseSync(join(data, 'comptoir.sqlite'), { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const holding = tables
    .map(({ name }) => String(name))
    .filter((name) => {
      const found = db.prepare(`SELECT * FROM "${name}"`).all();
      return found.some((row) =>
        Object.values(row).some(
          (value) => value instanceof Uint8Array && Buffer.from(value).includes(SECRET),
        ),
      );
    });
  db.close();
  return holding.toSorted();
}

describe('kept pages', () => {
  it('bring a new replica, and one that was away, what the rows bring', async () => {
    const data = await folder();
    const storage = await openSqlite(data, spareThreads);
    const writer = new Writer(storage);
    await writer.append(1_500);
    const early = await replicaFrom(storage, 0);
    await writer.checkpoint();
    await allKept(data, writer);
    const late = await replicaFrom(storage, 0);
    assert.deepEqual(late.rows, rowsOf(writer));
    assert.ok(late.pages <= early.pages + 1, `${late.pages} pages instead of ${early.pages}`);
    const away = await replicaFrom(storage, 0);
    await writer.append(700);
    await writer.erase(3, 700, 701, 1_499);
    assert.deepEqual((await replicaFrom(storage, 1_500, away.doc)).rows, rowsOf(writer));
    assert.deepEqual((await replicaFrom(storage, 0)).rows, rowsOf(writer));
    await writer.checkpoint();
    await allKept(data, writer);
    assert.deepEqual((await replicaFrom(storage, 0)).rows, rowsOf(writer));
    for (const from of [1, 65, 66, 900, 2_199, 2_200]) {
      const { rows } = await replicaFrom(storage, from, replicaBefore(from));
      assert.deepEqual(rows, rowsOf(writer), `from ${from}`);
    }
    await storage.close();
  });

  it('never hold what was erased, in any table or file, and are made again without it', async () => {
    const data = await folder();
    const storage = await openSqlite(data, spareThreads);
    const writer = new Writer(storage);
    await writer.append(1_500);
    await writer.checkpoint();
    await allKept(data, writer);
    assert.deepEqual(tablesThatHold(data), ['kept_page', 'live_row']);
    const backup = await folder();
    await storage.copyTo(join(backup, 'comptoir.sqlite'));
    assert.deepEqual(tablesThatHold(backup), ['kept_page', 'live_row']);

    const before = keptIn(data);
    await writer.erase(TOLD);
    assert.deepEqual(tablesThatHold(data), [], 'gone with the commit');
    const others = before.filter(([start, until]) => TOLD < start || TOLD >= until);
    assert.deepEqual(keptIn(data), others, 'and no other page with it');
    const { rows } = await replicaFrom(storage, 0);
    assert.deepEqual(rows, rowsOf(writer));
    await goneFromFiles(data);
    await writer.checkpoint();
    await allKept(data, writer);
    assert.deepEqual(tablesThatHold(data), []);
    assert.deepEqual((await replicaFrom(storage, 0)).rows, rowsOf(writer));
    await storage.close();
    assert.equal(await filesHold(data), false);

    await copyFile(join(data, 'erased.log'), join(backup, 'erased.log'));
    const restored = await openSqlite(backup, spareThreads);
    assert.deepEqual(tablesThatHold(backup), []);
    assert.equal(await filesHold(backup), false, 'the backup is cleaned before anybody reads it');
    assert.deepEqual((await replicaFrom(restored, 0)).rows, rowsOf(writer));
    await restored.close();
  });

  it('go with their first row, and with their last', async () => {
    const data = await folder();
    const storage = await openSqlite(data, spareThreads);
    const writer = new Writer(storage);
    await writer.append(1_500);
    await writer.checkpoint();
    await allKept(data, writer);
    const [first, second, third, ...others] = keptIn(data);
    assert.ok(first && second && third);
    await writer.erase(second[0]);
    assert.deepEqual(keptIn(data), [first, third, ...others]);
    await writer.erase(third[1] - 1);
    assert.deepEqual(keptIn(data), [first, ...others]);
    assert.deepEqual((await replicaFrom(storage, 0)).rows, rowsOf(writer));
    await storage.close();
  });

  it('of another generation are not given', async () => {
    const data = await folder();
    const storage = await openSqlite(data, spareThreads);
    const writer = new Writer(storage);
    await writer.append(400);
    await writer.checkpoint();
    await allKept(data, writer);
    assert.notEqual(keptIn(data).length, 0);
    const before = new Y.Doc();
    Y.applyUpdate(before, (await storage.rooms.page(room, 7, 0, PAGE_BYTES.first)).update);
    assert.deepEqual([...before.store.clients.keys()], [writerOf(room, 7)]);
    const change = changed(writer.head, [], []);
    const batch = { changes: [{ ...change, head: { ...change.head, generation: 2 } }], writes: [] };
    assert.equal(await storage.rooms.commit(batch), 'committed');
    assert.deepEqual(keptIn(data), []);
    await storage.close();
  });
});

/** A replica that holds everything before a seq, as it was before anything was erased. */
function replicaBefore(from: number): Y.Doc {
  const doc = new Y.Doc();
  const rows = Array.from({ length: from }, (_, seq) => rowOf(seq));
  Y.applyUpdate(doc, encodeRows(writerOf(room, 1), piecesOf(rows, [], 0, from), []));
  return doc;
}

/** The relay says within a few seconds of the answer. */
async function goneFromFiles(data: string): Promise<void> {
  const until = performance.now() + 5_000;
  while (await filesHold(data)) {
    assert.ok(performance.now() < until, 'gone from every file while it is open');
    await setTimeout(20);
  }
}
