import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortHash, textBytes } from '../../../shared/hash.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import { IdFilter } from './id-filter.ts';

const idOf = (number: number): string => bytesToText(shortHash(textBytes(`id ${number}`)));

test('an id that was added is always found, and hardly any other', () => {
  const filter = new IdFilter();
  assert.equal(filter.mayHave(idOf(0)), false);
  const ids = Array.from({ length: 50_000 }, (_, number) => idOf(number));
  for (const id of ids.slice(0, 30_000)) filter.add(id);
  assert.ok(ids.slice(0, 30_000).every((id) => filter.mayHave(id)));
  const wrong = ids.slice(30_000).filter((id) => filter.mayHave(id)).length;
  assert.ok(wrong < 20_000 / 50, `${wrong} wrong`);
});
