/** Blocks as a feature: who is refused, also as somebody else. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseMemberId, type DeviceKey } from '../../../shared/ids.ts';
import { silentLog } from '../../core/ports/log.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { blocksFeature } from './blocks-feature.ts';
import { Blocks } from './blocks.ts';

it('a blocked member who becomes another is refused as that one, at once', async () => {
  const clock = new ManualClock();
  const { blocks: storage, rooms } = new MemoryStorage().open();
  const seal = (bytes: Uint8Array): Uint8Array => bytes;
  const blocks = await Blocks.open({ storage, rooms, clock, log: silentLog, seal });
  const { policy, events } = blocksFeature(blocks, { clock, addressDays: 30 });
  const from = parseMemberId('B'.repeat(21).concat('A'));
  const to = parseMemberId('C'.repeat(21).concat('A'));
  const device = 'D'.repeat(43) as DeviceKey;
  const admitted = (member: typeof from) => policy?.admit?.({ member, device, address: '' });
  const shown = { subject: 'member', value: from, shown: from, reason: '' } as const;
  await blocks.add([{ id: 'one', ...shown, created: 0, expires: null }]);
  assert.equal(admitted(from), 'blocked');
  assert.equal(admitted(to), null);
  events?.['members-merged']?.({ type: 'members-merged', from, to });
  assert.equal(admitted(to), 'blocked');
});
