/** Who may read a room, while rooms are being written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ConversationId,
  type DeviceKey,
  type MemberId,
  parseSpaceId,
} from '../../shared/ids.ts';
import { Role } from '../../shared/grant/roles.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { SpaceMode } from '../../shared/space-mode.ts';
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

test('a role that holds in some spaces opens inbox and conversations of no other', async () => {
  const [paint, tools] = [parseSpaceId('paint'), parseSpaceId('tools')];
  const mode = SpaceMode.closed;
  const access = new RoomAccess({
    committer: { ended: 0 },
    storage: { head: async () => ({ ...emptyHead(), next: 1 }) },
    askers: {
      kept: async () => ({
        space: paint,
        mode,
        device: 'e' as DeviceKey,
        member: 'n' as MemberId,
      }),
      read: () => Promise.reject(past),
    },
    spaces: { has: () => true, modeOf: () => mode } as never,
  });
  for (const [spaces, opens] of [
    [[tools], false],
    [[tools, paint], true],
    [[], true],
  ] as const) {
    const helper = { ...member, role: Role.helper, spaces };
    const asking = { device: 'd' as DeviceKey, member: helper, address: '' };
    for (const asked of [{ kind: 'inbox', id: paint } as const, room]) {
      const { type } = await access.admit(asked, asking, { passersBy: true });
      assert.equal(type, opens ? 'admitted' : 'refused', `${asked.kind} with ${spaces.join()}`);
    }
  }
});
