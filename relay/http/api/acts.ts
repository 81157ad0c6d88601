/** What a request does, for its line in the audit. */
import { type Act, OPERATOR } from '../../../shared/api/route/act.ts';
import type { Route } from '../../../shared/api/route/route.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Platform } from '../../core/ports/platform.ts';
import type { Caller } from './rights.ts';

/** An act that remembers whether anybody asked for its line. */
export interface RequestAct extends Act {
  readonly hasLine: boolean;
}

const SALT_BYTES = 16;
/** What a person writes as a reason is no longer; what the relay says of an act may be. */
const MOST_WHY = 1_000;

/** Undefined for a route that nobody needs to account for. */
export function actOf(
  { audit }: Pick<Route, 'audit'>,
  caller: Caller,
  { clock, random }: Pick<Platform, 'clock' | 'random'>,
): RequestAct | undefined {
  if (typeof audit !== 'string') return undefined;
  let hasLine = false;
  return {
    get hasLine() {
      return hasLine;
    },
    on(target, why = '', by) {
      hasLine = true;
      const who = callerName(caller) ?? by;
      if (who === undefined) throw new Error(`nobody is known who does ${audit}`);
      const salt = random(SALT_BYTES);
      return { at: clock.now(), by: who, act: audit, target, why: why.slice(0, MOST_WHY), salt };
    },
  };
}

function callerName(caller: Caller): MemberId | typeof OPERATOR | undefined {
  switch (caller.type) {
    case 'command-line':
      return OPERATOR;
    case 'desk':
      return caller.member.id;
    case 'nobody':
      return undefined;
  }
}
