/** What becomes of the outbox when the relay answers and rows come. */
import { expect } from '@open-wc/testing';
import { bytesToText } from '../../../shared/bytes.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import type { ConversationId, EntryId, Fingerprint } from '../../../shared/ids.ts';
import type { FromDevice } from '../../../shared/protocol/control.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { RoomState } from '../../store/sync-port.ts';
import { strangerSays } from '../../testing/stranger.ts';
import { Database } from '../storage/database.ts';
import type { Replica } from '../rooms/replica.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { Outbox } from './outbox.ts';
import { Sender } from './sender.ts';

const random = (): string => bytesToText(crypto.getRandomValues(new Uint8Array(16)));

describe('sender', () => {
  let database: Database;
  let outbox: Outbox;
  let sender: Sender;
  let entry: Entry;
  let said: FromDevice[];
  let acts: string[];
  let community: Fingerprint;
  let now: number;
  const numbered = new Set<EntryId>();
  /** The one room, as far as the sender looks at it. */
  let status: RoomState['status'];
  const replica = {
    room: '',
    state: { get: () => ({ status }) },
    sure: true,
    holdsEntries: false,
    numbered,
    reconnect: () => {},
    offerAgain: () => acts.push('offer again'),
    erased: (ids: readonly EntryId[]) => acts.push(`erased ${ids.length}`),
    refused: (ids: readonly EntryId[]) => acts.push(`refused ${ids.length}`),
  };

  beforeEach(async () => {
    community = random() as Fingerprint;
    now = Date.now();
    database = new Database(community);
    outbox = new Outbox(database, community);
    entry = await strangerSays(community, random() as ConversationId, 'Bonjour');
    said = [];
    acts = [];
    numbered.clear();
    status = 'synced';
    replica.room = conversationRoom(entry.conversation);
    replica.sure = true;
    replica.holdsEntries = false;
    const room = replica as unknown as Replica;
    sender = new Sender({
      outbox,
      rooms: {
        all: () => [room],
        get: () => room,
        watch: () => [room, () => {}],
      } as unknown as Rooms,
      timers: {
        now: () => now,
        after: (ms, act) => {
          if (ms < 1_000) act();
          return () => {};
        },
      },
      linked: () => true,
      say: (message) => said.push(message) > 0,
      tell: () => {},
    });
    await outbox.add([entry], true, () => {});
  });

  afterEach(() => database.destroy());

  it('sends once a link, and again on the next', () => {
    sender.sendDue(false);
    sender.sendDue(false);
    expect(said.length).to.equal(1);
    sender.sendDue(true);
    expect(said.length).to.equal(2);
  });

  it('sends what follows a postponed entry in its conversation only with it', async () => {
    const after = await strangerSays(community, entry.conversation, 'Et aussi', entry.time + 1);
    const nowhere = random() as ConversationId;
    const elsewhere = await strangerSays(community, nowhere, 'Ailleurs', entry.time + 2);
    await sender.answered([{ id: entry.id, outcome: { type: 'later', afterMs: 5_000 } }]);
    await outbox.add([after, elsewhere], true, () => {});
    sender.sendDue(false);
    expect(said).to.deep.equal([{ type: 'submit', entries: [elsewhere.bytes] }]);
    sender.sendDue(true);
    expect(said[1]).to.deep.equal(said[0]);
    now += 5_000;
    sender.sendDue(true);
    const entries = [entry.bytes, after.bytes, elsewhere.bytes];
    expect(said[2]).to.deep.equal({ type: 'submit', entries });
    expect(said.length).to.equal(3, 'not once more before there is an answer');
  });

  it('keeps an item until its row is here, and the replica sure of it', async () => {
    await sender.answered([{ id: entry.id, outcome: { type: 'durable', seq: 0 } }]);
    expect(outbox.items.get().length).to.equal(1);
    numbered.add(entry.id);
    replica.sure = false;
    sender.roomChanged(replica as unknown as Replica);
    expect(outbox.items.get().length).to.equal(1);
    replica.sure = true;
    sender.roomChanged(replica as unknown as Replica);
    expect(outbox.items.get().length).to.equal(0);
  });

  it('lets go of what the relay has where this device may not read any more, and of nothing else', async () => {
    const waits = await strangerSays(community, entry.conversation, 'Et aussi', entry.time + 1);
    const elsewhere = await strangerSays(community, random() as ConversationId, 'Ailleurs');
    await outbox.add([waits, elsewhere], true, () => {});
    replica.sure = false;
    await sender.answered([
      { id: entry.id, outcome: { type: 'durable', seq: 0 } },
      { id: elsewhere.id, outcome: { type: 'durable', seq: 0 } },
    ]);
    sender.roomChanged(replica as unknown as Replica);
    expect(outbox.items.get().length).to.equal(3, 'the room may still come');
    status = 'refused';
    sender.roomChanged(replica as unknown as Replica);
    const left = outbox.items.get().map((item) => item.entry.id);
    expect(left).to.have.members([waits.id, elsewhere.id]);
    await outbox.load();
    expect(outbox.items.get().length).to.equal(2, 'on the device too');
    await sender.answered([{ id: waits.id, outcome: { type: 'duplicate', seq: 1 } }]);
    sender.roomChanged(replica as unknown as Replica);
    expect(outbox.get(waits.id)).to.equal(undefined);
  });

  it('offers again what the relay puts off, and tells what it never takes back', async () => {
    const other = random() as EntryId;
    await sender.answered([{ id: other, outcome: { type: 'later', afterMs: 10 } }]);
    expect(acts).to.include('offer again');
    await sender.answered([{ id: other, outcome: { type: 'refused', code: 'erased' } }]);
    expect(acts).to.include.members(['erased 1', 'refused 0']);
    await sender.answered([{ id: other, outcome: { type: 'refused', code: 'full' } }]);
    expect(acts).to.include('refused 1');
  });

  it('says again what a restored relay takes for words about nothing', async () => {
    const refused = { type: 'refused', code: 'unknown-conversation' } as const;
    replica.holdsEntries = true;
    await sender.answered([{ id: entry.id, outcome: refused }]);
    expect(outbox.get(entry.id)?.state.type).to.equal('later');
    replica.holdsEntries = false;
    await sender.answered([{ id: entry.id, outcome: refused }]);
    expect(outbox.get(entry.id)?.state.type).to.equal('refused');
  });

  it('lets an own entry go that was erased, and shows one that was refused', async () => {
    await sender.answered([{ id: entry.id, outcome: { type: 'refused', code: 'full' } }]);
    expect(outbox.get(entry.id)?.state.type).to.equal('refused');
    await sender.answered([{ id: entry.id, outcome: { type: 'refused', code: 'erased' } }]);
    expect(outbox.items.get().length).to.equal(0);
  });
});
