/** Attacks on what the relay remembers about strangers: a flood pushes out itself, and nobody else. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Fingerprint, SpaceId } from '../../shared/ids.ts';
import { Role } from '../../shared/grant/roles.ts';
import { sourcePath } from '../core/limits/fair-memory.ts';
import type { Member } from '../core/ports/people.ts';
import { VisitorAttributes } from '../features/attributes/visitor-attributes.ts';
import { PresenceBoard } from '../features/presence/presence.ts';
import { collectedHeap } from '../testing/collected-heap.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity } from '../testing/test-device.ts';

const from = (address: string, connection = '') => sourcePath({ address, connection });

describe('hostile floods', { timeout: 120_000 }, () => {
  let test: TestRelay;
  let community: Fingerprint;
  before(async () => {
    test = await startTestRelay({ config: { questionsPerHour: 1 } });
    community = test.relay.core.authority.fingerprint;
  });
  after(() => test[Symbol.asyncDispose]());
  const connect = (): Promise<TestDevice> => TestDevice.connect(test.socketUrl, community);

  /** Bytes that begin as a question does, and are none. */
  function junkQuestion(): Uint8Array {
    const bytes = new Uint8Array(200);
    bytes.set([1, 2]);
    bytes.set(randomBytes(16), 2);
    return bytes;
  }

  it('of junk do not make a put-off question’s next word be refused for good', async () => {
    const visitor = await connect();
    await visitor.ask('The one question of this hour');
    const second = await visitor.identity.ask(community, 'Another, too soon');
    const [late] = await visitor.submit(second);
    assert.equal(late?.type, 'later');

    const attacker = await connect();
    const waits = async (): Promise<void> => {
      const word = await visitor.identity.entry(community, second.conversation, {
        kind: 'say',
        text: 'And one more word',
      });
      const [outcome] = await visitor.submit(word);
      assert.equal(outcome?.type, 'later');
    };
    await waits();
    for (let turn = 0; turn < 600; turn++)
      attacker.say({ type: 'submit', entries: Array.from({ length: 50 }, () => junkQuestion()) });
    await attacker.open('space/demo'); // after all of them
    await waits();
    // Nor does somebody who calls theirs the question of that conversation.
    const liar = await connect();
    const named = await liar.identity.ask(community, 'Mine is the first');
    const bytes = named.bytes.slice();
    bytes.set(Buffer.from(second.conversation, 'base64url'), 2);
    liar.say({ type: 'submit', entries: [bytes] });
    await liar.submit(named); // answered after it
    await waits();
    for (const each of [visitor, attacker, liar]) await each.close();
  });

  it('of members who come and go do not make others forgotten, nor end claims', () => {
    let now = 1_000_000;
    const board = new PresenceBoard(() => now);
    const person = (id: string, role: Role = Role.visitor): Member =>
      ({ id, role, name: '', spaces: [] }) as unknown as Member;
    const [helper, visitor] = [person('helper', Role.helper), person('visitor')];
    board.leave(board.enter(helper, from('192.0.2.1')));
    board.leave(board.enter(visitor, from('203.0.113.9')));
    const left = now;
    now += 1_000;
    for (let turn = 0; turn < 60_000; turn++)
      board.leave(board.enter(person(`stranger ${turn}`), from(`192.0.2.${turn % 200}`)));
    assert.equal(board.unreachableSince(helper.id), left);
    assert.equal(board.lastSeen(visitor.id), left);
    now += PresenceBoard.memoryMs;
    assert.equal(board.lastSeen(visitor.id), 0, 'a day later');
  });

  it('of attributes take what all may take, and leave the others theirs', async () => {
    const attributes = new VisitorAttributes(() => ['segment']);
    const space = 'demo' as SpaceId;
    const her = new TestIdentity().member;
    attributes.set(her, '{"segment":"gold"}', from('203.0.113.9'));
    const before = await collectedHeap();
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`name ${n}`, '']));
    for (let turn = 0; turn < 20_000; turn++) {
      const json = JSON.stringify({ ...many, turn: String(turn) });
      attributes.set(`${turn}` as typeof her, json, from('192.0.2.1', `${turn}`));
    }
    const grown = (await collectedHeap()) - before;
    assert.ok(grown < 30_000_000, `${grown} bytes`);
    assert.equal(attributes.of(her, space), '{"segment":"gold"}');
  });
});
