/** What every adapter of the filter's rules must do. */
import assert from 'node:assert/strict';
import { parseSpaceId } from '../../../shared/ids.ts';
import type { StoredRule } from '../../features/words/words-storage.ts';
import { type OpenStorage, testsOn } from './contract.ts';

const space = parseSpaceId('garden');
const rule = (id: string, more: Partial<StoredRule> = {}): StoredRule => ({
  id,
  space: '',
  pattern: `word ${id}`,
  action: 'refuse',
  kind: 'other',
  added: 10,
  ...more,
});

export function wordsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps rules, the oldest first, until they are removed', async ({ words }) => {
    await words.putWordRules([rule('b', { added: 20 }), rule('a'), rule('c')]);
    assert.deepEqual(await words.wordRules(), [rule('a'), rule('c'), rule('b', { added: 20 })]);
    assert.equal(await words.removeWordRule('c'), true);
    assert.equal(await words.removeWordRule('c'), false);
    assert.deepEqual(
      (await words.wordRules()).map(({ id }) => id),
      ['a', 'b'],
    );
  });

  test('has one rule for a pattern in a place: the latest, under the id of the first', async ({
    words,
  }) => {
    await words.putWordRules([rule('a', { pattern: 'drill' })]);
    await words.putWordRules([
      rule('b', { pattern: 'drill', action: 'flag', kind: 'scam', added: 20 }),
      rule('c', { pattern: 'drill', space }),
    ]);
    assert.deepEqual(await words.wordRules(), [
      rule('a', { pattern: 'drill', action: 'flag', kind: 'scam' }),
      rule('c', { pattern: 'drill', space }),
    ]);
  });

  test('keeps settings by place and name, and forgets those that are emptied', async ({
    words,
  }) => {
    await words.putWordSettings([
      { space: '', name: 'phone', value: 'refuse' },
      { space, name: 'phone', value: 'off' },
      { space: '', name: 'insult-1', value: 'off' },
    ]);
    await words.putWordSettings([
      { space: '', name: 'insult-1', value: '' },
      { space, name: 'phone', value: 'flag' },
    ]);
    assert.deepEqual(await words.wordSettings(), [
      { space: '', name: 'phone', value: 'refuse' },
      { space, name: 'phone', value: 'flag' },
    ]);
  });
}
