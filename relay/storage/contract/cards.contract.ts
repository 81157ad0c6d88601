/** What every adapter of cards must do. */
import assert from 'node:assert/strict';
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
    assert.deepEqual(await cards.heldPhotos(), [
      { name: 'earlier', member: memberId(2), uploaded: 55, held: true, memberName: 'Zoé' },
      { name: 'second', member, uploaded: 60, held: true, memberName: 'Ana' },
    ]);
    assert.equal(await cards.showPhoto('second'), member);
    assert.equal(await cards.showPhoto('none'), undefined);
    assert.equal((await cards.heldPhotos()).length, 1);
    assert.deepEqual((await cards.card(member))?.photo, { name: 'second', held: false });
    assert.equal(await cards.dropPhoto('second'), member);
    assert.equal(await cards.dropPhoto('second'), undefined);
    assert.equal(await cards.dropPhotoOf(member), false);
    assert.equal(await cards.dropPhotoOf(memberId(2)), true);
    assert.equal((await cards.card(member))?.photo, null);
  });
}
