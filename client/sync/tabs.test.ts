/** Several tabs of one browser: here several syncs on one page, which share locks, channel and storage. */
import { expect } from '@open-wc/testing';
import { parseSpaceId } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import type { Sync } from '../store/sync-port.ts';
import { type TestRelay, startRelay } from '../testing/relay.ts';
import { until } from '../signals/readable.ts';
import { ControlType } from '../../shared/protocol/control.ts';
import type { Frame } from '../../shared/protocol/frame.ts';
import { watchSockets } from '../testing/watched-socket.ts';
import { createDeskSync } from './create-desk-sync.ts';

const question = {
  space: parseSpaceId('demo'),
  text: 'Une question',
  page: { url: '', title: '' },
  lang: 'fr',
};

/** Counts the sockets that a page opens. */
function countSockets(): { readonly opened: () => number; readonly undo: () => void } {
  const Real = globalThis.WebSocket;
  let opened = 0;
  globalThis.WebSocket = class extends Real {
    constructor(url: string | URL) {
      super(url);
      opened++;
    }
  };
  return { opened: () => opened, undo: () => (globalThis.WebSocket = Real) };
}

describe('tabs', () => {
  let relay: TestRelay;
  const open: Sync[] = [];

  before(async () => {
    relay = await startRelay();
  });

  afterEach(async () => {
    const [first, ...others] = open.splice(0);
    for (const other of others) other.dispose();
    await first?.erase();
  });

  async function tab(build?: number): Promise<Sync> {
    const options = { relay: relay.url, community: relay.community };
    const sync = await createDeskSync(build === undefined ? options : { ...options, build });
    open.push(sync);
    return sync;
  }

  it('share one socket, one key and one conversation', async () => {
    const sockets = countSockets();
    const leader = await tab();
    await until(leader.link, ({ status }) => status === 'online');
    const follower = await tab();
    await until(follower.link, ({ status }) => status === 'online');
    const id = await follower.ask(question);
    const here = follower.openRoom(conversationRoom(id));
    const there = leader.openRoom(conversationRoom(id));
    await until(here.state, ({ rows }) => rows.length === 1);
    await until(there.state, ({ rows }) => rows.length === 1);
    await until(follower.outbox, (items) => items.length === 0);
    expect(follower.me.get().device).to.equal(leader.me.get().device);
    expect(leader.asked.get().map((one) => one.id)).to.include(id);
    expect(sockets.opened()).to.equal(1);
    sockets.undo();
  });

  it('a follower goes on when the leader dies, with nothing lost', async () => {
    const leader = await tab();
    await until(leader.link, ({ status }) => status === 'online');
    const follower = await tab();
    const id = await follower.ask(question);
    const room = follower.openRoom(conversationRoom(id));
    await until(room.state, ({ rows }) => rows.length === 1);
    leader.dispose();
    open.shift();
    for (const text of ['un', 'deux']) await follower.write(id, [{ kind: 'say', text }]);
    await until(room.state, ({ rows, status }) => rows.length === 3 && status === 'synced');
    await until(follower.outbox, (items) => items.length === 0);
  });

  it('a follower that takes over keeps what the old leader had stored', async () => {
    const leader = await tab();
    await until(leader.link, ({ status }) => status === 'online');
    const id = await leader.ask(question);
    const there = leader.openRoom(conversationRoom(id));
    await until(there.state, ({ status }) => status === 'synced');
    const follower = await tab();
    const room = follower.openRoom(conversationRoom(id));
    await until(room.state, ({ rows }) => rows.length === 1);
    for (const text of ['un', 'deux', 'trois']) await leader.write(id, [{ kind: 'say', text }]);
    await until(there.state, ({ rows }) => rows.length === 4);
    await until(room.state, ({ rows }) => rows.length === 4);
    leader.dispose();
    await follower.write(id, [{ kind: 'say', text: 'quatre' }]);
    await until(room.state, ({ rows }) => rows.length === 5);
    await until(follower.outbox, (items) => items.length === 0);
    open.splice(0);
    follower.dispose();
    await relay.kill();
    const alone = await tab();
    await until(alone.openRoom(conversationRoom(id)).state, ({ rows }) => rows.length === 5);
    await relay.boot();
  });

  it('what a follower’s page says of its visitor is told on each contact, whoever leads', async () => {
    const isTold = (frame: Frame): boolean =>
      frame.op === 'data' && frame.channel === 0 && frame.data[0] === ControlType.attributes;
    const sockets = watchSockets();
    const leader = await tab();
    await until(leader.link, ({ status }) => status === 'online');
    const follower = await tab();
    await until(follower.link, ({ status }) => status === 'online');
    let told = sockets.sent(isTold);
    follower.tellAttributes({ segment: 'or' });
    await told;
    told = sockets.sent(isTold);
    sockets.cut();
    await told;
    // A tab that came later, and heard nothing of it, may lead next.
    const later = await tab(2);
    told = sockets.sent(isTold);
    await until(later.link, ({ status }) => status === 'online');
    await told;
    sockets.undo();
  });

  it('a follower steals the lead from a tab that does not answer', async () => {
    // Stands for a hung tab: it holds the lock, and never says anything.
    let over = (): void => {};
    const stolen = navigator.locks
      .request(
        `comptoir-${relay.community}`,
        () => new Promise<void>((resolve) => (over = resolve)),
      )
      .catch((error: unknown) => (error as DOMException).name);
    const follower = await tab();
    await until(follower.link, ({ status }) => status === 'online');
    expect(await stolen).to.equal('AbortError');
    over();
  });

  it('a newer build takes over from an older one', async () => {
    const older = await tab(1);
    await until(older.link, ({ status }) => status === 'online');
    const sockets = countSockets();
    const newer = await tab(2);
    await until(newer.link, ({ status }) => status === 'online');
    while (sockets.opened() === 0) await new Promise(requestAnimationFrame);
    await until(newer.link, ({ status }) => status === 'online');
    const id = await older.ask(question);
    await until(older.outbox, (items) => items.length === 0);
    expect(newer.asked.get().map((one) => one.id)).to.include(id);
    sockets.undo();
  });

  it('erasing in one tab ends the others and leaves no database', async () => {
    const one = await tab();
    const two = await tab();
    await one.ask(question);
    open.length = 0;
    await two.erase();
    await until(one.link, ({ status }) => status === 'refused');
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names).to.not.include(`comptoir-${relay.community}`);
  });
});
