/**
 * A disk that is slow, or lets nothing be written for a while: what the relay acknowledges is on it, and
 * `/readyz` says what is true meanwhile.
 */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestDevice } from '../../relay/testing/test-device.ts';
import { Community } from './community.ts';
import type { Ledger } from './ledger.ts';

const BAD_DISK = join(import.meta.dirname, 'bad-disk.mjs');

describe('a relay on a bad disk', () => {
  let community: Community;
  let how: string;

  before(async () => {
    community = await Community.start();
    how = `${community.relay.data}-disk`;
  });

  after(async () => {
    await community.dispose();
    await rm(how);
  });

  const becomes = (disk: string): Promise<void> => writeFile(how, disk);

  const boot = async (): Promise<void> => {
    await becomes('');
    await community.relay.boot({ NODE_OPTIONS: `--import ${BAD_DISK}`, BAD_DISK: how });
  };

  const isReady = async (): Promise<boolean> =>
    (await fetch(`${community.relay.url}/readyz`)).status === 200;

  const texts = (count: number) =>
    Array.from(
      { length: count },
      () => ({ kind: 'say', text: `text ${crypto.randomUUID()}` }) as const,
    );

  async function writes(ledger: Ledger, device: TestDevice, rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      const said = await ledger.send(device, ...texts(3));
      await ledger.retract(device, said[1]!);
    }
  }

  for (const ms of [8, 200]) {
    it(`keeps what it acknowledged while each write takes ${ms} ms more, and talks meanwhile`, async () => {
      const { relay } = community;
      const ledger = community.newLedger();
      await boot();
      const visitor = await ledger.connect(ledger.visitor);
      const helper = await ledger.connect(ledger.helper);
      await ledger.ask(visitor, 'Will it hold?');
      await becomes(`slow ${ms}`);

      const heard: string[] = [];
      visitor.socket.on('message', () => heard.push(visitor.controls.at(-1)?.type ?? ''));
      const sent = ledger.send(visitor, ...texts(1));
      visitor.say({ type: 'ping' });
      await sent;
      const types = heard.filter((type) => type === 'keepalive' || type === 'answer');
      assert.deepEqual(types.slice(0, 2), ['keepalive', 'answer'], 'the disk holds up nobody else');

      const state = { isWriting: true };
      const asked = (async () => {
        const ready: boolean[] = [];
        while (state.isWriting) ready.push(await isReady());
        return ready;
      })();
      const rounds = ms > 100 ? 2 : 10;
      await Promise.all([writes(ledger, visitor, rounds), writes(ledger, helper, rounds)]);
      state.isWriting = false;
      assert.ok((await asked).every(Boolean), 'it is slow, and ready');

      const last = Promise.all([writes(ledger, visitor, 1), writes(ledger, helper, 1)]);
      await relay.kill();
      await last;
      await boot();
      await ledger.verify();
      await relay.kill();
    });
  }

  it('acknowledges nothing while nothing can be written, says so, and takes it afterwards', async () => {
    const { relay } = community;
    const ledger = community.newLedger();
    await boot();
    const visitor = await ledger.connect(ledger.visitor);
    const helper = await ledger.connect(ledger.helper);
    await ledger.ask(visitor, 'Will it hold?');
    const said = await ledger.send(visitor, ...texts(3));
    assert.equal(await isReady(), true);
    const { acknowledged } = ledger;

    await becomes('read-only');
    await Promise.all([
      ledger.send(visitor, ...texts(3)),
      ledger.send(helper, { kind: 'claim' }),
      ledger.retract(visitor, said[0]!),
    ]);
    assert.equal(ledger.acknowledged, acknowledged);
    assert.equal(await isReady(), false);

    await becomes('');
    await ledger.verify();
    assert.equal(await isReady(), true);
    await relay.kill();
    await boot();
    await ledger.verify();
    await relay.kill();
  });
});
