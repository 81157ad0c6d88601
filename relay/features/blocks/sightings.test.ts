/** Where people were is noted in small portions, and only when it is new. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMemberId, type DeviceKey } from '../../../shared/ids.ts';
import { silentLog } from '../../core/ports/log.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import type { BlockStorage, Sighting } from './blocks-storage.ts';
import { Sightings } from './sightings.ts';

const member = parseMemberId('B'.repeat(21).concat('A'));
const device = (number: number): DeviceKey => String(number).padStart(43, 'D') as DeviceKey;
const address = '203.0.113.77';

function setUp() {
  const clock = new ManualClock();
  const { blocks } = new MemoryStorage().open();
  const portions: (readonly Sighting[])[] = [];
  const storage: BlockStorage = {
    ...blocks,
    sawAddresses: (sightings) => {
      portions.push(sightings);
      return blocks.sawAddresses(sightings);
    },
  };
  // A hash that tells networks apart is all that this needs.
  const seal = (bytes: Uint8Array): Uint8Array => bytes;
  const sightings = new Sightings({ storage, clock, log: silentLog, seal });
  return { clock, portions, sightings, storage };
}

describe('sightings', () => {
  it('are not written again while somebody stays where they are', async () => {
    const { clock, portions, sightings } = setUp();
    for (let minute = 0; minute < 59; minute++) {
      sightings.saw({ member, device: device(1), address });
      clock.advance(60_000);
      await sightings.flush();
    }
    assert.equal(portions.length, 1);
    clock.advance(60_000);
    sightings.saw({ member, device: device(1), address });
    const [narrow] = await sightings.of(member);
    assert.equal(narrow?.seen, clock.now());
    assert.equal(portions.length, 2);
  });

  it('are written when somebody is elsewhere, or somebody else', async () => {
    const { sightings } = setUp();
    const other = parseMemberId('C'.repeat(21).concat('A'));
    sightings.saw({ member, device: device(1), address });
    await sightings.flush();
    sightings.saw({ member, device: device(1), address: '198.51.100.7' });
    assert.equal((await sightings.of(member)).length, 4);
    sightings.saw({ member: other, device: device(1), address });
    assert.equal((await sightings.of(other)).length, 2);
  });

  it('come in portions, with time between them', async () => {
    const { clock, portions, sightings } = setUp();
    for (let number = 0; number < 125; number++)
      sightings.saw({ member, device: device(number), address });
    clock.advance(999);
    assert.equal(portions.length, 0);
    for (const expected of [1, 2, 3, 3]) {
      clock.advance(1_000);
      await new Promise((next) => setImmediate(next));
      assert.equal(portions.length, expected);
    }
    assert.deepEqual(
      portions.map(({ length }) => length),
      [100, 100, 50],
    );
  });

  it('that could not be written are noted when they come again', async () => {
    const { clock, sightings, storage } = setUp();
    const { sawAddresses } = storage;
    storage.sawAddresses = () => Promise.reject(new Error('the disk is full'));
    sightings.saw({ member, device: device(1), address });
    await sightings.flush();
    storage.sawAddresses = sawAddresses;
    clock.advance(1_000);
    sightings.saw({ member, device: device(1), address });
    assert.equal((await sightings.of(member)).length, 2);
  });
});
