/** Who may read a room, while rooms are being written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConversationId, DeviceKey, MemberId } from '../../shared/ids.ts';
import { Role } from '../../shared/grant/roles.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { emptyHead } from '../core/ports/room-storage.ts';
import { RoomAccess } from './access.ts';

const member = { id: 'm' as MemberId, role: Role.visitor, name: '', spaces: [] };
const room = { kind: 'conversation', id: 'AAAAAAAAAAAAAAAAAAAAAA' as ConversationId } as const;
const past = new Error('asked for the conversation');

/** Asks while so many batches end, one during each look at storage; counts the looks. */
async function looksWhile(batches: number, written: boolean): Promise<[CloseCode | null, number]> {
  const committer = { ended: 0 };
  let looks = 0;
  const access = new RoomAccess({
    committer,
    storage: {
      head: async () => {
        const head = { ...emptyHead(), next: written && looks >= batches ? 1 : 0 };
        if (++looks <= batches) committer.ended++;
        return head;
      },
    },
    askers: { kept: async () => undefined, read: () => Promise.reject(past) },
    spaces: undefined as never,
  });
  try {
    const asking = { device: 'd' as DeviceKey, member, address: '' };
    const admission = await access.admit(room, asking, { passersBy: true });
    assert.equal(admission.type, 'refused');
    return [admission.type === 'refused' ? admission.code : null, looks];
  } catch (error) {
    assert.equal(error, past);
    return [null, looks];
  }
}

test('a question that is numbered while its asker opens it is not said to be unknown', async () => {
  assert.deepEqual(await looksWhile(0, false), [CloseCode.unknownRoom, 1]);
  assert.deepEqual(await looksWhile(1, true), [null, 2]);
  assert.deepEqual(await looksWhile(3, true), [null, 4]);
  assert.deepEqual(await looksWhile(2, false), [CloseCode.unknownRoom, 3]);
});
