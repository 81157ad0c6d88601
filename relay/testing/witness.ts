/**
 * Honest people at a relay under attack: a visitor who asked, a helper who took it. They follow every
 * room they may; whatever an attacker does, what they hold must stay as it was.
 */
import assert from 'node:assert/strict';
import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../../shared/entry/content.ts';
import { conversationIdOf } from '../../shared/entry/conversation-id.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import { parseSpaceId } from '../../shared/ids.ts';
import { sameRows } from '../../shared/protocol/digest.ts';
import { conversationRoom, memberRoom } from '../../shared/protocol/rooms.ts';
import { type Scene, makeGrant } from '../../shared/testing/hostile-entries.ts';
import { collectedHeap } from './collected-heap.ts';
import type { TestRelay } from './start-test-relay.ts';
import { TestDevice, TestIdentity, type TestRoom, redeem } from './test-device.ts';

/** The visitor, the helper and a colleague: a socket each. */
const WITNESSES = 3;

export class Witness {
  readonly test: TestRelay;
  readonly visitor: TestDevice;
  readonly helper: TestDevice;
  readonly colleague: TestDevice;
  readonly scene: Scene;
  readonly #rooms = new Map<string, { readonly by: TestDevice; readonly room: TestRoom }>();
  #rows = new Map<string, string[]>();
  #told = 0;
  #heap = 0;

  private constructor(
    test: TestRelay,
    visitor: TestDevice,
    [helper, colleague]: readonly [TestDevice, TestDevice],
    scene: Scene,
  ) {
    this.test = test;
    this.visitor = visitor;
    this.helper = helper;
    this.colleague = colleague;
    this.scene = scene;
  }

  /** Comes in: a question, another word, a claim; then remembers how everything is. */
  static async enter(test: TestRelay): Promise<Witness> {
    const { authority, platform } = test.relay.core;
    const community = authority.fingerprint;
    const connect = (identity = new TestIdentity()): Promise<TestDevice> =>
      TestDevice.connect(test.socketUrl, community, { identity });
    const ofTheDesk = async (name: string): Promise<TestDevice> => {
      const identity = new TestIdentity();
      await redeem(test.url, community, identity, await test.relay.inviteLink(), name);
      return connect(identity);
    };
    const visitor = await connect();
    const helper = await ofTheDesk('Ana');
    const colleague = await ofTheDesk('Ben');
    const salt = new Uint8Array(randomBytes(16));
    const conversation = conversationIdOf(visitor.identity.key, salt, community);
    const write = async (device: TestDevice, content: Content): Promise<Entry> => {
      const { entry, outcome } = await device.write(conversation, content);
      assert.equal(outcome.type, 'durable');
      return entry;
    };
    const asked = await write(visitor, {
      kind: 'ask',
      salt,
      space: parseSpaceId('demo'),
      text: 'Does it still hold?',
      page: { url: '', title: '' },
      lang: 'en',
    });
    const said = await write(visitor, { kind: 'say', text: 'It did yesterday.' });
    const claim = await write(helper, { kind: 'claim' });
    const now = platform.clock.now();
    const key = createPrivateKey(await readFile(join(test.data, 'community.key'), 'utf8'));
    const signer = {
      key: authority.device,
      member: helper.identity.member,
      sign: (message: Uint8Array) => new Uint8Array(sign(null, message, key)),
    };
    const expires = now - 86_400_000;
    const witness = new Witness(test, visitor, [helper, colleague], {
      community,
      communityKey: authority.device,
      conversation,
      salt,
      space: 'demo',
      question: asked.id,
      said: said.id,
      claim: claim.id,
      asker: visitor.identity,
      helper: helper.identity,
      grant: helper.welcome?.grant ?? new Uint8Array(),
      expiredGrant: makeGrant({ community, now }, signer, helper.identity.key, { expires }),
      colleague: colleague.identity,
      stranger: new TestIdentity(),
      now,
    });
    await witness.#follow();
    await witness.remember();
    return witness;
  }

  /** From here on nothing may change. */
  async remember(): Promise<void> {
    this.#rows = await this.#read();
    this.#told = this.#heard();
    if (this.#heap === 0) this.#heap = await collectedHeap();
  }

  /** Closes the rooms that a test opened beside those which are followed: one may be open a few times only. */
  closeOthers(): void {
    const followed = new Set([...this.#rooms.values()].map(({ room }) => room));
    for (const device of [this.visitor, this.helper, this.colleague])
      for (const [channel, room] of Array.from(device.rooms)) {
        if (followed.has(room)) continue;
        if (room.closed === null) device.frame({ op: 'close', channel, code: 1000, reason: '' });
        device.rooms.delete(channel);
      }
  }

  /** Rows, digests and what was told are as remembered. */
  async assertUntouched(what = 'an attack'): Promise<void> {
    const rows = await this.#read();
    for (const [name, before] of this.#rows)
      assert.deepEqual(rows.get(name), before, `${name} after ${what}`);
    assert.equal(this.#heard(), this.#told, `nobody was told anything by ${what}`);
  }

  /** Honest people are served. */
  async assertServed(): Promise<void> {
    const { visitor, scene } = this;
    const asked = await visitor.identity.ask(scene.community, 'Is anybody there?');
    const [outcome] = await visitor.submit(asked);
    assert.equal(outcome?.type, 'durable');
  }

  /** Everyone else is gone and has left nothing behind but rooms in memory and what `bytes` allow. */
  async assertLetGo(bytes = 30_000_000): Promise<void> {
    const { core, connections, sockets } = this.test.relay;
    await core.committer.idle();
    await waitFor(
      () => connections.size === WITNESSES && sockets.count === WITNESSES,
      () => `${connections.size} sessions and ${sockets.count} sockets are left`,
    );
    const grown = (await collectedHeap()) - this.#heap - core.rooms.bytes; // which has a bound of its own
    assert.ok(grown < bytes, `${grown} bytes more than before`);
  }

  async leave(): Promise<void> {
    for (const device of [this.visitor, this.helper, this.colleague]) await device.close();
  }

  async #follow(): Promise<void> {
    const { visitor, helper } = this;
    const conversation = conversationRoom(this.scene.conversation);
    const follow = async (by: TestDevice, name: string): Promise<void> => {
      this.#rooms.set(`${by === visitor ? 'visitor' : 'helper'}: ${name}`, {
        by,
        room: await by.open(name),
      });
    };
    await follow(visitor, conversation);
    await follow(visitor, 'space/demo');
    await follow(visitor, memberRoom(visitor.identity.member));
    await follow(helper, conversation);
    await follow(helper, 'inbox/demo');
    await follow(helper, memberRoom(helper.identity.member));
  }

  /** Every room's rows, as followed and as read afresh: the same, with the digest that the relay tells. */
  async #read(): Promise<Map<string, string[]>> {
    await this.test.relay.core.committer.idle();
    const all = new Map<string, string[]>();
    for (const [name, { by, room }] of this.#rooms) {
      const fresh = await by.open(name.split(': ')[1] ?? '');
      by.frame({ op: 'close', channel: by.channelOf(fresh), code: 1000, reason: '' });
      const rows = fresh.bytes.map((bytes) => Buffer.from(bytes).toString('base64url'));
      assert.deepEqual(
        room.bytes.map((bytes) => Buffer.from(bytes).toString('base64url')),
        rows,
        `${name}: a replica that follows holds what a fresh one does`,
      );
      assert.ok(fresh.digest && sameRows(fresh.digest, room.digestHeld(this.scene.community)));
      all.set(name, rows);
    }
    return all;
  }

  /** How much was told beside rows. */
  #heard(): number {
    const controls = [this.visitor, this.helper].flatMap(({ controls }) => controls);
    const told = [...this.#rooms.values()].flatMap(({ room }) => room.told);
    return (
      controls.filter(({ type }) => type === 'erased' || type === 'welcome').length +
      told.filter(({ type }) => type !== 'digest').length
    );
  }
}

/** Looks again until it holds. */
export async function waitFor(holds: () => boolean, what: () => string): Promise<void> {
  const end = Date.now() + 15_000;
  while (!holds()) {
    assert.ok(Date.now() < end, what());
    await new Promise((turn) => setTimeout(turn, 10));
  }
}
