/** Killing the relay at any instant loses nothing acknowledged and doubles nothing. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import type { Entry } from '../../shared/entry/entry.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { TestDevice, TestIdentity } from '../testing/test-device.ts';

const ROUNDS = 5;

describe('kill -9', () => {
  it('keeps what was acknowledged, once, and takes the rest when it is sent again', async () => {
    const data = await mkdtemp(join(tmpdir(), 'comptoir-crash-'));
    const port = await freePort();
    const identity = new TestIdentity();
    let child: ChildProcess | null = null;
    try {
      child = await boot(port, data);
      const { fingerprint } = (await (
        await fetch(`http://127.0.0.1:${port}/api/community`)
      ).json()) as { fingerprint: Fingerprint };
      const url = `ws://127.0.0.1:${port}/sync`;
      const sent: Entry[] = [];
      const acknowledged = new Set<string>();
      let device = await TestDevice.connect(url, fingerprint, { identity });
      const question = await device.ask('Will it hold?');
      for (let round = 0; round < ROUNDS; round++) {
        const entries = await Promise.all(
          Array.from({ length: 30 }, (_, index) =>
            identity.entry(fingerprint, question.conversation, {
              kind: 'say',
              text: `${round}/${index}`,
            }),
          ),
        );
        sent.push(...entries);
        const dying = device;
        for (const { bytes } of entries) dying.say({ type: 'submit', entries: [bytes] });
        await dying.until(() => entries.some(({ id }) => dying.outcomes.has(id)), 'a first answer');
        child.kill('SIGKILL');
        await once(child, 'exit');
        await dying.until(() => dying.closed !== null, 'the end');
        for (const { id } of sent)
          if (dying.outcomes.get(id)?.type === 'durable') acknowledged.add(id);
        child = await boot(port, data);
        device = await TestDevice.connect(url, fingerprint, { identity });
        const room = await device.open(conversationRoom(question.conversation));
        const held = new Set(
          room.rows.flatMap((row) =>
            row.type === 'entry' ? [Buffer.from(row.entry).toString('hex')] : [],
          ),
        );
        assert.equal(held.size, room.rows.length, 'none twice');
        for (const entry of sent) {
          if (acknowledged.has(entry.id))
            assert.ok(held.has(Buffer.from(entry.bytes).toString('hex')), 'acknowledged and there');
        }
        await device.submit(...entries);
      }
      const room = await device.open(conversationRoom(question.conversation));
      assert.equal(room.rows.length, 1 + ROUNDS * 30);
      await device.close();
    } finally {
      child?.kill('SIGKILL');
      await rm(data, { recursive: true, force: true });
    }
  });
});

async function boot(port: number, data: string): Promise<ChildProcess> {
  const env = {
    ...process.env,
    PORT: String(port),
    COMPTOIR_DATA: data,
    COMPTOIR_ENTRIES_PER_MINUTE: '100000',
  };
  const start = join(import.meta.dirname, '../start.js');
  const child = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: child.stdout }), 'line');
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}
