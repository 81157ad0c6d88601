/** The inbox: more wait than it shows, and nobody who waits is lost from sight for good. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Entry } from '../../../shared/entry/entry.ts';
import { type ConversationId, parseSpaceId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { inboxRoom } from '../../../shared/protocol/rooms.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, type TestRoom, redeem } from '../../testing/test-device.ts';

const demo = parseSpaceId('demo');
const SURPLUS = 60;
const config = { questionsPerHour: 100_000, entriesPerMinute: 100_000 };

/** A relay over a folder that outlives it, the desk, and a carrier of questions. */
class Scene {
  readonly data: string;
  readonly #identity = new TestIdentity();
  test!: TestRelay;
  desk!: TestDevice;
  inbox!: TestRoom;

  constructor(data: string) {
    this.data = data;
  }

  async open(): Promise<void> {
    this.test = await startTestRelay({ data: this.data, config });
    const { fingerprint } = this.test.relay.core.authority;
    const identity = this.#identity;
    if (!this.desk)
      await redeem(this.test.url, fingerprint, identity, await this.test.relay.inviteLink(), 'Ana');
    this.desk = await TestDevice.connect(this.test.socketUrl, fingerprint, { identity });
    this.inbox = await this.desk.open(inboxRoom(demo));
  }

  async restart(): Promise<void> {
    await this.desk.close();
    await this.test[Symbol.asyncDispose]();
    await this.open();
  }

  async ask(count: number): Promise<ConversationId[]> {
    const community = this.test.relay.core.authority.fingerprint;
    const questions: Entry[] = [];
    for (let index = 0; index < count; index++)
      questions.push(await new TestIdentity().ask(community, `Question ${index}`));
    for (let from = 0; from < count; from += Limits.submitEntries) {
      const outcomes = await this.desk.submit(
        ...questions.slice(from, from + Limits.submitEntries),
      );
      assert.ok(outcomes.every(({ type }) => type === 'durable'));
    }
    return questions.map(({ conversation }) => conversation);
  }

  /** Those of the desk's inbox that wait for an answer. */
  get waiting(): Set<string> {
    const waiting = [...this.inbox.records].filter(
      ([, record]) => (record as InboxRecord).waitingSince !== null,
    );
    return new Set(waiting.map(([key]) => key));
  }

  async close(conversations: readonly ConversationId[]): Promise<void> {
    for (const conversation of conversations) {
      const { outcome } = await this.desk.write(conversation, { kind: 'close' });
      assert.equal(outcome.type, 'durable');
    }
  }

  until(found: () => boolean, what: string): Promise<void> {
    return this.desk.until(found, what);
  }
}

async function inScene(act: (scene: Scene) => Promise<void>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'comptoir-inbox-'));
  const scene = new Scene(data);
  try {
    await scene.open();
    await act(scene);
  } finally {
    await scene.desk.close();
    await scene.test[Symbol.asyncDispose]();
    await rm(data, { recursive: true });
  }
}

describe('an inbox with more questions than places', () => {
  it('lets those that wait out of sight come in, oldest first, as places fall free', () =>
    inScene(async (scene) => {
      const asked = await scene.ask(Limits.inboxRecords + SURPLUS);
      await scene.until(() => scene.inbox.records.size === Limits.inboxRecords, 'a full inbox');
      await scene.close(asked.slice(0, 1));
      const [next = ''] = asked.slice(Limits.inboxRecords);
      await scene.until(() => scene.waiting.has(next), 'the one that waits longest out of sight');
      await scene.close(asked.slice(1, 100));
      const open = asked.slice(100);
      await scene.until(() => open.every((id) => scene.waiting.has(id)), 'all that still wait');
    }));

  it('lets an answered one go for one that waits, and back in when a place falls free', () =>
    inScene(async (scene) => {
      const asked = await scene.ask(Limits.inboxRecords + 2);
      const [first, second, third] = asked as [ConversationId, ConversationId, ConversationId];
      for (const id of [first, second]) await scene.desk.write(id, { kind: 'say', text: 'Yes' });
      // Whatever changed last stays in sight, and makes room with the next change.
      await scene.desk.write(third, { kind: 'claim' });
      await scene.until(() => !scene.inbox.records.has(second), 'the answered making room');
      assert.ok(
        asked.slice(2).every((id) => scene.inbox.records.has(id)),
        'all that wait',
      );
      await scene.close(asked.slice(-1));
      await scene.until(() => scene.inbox.records.has(second), 'the last one answered');
      assert.equal(scene.inbox.records.size, Limits.inboxRecords);
    }));

  it('keeps them in line over a restart', () =>
    inScene(async (scene) => {
      const asked = await scene.ask(Limits.inboxRecords + SURPLUS);
      await scene.restart();
      assert.equal(scene.inbox.records.size, Limits.inboxRecords);
      await scene.close(asked.slice(0, 100));
      const open = asked.slice(100);
      await scene.until(() => open.every((id) => scene.waiting.has(id)), 'all that still wait');
      await scene.restart();
      assert.ok(open.every((id) => scene.waiting.has(id)));
    }));
});
