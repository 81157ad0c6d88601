/** A replica over real IndexedDB, with a relay's side of the channel played by the test. */
import { expect } from '@open-wc/testing';
import * as encoding from 'lib0/encoding';
import { Doc, applyUpdate, encodeStateAsUpdate } from 'yjs';
import { bytesToText } from '../../../shared/bytes.ts';
import { ROWS, encodeRow } from '../../../shared/conversation/row.ts';
import { encodeUnsigned } from '../../../shared/entry/entry.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { DeviceKey, Fingerprint } from '../../../shared/ids.ts';
import { encodeChannelMessage } from '../../../shared/protocol/channel.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { AsideRow } from '../../../shared/replica/aside.ts';
import { ReplicaRows } from '../../../shared/replica/replica-rows.ts';
import { conversationId, memberId } from '../../testing/fixtures.ts';
import { until } from '../../signals/readable.ts';
import { Database } from '../storage/database.ts';
import { browserTimers } from '../timers.ts';
import type { FollowOptions, FollowRoom, FollowedRoom } from './follow-room.ts';
import type { ChannelEvents, Transport } from './transport.ts';
import { Replica } from './replica.ts';
import { RoomProvider } from './room-provider.ts';

const community = bytesToText(crypto.getRandomValues(new Uint8Array(16))) as Fingerprint;
const room = 'space/demo' as RoomName;
const shared = {
  status: 'synced',
  typing: [],
  read: { asker: -1, desk: -1 },
  asker: null,
  aside: [],
  epoch: 0,
} as const;

/** A room as the relay holds it; all histories are written by one client, as after a restore. */
function history(...keys: string[]): Doc {
  const doc = new Doc();
  doc.clientID = 7;
  keys.forEach((key, seq) => {
    const row = encodeRow({ type: 'record', seq, received: 1, key, value: '1' });
    doc.getArray(ROWS).push([row]);
  });
  return doc;
}

/** A row that carries a message. */
function messageRow(seq: number, text: string): Uint8Array {
  const unsigned = encodeUnsigned({
    conversation: conversationId('c'),
    author: 'A'.repeat(43) as DeviceKey,
    time: 1,
    content: { kind: 'say', text },
    nonce: new Uint8Array(8),
  });
  const entry = new Uint8Array([...unsigned, ...new Uint8Array(64)]);
  const verdict = { member: memberId('m'), role: Role.visitor, mode: 0 } as const;
  const receipt = new Uint8Array(16);
  return encodeRow({ type: 'entry', seq, place: seq, received: 1, verdict, receipt, entry });
}

/** Opens every channel and answers with what `relayDoc` returns. */
function relayTransport(relayDoc: () => Doc): Transport & { readonly opened: ChannelEvents[] } {
  const opened: ChannelEvents[] = [];
  return {
    opened,
    open(_room, _generation, events) {
      opened.push(events);
      queueMicrotask(() => events.opened(1));
      return { send: (bytes) => bytes[0] === 0 && bytes[1] === 0 && answer(events), close() {} };
    },
  };
  function answer(events: ChannelEvents): void {
    events.data(syncMessage(1, encodeStateAsUpdate(relayDoc())));
    const rows = new ReplicaRows(community);
    rows.update(relayDoc().getArray<Uint8Array>(ROWS).toArray());
    const digest = { rev: 1, ...rows.digest };
    events.data(encodeChannelMessage({ type: 'digest', digest }));
  }
}

function syncMessage(type: 1 | 2, update: Uint8Array): Uint8Array<ArrayBuffer> {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, update);
  });
}

describe('replica', () => {
  let database: Database;
  const open: Replica[] = [];
  /** Times that a replica asked the leading tab for all of its room. */
  let asked = 0;

  beforeEach(() => {
    database = new Database(community);
    asked = 0;
  });

  afterEach(async () => {
    for (const replica of open.splice(0)) replica.dispose();
    await database.destroy();
  });

  function replica(
    transport?: Transport,
    offer: (rows: readonly AsideRow[]) => void = () => {},
    follow: FollowRoom = (options) => new RoomProvider(options),
  ): Replica {
    const nothing = (): void => {};
    const made = new Replica(
      {
        room,
        community,
        database,
        timers: browserTimers,
        follow,
        recall: () => Promise.resolve(),
        changed: nothing,
        updated: nothing,
        ask: () => asked++,
        offer,
      },
      transport,
    );
    open.push(made);
    return made;
  }

  const keys = ({ rows }: { readonly rows: readonly { type: string }[] }): string =>
    rows.map((row) => ('key' in row ? String(row.key) : row.type)).join();

  const shows = (one: Replica, expected: string): Promise<unknown> =>
    until(one.state, (state) => keys(state) === expected);

  it('drops what it holds when the leading tab loaded the room again', async () => {
    const follower = replica();
    await follower.receive(1, encodeStateAsUpdate(history('old0', 'old1')), shared);
    await shows(follower, 'old0,old1');
    const again = { ...shared, epoch: 1 };
    const update = encodeStateAsUpdate(history('new0'));
    await follower.receive(1, update, again);
    expect(asked).to.equal(1);
    await follower.receive(1, update, again);
    expect(asked).to.equal(1);
    await shows(follower, 'new0');
  });

  it('keeps what it was told as a follower once it leads', async () => {
    const follower = replica();
    const known = history('a', 'b');
    await follower.receive(1, encodeStateAsUpdate(known), shared);
    await follower.lead(relayTransport(() => known));
    await until(follower.state, ({ status }) => status === 'synced');
    follower.dispose();
    await shows(replica(), 'a,b');
  });

  it('goes on after what another tab stored, not over it', async () => {
    const known = history('a');
    const leader = replica(relayTransport(() => known));
    const follower = replica();
    await until(leader.state, ({ status }) => status === 'synced');
    await follower.loaded;
    known
      .getArray(ROWS)
      .push([encodeRow({ type: 'record', seq: 1, received: 1, key: 'b', value: '1' })]);
    const live = relayTransport(() => known);
    leader.follow();
    await leader.lead(live);
    await shows(leader, 'a,b');
    leader.dispose();
    await follower.lead(relayTransport(() => known));
    await shows(follower, 'a,b');
    follower.dispose();
    await shows(replica(), 'a,b');
  });

  it('loads again when the relay holds another history under the same numbers', async () => {
    let relayDoc = history('a', 'b', 'c');
    const transport = relayTransport(() => relayDoc);
    const leader = replica(transport);
    await shows(leader, 'a,b,c');
    relayDoc = history('a', 'x');
    transport.opened.at(-1)?.closed(1006, '');
    await shows(leader, 'a,x');
    await until(leader.state, ({ status }) => status === 'synced');
    expect(leader.shared.epoch).to.equal(1);
    leader.dispose();
    await shows(replica(), 'a,x');
  });

  it('offers what a restored relay erased under the same number, and shows it no more', async () => {
    let relayDoc = history('a');
    relayDoc.getArray(ROWS).push([messageRow(1, 'acknowledged')]);
    const transport = relayTransport(() => relayDoc);
    const { promise: offered, resolve } = Promise.withResolvers<readonly AsideRow[]>();
    const leader = replica(transport, resolve);
    await shows(leader, 'a,entry');
    await until(leader.state, ({ status }) => status === 'synced');
    // Since its backup the relay numbered another message so, and erased that one.
    relayDoc = history('a');
    relayDoc.getArray(ROWS).push([messageRow(1, 'another')]);
    relayDoc.getArray(ROWS).delete(1, 1);
    transport.opened.at(-1)?.closed(1006, '');
    const after = await until(leader.state, (state) => keys(state) === 'a');
    expect(after.overlay).to.deep.equal([]);
    const [row] = await offered;
    expect(new TextDecoder().decode(row?.bytes)).to.contain('acknowledged');
    leader.dispose();
    const again = replica();
    await again.loaded;
    await until(again.state, ({ overlay }) => overlay.length === 1);
  });

  it('hears no more of a channel that it has left', async () => {
    const channels: FollowOptions[] = [];
    const follow = (options: FollowOptions): FollowedRoom => {
      channels.push(options);
      return { connect() {}, send() {}, dispose() {} };
    };
    const leader = replica(
      relayTransport(() => history()),
      undefined,
      follow,
    );
    await leader.loaded;
    expect(channels[0]?.accept(1)).to.equal(true);
    applyUpdate(channels[0]!.doc, encodeStateAsUpdate(history('a')));
    expect(channels[0]?.accept(2)).to.equal(false);
    expect(channels[0]?.accept(1)).to.equal(false);
    channels[0]?.closed(CloseCode.forbidden);
    await until({ get: () => channels.length, subscribe: leader.state.subscribe }, (n) => n === 2);
    expect(channels[0]?.accept(2)).to.equal(false);
    expect(channels[1]?.accept(2)).to.equal(true);
    expect(leader.shared.status).to.equal('local');
  });

  it('keeps what came live before the digest agreed, once it does', async () => {
    const relayDoc = history('a');
    const transport = relayTransport(() => relayDoc);
    const leader = replica(transport);
    await until(leader.state, ({ status }) => status === 'synced');
    relayDoc
      .getArray(ROWS)
      .push([encodeRow({ type: 'record', seq: 1, received: 1, key: 'b', value: '1' })]);
    transport.opened.at(-1)?.closed(1006, '');
    await shows(leader, 'a,b');
    await until(leader.state, ({ status }) => status === 'synced');
    leader.dispose();
    await shows(replica(), 'a,b');
  });
});
