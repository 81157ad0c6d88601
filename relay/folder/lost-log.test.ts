/** The database's log is taken away after the relay was killed: verified, told, and made good by devices. */
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { Fingerprint } from '../../shared/ids.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { RelayProcess, runRelay } from '../testing/machine/relay-process.ts';
import { TestDevice } from '../testing/test-device.ts';

describe('a database whose log is gone', () => {
  it('is found by verify, starts, and gets back what it lacks from who holds it', async () => {
    await using relay = await RelayProcess.start();
    const answer = await fetch(`${relay.url}/api/community`);
    const { fingerprint } = (await answer.json()) as { fingerprint: Fingerprint };
    const first = await TestDevice.connect(relay.socketUrl, fingerprint);
    const { conversation } = await first.ask('Which drill?');
    await relay.kill('SIGTERM');
    await relay.boot();
    const { identity } = first;
    const device = await TestDevice.connect(relay.socketUrl, fingerprint, { identity });
    const { entry } = await device.write(conversation, { kind: 'say', text: 'For concrete.' });
    const before = await device.open(conversationRoom(conversation));
    assert.equal(before.rows.length, 2);
    await relay.kill();
    const verify = () => runRelay(relay.data, ['verify']);
    assert.equal((await verify()).code, 0);
    await rm(join(relay.data, 'comptoir.sqlite-wal'));
    const { code, out } = await verify();
    assert.equal(code, 1);
    assert.match(out, /^comptoir\.sqlite-wal is gone, and with it the newest entries/);

    await relay.boot();
    assert.match(relay.said.join(), /comptoir\.sqlite-wal was gone: browsers give back/);
    const again = await TestDevice.connect(relay.socketUrl, fingerprint, { identity });
    const room = await again.open(conversationRoom(conversation));
    assert.equal(room.rows.length, 1);
    assert.ok(room.generation > before.generation, 'no replica of before is taken for this one');
    assert.equal((await again.submit(entry))[0]?.type, 'durable');
    await again.close();
    await relay.kill('SIGTERM');
    assert.equal((await verify()).code, 0);
    assert.ok(!(await readdir(relay.data)).includes('comptoir.open'));
  });

  it('lacks nothing where another program put the log into it', async () => {
    await using relay = await RelayProcess.start();
    const answer = await fetch(`${relay.url}/api/community`);
    const { fingerprint } = (await answer.json()) as { fingerprint: Fingerprint };
    const device = await TestDevice.connect(relay.socketUrl, fingerprint);
    const ask = await device.ask('Which drill?');
    await relay.kill();
    const db = new DatabaseSync(join(relay.data, 'comptoir.sqlite'));
    db.exec('PRAGMA wal_checkpoint');
    db.close();
    assert.ok(!(await readdir(relay.data)).includes('comptoir.sqlite-wal'));
    await relay.boot();
    const { identity } = device;
    const again = await TestDevice.connect(relay.socketUrl, fingerprint, { identity });
    assert.equal((await again.submit(ask))[0]?.type, 'duplicate');
    await again.close();
    await relay.kill('SIGTERM');
    assert.equal((await runRelay(relay.data, ['verify'])).code, 0);
  });
});
