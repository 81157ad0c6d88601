/** The permission table, written out once more by hand: every role × kind × mode × standing. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Kind, type KindName } from '../kinds.ts';
import { rules } from '../rules.ts';
import { Role, type RoleName } from '../../grant/roles.ts';
import type { Standing } from '../schema/standing.ts';
import { SpaceMode, modeIn } from '../../space-mode.ts';

type Mode = keyof typeof SpaceMode;

const desk: readonly RoleName[] = ['helper', 'guardian', 'staff', 'expert', 'manager'];
const roles = Object.keys(Role) as RoleName[];
const kinds = Object.keys(Kind) as KindName[];
const modes = Object.keys(SpaceMode) as Mode[];

/**
 * Who may, by kind: a list of roles for whom anything goes, `owner` for who asked, `own` for whose it
 * is, `open` for anyone in an open conversation.
 */
const expected: Record<KindName, readonly (RoleName | 'owner' | 'own' | 'open')[]> = {
  join: desk,
  ask: ['owner'],
  say: ['owner', 'open', ...desk],
  claim: desk,
  release: ['own', 'manager'],
  retract: ['own'],
  close: ['owner', ...desk],
  reopen: ['owner', ...desk],
  report: ['owner', 'open', ...desk],
  lapse: ['relay'],
  merge: ['relay'],
  hide: ['relay'],
  unhide: ['relay'],
};

describe('permissions', () => {
  for (const kind of kinds) {
    it(`of ${kind}, for every role, mode and standing`, () => {
      let tried = 0;
      for (const role of roles) {
        for (const mode of modes) {
          for (const owner of [false, true]) {
            for (const own of [false, true]) {
              const may =
                expected[kind].includes(role) ||
                (owner && expected[kind].includes('owner')) ||
                (own && expected[kind].includes('own')) ||
                (mode === 'open' && expected[kind].includes('open'));
              const who: Standing = { role: Role[role], mode: SpaceMode[mode], owner, own };
              assert.equal(rules.mayDo(kind, who), may, JSON.stringify({ role, mode, owner, own }));
              tried++;
            }
          }
        }
      }
      assert.equal(tried, roles.length * modes.length * 4);
    });
  }

  it('opens a conversation only if it was asked in an open space that still is', () => {
    const { open, closed } = SpaceMode;
    assert.deepEqual(
      [modeIn(open, open), modeIn(open, closed), modeIn(closed, open), modeIn(closed, closed)],
      [open, closed, closed, closed],
    );
  });
});
