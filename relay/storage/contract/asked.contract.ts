/** What every adapter must do that keeps who asked. */
import assert from 'node:assert/strict';
import { parseSpaceId } from '../../../shared/ids.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { type Asked, type AskedStorage, type askedOps } from '../../core/ports/asked-storage.ts';
import { writesOf } from '../../core/ports/port.ts';
import { emptyHead } from '../../core/ports/room-storage.ts';
import {
  type OpenStorage,
  change,
  conversation,
  deviceKey,
  memberId,
  testsOn,
} from './contract.ts';

const write = writesOf<AskedStorage, typeof askedOps>('asked');
const asked: Asked = {
  space: parseSpaceId('demo'),
  mode: SpaceMode.open,
  device: deviceKey('a'),
  member: memberId(1),
};

export function askedContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps who asked, and who they turned out to be', async (storage) => {
    assert.equal(await storage.asked.asked(conversation), undefined);
    await storage.asked.putAsked(conversation, asked);
    assert.deepEqual(await storage.asked.asked(conversation), asked);
    const known = { ...asked, member: memberId(2) };
    await storage.asked.putAsked(conversation, known);
    assert.deepEqual(await storage.asked.asked(conversation), known);
  });

  test('keeps it with the entries of its batch, and not without them', async ({
    rooms,
    asked: kept,
  }) => {
    const writes = [write('putAsked', conversation, asked)];
    const batch = { changes: [change(emptyHead(), [1])], writes };
    assert.equal(await rooms.commit(batch), 'committed');
    assert.deepEqual(await kept.asked(conversation), asked);
    const other = { ...asked, member: memberId(2) };
    const late = { ...batch, writes: [write('putAsked', conversation, other)] };
    assert.equal(await rooms.commit(late), 'conflict');
    assert.deepEqual(await kept.asked(conversation), asked);
  });
}
