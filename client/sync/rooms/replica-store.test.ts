/** What of a replica is in IndexedDB after each write. */
import { expect } from '@open-wc/testing';
import { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { bytesToText } from '../../../shared/bytes.ts';
import { ROWS } from '../../../shared/conversation/row.ts';
import type { EntryId, Fingerprint } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { AsideRow } from '../../../shared/replica/aside.ts';
import { Database } from '../storage/database.ts';
import { ReplicaStore, dropReplica, keptReplicas } from './replica-store.ts';
import { RoomDocument } from './room-document.ts';
import { deleteStale } from './stale-replicas.ts';

const room = 'space/demo' as RoomName;
const record = { generation: 1, epoch: 0, changedAt: 1, contactAt: 1 };
const textRow = (text: string): Uint8Array => new TextEncoder().encode(text);
const asideRow = (text: string): AsideRow =>
  ({ id: text as EntryId, bytes: textRow(text) }) as AsideRow;

describe('replica store', () => {
  let database: Database;
  let store: ReplicaStore;
  let relayDoc: Doc;
  let document: RoomDocument;

  beforeEach(async () => {
    const community = bytesToText(crypto.getRandomValues(new Uint8Array(16))) as Fingerprint;
    database = new Database(community);
    store = new ReplicaStore(database, room);
    relayDoc = new Doc();
    document = new RoomDocument(() => {});
    await store.load();
  });

  afterEach(() => database.destroy());

  /** Changes the room, and keeps it. */
  async function change(act: (rows: ReturnType<Doc['getArray']>) => void, erases = false) {
    const vector = encodeStateVector(relayDoc);
    act(relayDoc.getArray(ROWS));
    const update = encodeStateAsUpdate(relayDoc, vector);
    applyUpdate(document.doc, update);
    await store.keep({ type: 'append', update, record, erases }, document);
  }

  const say = (text: string): Promise<void> => change((rows) => rows.push([textRow(text)]));

  /** All that is kept, as one text. */
  async function stored(): Promise<string> {
    const { updates, aside } = await new ReplicaStore(database, room).load();
    return [...updates, ...aside].map((bytes) => new TextDecoder().decode(bytes)).join('|');
  }

  it('is read back as it was kept', async () => {
    await say('one');
    await say('two');
    const again = new RoomDocument(() => {});
    const kept = await new ReplicaStore(database, room).load();
    again.apply(kept.updates);
    expect(again.rows).to.deep.equal([textRow('one'), textRow('two')]);
    expect(kept.record).to.deep.equal(record);
  });

  it('holds no text that was erased', async () => {
    await say('secret');
    await say('other');
    await change((rows) => rows.delete(0, 1), true);
    expect(await stored())
      .to.contain('other')
      .and.not.contain('secret');
  });

  it('is written anew as one now and then', async () => {
    for (let count = 0; count < 205; count++) await say(`n ${count}`);
    expect((await store.load()).updates.length).to.be.below(10);
    expect(await stored()).to.contain('n 204');
  });

  it('keeps rows aside with the whole, or instead of it, until they are dropped', async () => {
    await say('one');
    await store.keep({ type: 'keepWhole', record, aside: [asideRow('gone')] }, document);
    expect((await store.load()).updates.length).to.equal(1);
    expect(await stored())
      .to.contain('gone')
      .and.contain('one');
    await store.setAside([asideRow('one')]);
    const { updates, aside, record: left } = await store.load();
    expect([updates.length, aside.length, left]).to.deep.equal([0, 2, undefined]);
    const ids = ['gone' as EntryId];
    await store.keep({ type: 'dropAside', ids }, document);
    expect(await stored()).to.equal('one');
  });

  it('leaves nothing of a room that is dropped, and all of the others', async () => {
    await say('one');
    const other = new ReplicaStore(database, 'space/other' as RoomName);
    await other.keep({ type: 'keepWhole', record, aside: [] }, document);
    await dropReplica(database, room);
    expect(await stored()).to.equal('');
    expect((await keptReplicas(database)).map(({ name }) => name)).to.deep.equal(['space/other']);
  });

  it('is emptied of what had no contact for a month, also where the clock was put back by more', async () => {
    const day = 86_400_000;
    await say('kept');
    for (const now of [1 + 29 * day, 1 - 29 * day]) {
      await deleteStale(database, now);
      expect(await stored()).to.contain('kept');
    }
    await deleteStale(database, 1 - 31 * day);
    expect(await stored()).to.equal('');
    await say('again');
    await deleteStale(database, 1 + 31 * day);
    expect(await stored()).to.equal('');
  });
});
