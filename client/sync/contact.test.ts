/** What happens around a contact with a real relay: cuts, repairs, what is told again. */
import { expect } from '@open-wc/testing';
import { encodeRow } from '../../shared/conversation/row.ts';
import { ownMemberOf } from '../../shared/hash.ts';
import { type ConversationId, parseSpaceId } from '../../shared/ids.ts';
import { ChannelType } from '../../shared/protocol/channel.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { ControlType } from '../../shared/protocol/control.ts';
import type { Frame } from '../../shared/protocol/frame.ts';
import { type RoomName, conversationRoom } from '../../shared/protocol/rooms.ts';
import type { RoomHandle, DeskSync } from '../store/sync-port.ts';
import { type TestRelay, startRelay } from '../testing/relay.ts';
import { strangerSays } from '../testing/stranger.ts';
import { until } from '../signals/readable.ts';
import { type WatchedSockets, watchSockets } from '../testing/watched-socket.ts';
import { createDeskSync } from './create-desk-sync.ts';
import { Database } from './storage/database.ts';

const question = {
  space: parseSpaceId('demo'),
  text: 'Une question',
  page: { url: '', title: '' },
  lang: 'fr',
};

const isPing = (frame: Frame): boolean =>
  frame.op === 'data' && frame.channel === 0 && frame.data[0] === ControlType.ping;

describe('contact', () => {
  let relay: TestRelay;
  let sockets: WatchedSockets;
  let sync: DeskSync;

  before(async () => {
    relay = await startRelay();
  });

  beforeEach(async () => {
    sockets = watchSockets();
    await start();
  });

  afterEach(async () => {
    sockets.undo();
    await sync.erase();
  });

  async function start(): Promise<void> {
    sync = await createDeskSync({ relay: relay.url, community: relay.community });
  }

  const empty = (): Promise<unknown> => until(sync.outbox, (items) => items.length === 0);

  async function synced(name: RoomName): Promise<RoomHandle> {
    const room = sync.openRoom(name);
    await until(room.state, ({ status, rows }) => status === 'synced' && rows.length > 0);
    return room;
  }

  async function asked(): Promise<ConversationId> {
    const id = await sync.ask(question);
    await empty();
    return id;
  }

  it('does not let go of what was sent and not answered', async () => {
    const id = await asked();
    sockets.mute = true;
    const [entry] = await sync.write(id, [{ kind: 'say', text: 'parti' }]);
    sockets.cut();
    await until(sync.link, ({ status }) => status !== 'online');
    expect(await sync.dismiss(entry!.id)).to.equal(false);
    sockets.mute = false;
    sync.retry();
    await empty();
  });

  it('takes back what was written with no link', async () => {
    const id = await asked();
    sockets.mute = true;
    sockets.cut();
    await until(sync.link, ({ status }) => status !== 'online');
    const [entry] = await sync.write(id, [{ kind: 'say', text: 'gardé' }]);
    expect(await sync.dismiss(entry!.id)).to.equal(true);
    expect(sync.outbox.get().length).to.equal(0);
    sockets.mute = false;
  });

  it('offers any number of rows on one socket', async () => {
    const id = await asked();
    const name = conversationRoom(id);
    sync.dispose();
    const database = new Database(relay.community);
    const entries = await Promise.all(
      Array.from({ length: 60 }, (_, index) => strangerSays(relay.community, id, `n° ${index}`)),
    );
    await database.write((transaction) => {
      entries.forEach((entry, index) => {
        const verdict = { member: ownMemberOf(entry.author), role: 0, mode: 0 } as const;
        const seq = index + 1;
        const receipt = new Uint8Array(16); // not the relay's: each is refused, and then forgotten
        const row = { type: 'entry', seq, place: seq, received: 1, verdict, receipt } as const;
        transaction.put(['aside', name, entry.id], encodeRow({ ...row, entry: entry.bytes }));
      });
    });
    await database.close();
    const before = sockets.dialled;
    await start();
    const room = await synced(name);
    await until(room.state, ({ overlay }) => overlay.length === 0);
    expect(sockets.dialled - before).to.equal(1);
  });

  it('does not rush a relay that closes right after the welcome', async () => {
    await until(sync.link, ({ status }) => status === 'online');
    const since = performance.now();
    const before = sockets.dialled;
    sockets.closeAfter = 2; // challenge, welcome
    sockets.cut();
    await sockets.reached(before + 5);
    expect(performance.now() - since).to.be.greaterThan(2_500);
  });

  it('comes back late when the relay lets go of it for others, and at once with what is written', async () => {
    const id = await asked();
    const before = sockets.dialled;
    sockets.cut(CloseCode.tooMany);
    await until(sync.link, ({ status }) => status === 'offline'); // after seconds
    expect(sockets.dialled).to.equal(before);
    await sync.write(id, [{ kind: 'say', text: 'Me voici' }]);
    await empty();
    expect(sockets.dialled).to.equal(before + 1);
  });

  it('does not change when a room last changed', async () => {
    const name = conversationRoom(await asked());
    await synced(name);
    const before = await sync.keptRooms();
    sync.dispose();
    await start();
    await synced(name);
    expect(await sync.keptRooms()).to.deep.equal(before);
  });

  it('tells what was read while there was no link', async () => {
    const room = await synced(conversationRoom(await asked()));
    sockets.mute = true;
    sockets.cut();
    await until(sync.link, ({ status }) => status !== 'online');
    room.read(0);
    sockets.mute = false;
    const said = sockets.sent(
      (frame) => frame.op === 'data' && frame.channel > 0 && frame.data[0] === ChannelType.read,
    );
    sync.retry();
    await said;
  });

  it('says within 10 s that nobody answers, keeps what was said, and is back', async () => {
    const id = await asked();
    sockets.mute = true;
    const began = performance.now();
    await sync.write(id, [{ kind: 'say', text: 'dans le vide' }]);
    await until(sync.link, ({ status }) => status === 'offline');
    expect(performance.now() - began).to.be.within(5_000, 10_000);
    expect(sync.outbox.get()).to.have.length(1);
    const { dialled } = sockets;
    sockets.mute = false;
    sync.retry();
    await empty();
    expect(sockets.dialled).to.be.greaterThan(dialled);
  });

  it('is back on the same socket when a relay that was silent speaks again', async () => {
    const id = await asked();
    sockets.mute = true;
    await sync.write(id, [{ kind: 'say', text: 'un' }]);
    await until(sync.link, ({ status }) => status === 'offline');
    await sync.write(id, [{ kind: 'say', text: 'deux' }]);
    const { dialled } = sockets;
    sockets.mute = false;
    const room = sync.openRoom('space/demo' as RoomName); // the relay answers this one
    await until(sync.link, ({ status }) => status === 'online');
    expect(sockets.dialled).to.equal(dialled);
    room.close();
    await empty();
  });

  it('asks the relay when the browser says that its network went, and believes the relay', async () => {
    await until(sync.link, ({ status }) => status === 'online');
    const before = sockets.dialled;
    const pinged = sockets.sent(isPing);
    dispatchEvent(new Event('offline'));
    await pinged;
    await asked(); // by now it has answered
    expect(sync.link.get().status).to.equal('online');
    sockets.mute = true;
    const began = performance.now();
    dispatchEvent(new Event('offline'));
    await until(sync.link, ({ status }) => status === 'offline');
    expect(performance.now() - began).to.be.lessThan(10_000);
    expect(sockets.dialled).to.equal(before);
  });

  it('ends with an empty outbox what was said and withdrawn before it left', async () => {
    const id = await asked();
    const room = await synced(conversationRoom(id));
    sockets.mute = true;
    sockets.cut();
    await until(sync.link, ({ status }) => status !== 'online');
    const [entry] = await sync.write(id, [{ kind: 'say', text: 'non' }]);
    await sync.write(id, [{ kind: 'retract', target: entry!.id }]);
    sockets.mute = false;
    sync.retry();
    await empty();
    room.close();
  });

  it('leaves no connection to the database behind', async () => {
    sync.dispose();
    // As long as a connection is open this waits.
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(`comptoir-${relay.community}`);
      request.onsuccess = resolve;
    });
    await start();
  });
});
