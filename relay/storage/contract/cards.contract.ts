/** What every adapter of cards must do. */
import assert from 'node:assert/strict';
import type { PageKey } from '../../../shared/api/route/page.ts';
import {
  type OpenStorage,
  deviceKey,
  idBytes,
  join,
  member,
  memberId,
  testsOn,
} from './contract.ts';

const fields = { name: 'Ana B.', topics: ['Murs'], store: 'Lyon', owns: ['P18'] };

export function cardsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps the card of a member that there is', async (storage) => {
    await join(storage, member, deviceKey('a'));
    const { cards, members } = storage;
    const empty = { name: 'Ana', topics: ['paint'], store: '', owns: [], since: 50, photo: null };
    assert.deepEqual(await cards.card(member), empty);
    await cards.putCard(member, { ...fields, store: 'Paris' });
    await cards.putCard(member, fields);
    assert.deepEqual(await cards.card(member), { ...fields, since: 50, photo: null });
    assert.deepEqual((await members.member(member))?.topics, ['Murs']);
    await cards.putCard(memberId(4), fields);
    assert.equal(await cards.card(memberId(4)), undefined);
  });

  test('keeps one photo a member, and finds those that wait', async (storage) => {
    await join(storage, member, deviceKey('a'));
    await join(storage, memberId(2), deviceKey('b'), 'Zoé');
    const { cards } = storage;
    const photo = { member, bytes: idBytes(1), uploaded: 60, held: true };
    await cards.putPhoto({ ...photo, name: 'first' });
    await cards.putPhoto({ ...photo, name: 'second' });
    await cards.putPhoto({ ...photo, name: 'earlier', member: memberId(2), uploaded: 55 });
    assert.equal(await cards.photo('first'), undefined);
    assert.deepEqual(await cards.photo('second'), { ...photo, name: 'second' });
    assert.deepEqual((await cards.heldPhotos({ most: 100 })).items, [
      { name: 'earlier', member: memberId(2), uploaded: 55, held: true, memberName: 'Zoé' },
      { name: 'second', member, uploaded: 60, held: true, memberName: 'Ana' },
    ]);
    assert.equal(await cards.showPhoto('second'), member);
    assert.equal(await cards.showPhoto('none'), undefined);
    assert.equal((await cards.heldPhotos({ most: 100 })).items.length, 1);
    assert.deepEqual((await cards.card(member))?.photo, { name: 'second', held: false });
    assert.equal(await cards.dropPhoto('second'), member);
    assert.equal(await cards.dropPhoto('second'), undefined);
    assert.equal(await cards.dropPhotoOf(member), false);
    assert.equal(await cards.dropPhotoOf(memberId(2)), true);
    assert.equal((await cards.card(member))?.photo, null);
  });

  test('lists the photos that wait a page at a time, the oldest first', async (storage) => {
    const { cards } = storage;
    for (const [index, uploaded] of [5, 9, 5, 5, 3, 4].entries()) {
      const name = 'abcdef'[index]!;
      await join(storage, memberId(index + 1), deviceKey(name), `of ${name}`);
      const photo = { name, member: memberId(index + 1), uploaded, held: true };
      await cards.putPhoto({ ...photo, bytes: idBytes(1) });
    }
    await cards.showPhoto('f');
    const names = async (most: number): Promise<string> => {
      let found = '';
      for (let after: PageKey<number> | null | undefined; after !== null;) {
        const { items, next } = await cards.heldPhotos({ after, most });
        assert.ok(items.length === most || next === null);
        for (const { name, memberName } of items) assert.equal(memberName, `of ${name}`);
        found += items.map(({ name }) => name).join('');
        after = next;
      }
      return found;
    };
    for (const most of [1, 2, 3, 5, 6]) assert.equal(await names(most), 'eacdb');
    assert.deepEqual((await cards.heldPhotos({ most: 2 })).next, { by: 5, id: 'a' });
  });
}
