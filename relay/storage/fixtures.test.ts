/** Data folders of every released version are opened and hold what they held. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeRow } from '../../shared/conversation/row.ts';
import { parseConversationId, parseSpaceId } from '../../shared/ids.ts';
import type { InboxRecord } from '../../shared/protocol/records.ts';
import { inboxRoom } from '../../shared/protocol/rooms.ts';
import { dumpOf } from '../testing/data-folder/dump-storage.ts';
import { spareThreads } from '../testing/spare-threads.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

/** A copy of a fixture, so that the fixture stays as it is. */
async function withCopy(name: string, act: (data: string) => Promise<void>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'comptoir-fixture-'));
  try {
    await cp(join(fixtures, name), data, { recursive: true });
    await act(data);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

for (const name of await readdir(fixtures)) {
  describe(`the data folder ${name}`, () => {
    it('gives back through every port what was put in', () =>
      withCopy(name, async (data) => {
        const storage = await openSqlite(data, spareThreads);
        try {
          const expected: unknown = JSON.parse(await readFile(join(data, 'expected.json'), 'utf8'));
          assert.deepEqual(await dumpOf(storage), expected);
        } finally {
          await storage.close();
        }
      }));

    it('holds rows that are read, and nothing of what was erased', () =>
      withCopy(name, async (data) => {
        const storage = await openSqlite(data, spareThreads);
        try {
          for (const room of await storage.rooms.rooms('')) {
            const { rows } = await storage.rooms.range(room, 0, Infinity);
            for (const { bytes } of rows) assert.notEqual(decodeRow(bytes).type, 'unreadable');
          }
        } finally {
          await storage.close();
        }
        for (const file of await readdir(data)) {
          const content = await readFile(join(data, file));
          assert.equal(content.includes('zebra-quartz-telephone'), false, file);
        }
      }));

    it('is gone on with by a relay', () =>
      withCopy(name, async (data) => {
        await using test = await startTestRelay({ data });
        const { items } = await test.relay.members.list(false, { most: 100 });
        assert.deepEqual(
          items.map((member) => member.name),
          ['Ana B.'],
        );
        const { fingerprint } = test.relay.core.authority;
        const identity = new TestIdentity();
        await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(), 'Ben');
        const ben = await TestDevice.connect(test.socketUrl, fingerprint, { identity });
        const inbox = await ben.open(inboxRoom(parseSpaceId('demo')));
        const [[conversation = '', question] = []] = inbox.records;
        assert.equal((question as InboxRecord).text, 'Which drill for concrete?');
        const room = await ben.open(`conversation/${conversation}`);
        assert.equal(room.rows.length, 5);
        const more = { kind: 'say', text: 'A hammer drill.' } as const;
        const { outcome } = await ben.write(parseConversationId(conversation), more);
        assert.deepEqual(outcome, { type: 'durable', seq: 6 });
        await ben.close();
      }));
  });
}
