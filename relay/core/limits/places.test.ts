/** Places that are all taken, and who goes for whoever comes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Holder, Places, type PlacesOptions } from './places.ts';

interface One extends Holder {
  readonly name: string;
  readonly leave: () => void;
}

/** Places, who has one, and who was let go. */
function scene(options: PlacesOptions<One>) {
  const places = new Places<One>(options);
  const [there, gone] = [new Set<string>(), [] as string[]];
  const come = (address: string, name: string): One | null => {
    let leave: (() => void) | null = null;
    const one: One = {
      name,
      leave: () => {
        there.delete(name);
        leave?.();
      },
      letGo: () => {
        there.delete(name);
        gone.push(name);
      },
    };
    leave = places.take(address, one);
    if (!leave) return null;
    there.add(name);
    return one;
  };
  return { places, there, gone, come };
}

describe('places', () => {
  it('of an address are so many; whoever comes then is let in, and the first is let go', () => {
    const { places, gone, come } = scene({ most: 3 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) assert.ok(come('192.0.2.1', name));
    assert.deepEqual(gone, ['a', 'b']);
    assert.equal(places.size, 3);
    assert.ok(come('192.0.2.2', 'elsewhere'));
    assert.deepEqual(gone, ['a', 'b']);
  });

  it('that are given back are free, once each', () => {
    const { places, gone, come } = scene({ most: 2 });
    const first = come('192.0.2.1', 'a');
    come('192.0.2.1', 'b');
    first!.leave();
    first!.leave();
    come('192.0.2.1', 'c');
    assert.deepEqual(gone, []);
    come('192.0.2.1', 'd');
    assert.deepEqual(gone, ['b']);
    first!.leave(); // long gone
    assert.equal(places.size, 2);
  });

  it('of a neighbourhood go where most are: an IPv6 site pushes out its own, not the one beside it', () => {
    const { gone, come } = scene({ most: 4, mostNearby: 6 });
    come('2001:db8:4:1::1', 'alone');
    for (const name of ['a', 'b', 'c', 'd']) come('2001:db8:4:2::1', name);
    come('2001:db8:4:3::1', 'third');
    for (const line of ['4', '5', '6']) come(`2001:db8:4:${line}::1`, line);
    assert.deepEqual(gone, ['a', 'b', 'c']);
  });

  it('of all together go in the neighbourhood that has most', () => {
    const { gone, come } = scene({ most: 4, mostOfAll: 5 });
    come('198.51.100.1', 'far');
    for (const host of [1, 2, 3, 4]) come(`192.0.2.${host}`, `near ${host}`);
    come('203.0.113.1', 'new');
    assert.deepEqual(gone, ['near 1']);
  });

  it('are lost by whom the rule chooses; if it chooses nobody the newcomer has none', () => {
    const choose = (there: ReadonlySet<One>): One | null =>
      [...there].find(({ name }) => name.startsWith('weak')) ?? null;
    const { there, gone, come } = scene({ most: 2, choose });
    come('192.0.2.1', 'strong');
    come('192.0.2.1', 'weak');
    come('192.0.2.1', 'strong too');
    assert.deepEqual(gone, ['weak']);
    assert.equal(come('192.0.2.1', 'late'), null);
    assert.deepEqual([...there], ['strong', 'strong too']);
  });
});
