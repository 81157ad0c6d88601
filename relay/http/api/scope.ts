/** In which spaces whoever asks may use a route. */
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { HeldRight, Scope } from '../../../shared/api/route/office-right.ts';
import type { Route } from '../../../shared/api/route/route.ts';
import type { SpaceId } from '../../../shared/ids.ts';
import { type Caller, guards, guardsByRole } from './rights.ts';

/** A scope that remembers whether anybody looked at it. */
export interface RequestScope extends Scope {
  readonly wasAsked: boolean;
}

export function scopeOf(
  { rights, also = [] }: Pick<Route, 'rights' | 'also'>,
  caller: Caller,
): RequestScope {
  const held = caller.type === 'desk' ? caller.office : [];
  const isManager = caller.type === 'command-line' || held.some(({ right }) => right === 'manager');
  const theirs =
    rights === 'guard' ? guarded(caller) : held.filter(({ right }) => isIn(right, also));
  const spaces = isManager ? null : spacesOf(theirs);
  let wasAsked = false;
  const covers = (wanted: readonly SpaceId[]): boolean => {
    wasAsked = true;
    return spaces === null || (wanted.length > 0 && wanted.every((id) => spaces.includes(id)));
  };
  return {
    get spaces() {
      wasAsked = true;
      return spaces;
    },
    get wasAsked() {
      return wasAsked;
    },
    covers,
    check(...wanted) {
      if (!covers(wanted)) throw new ApiError('forbidden', 'This is not in your spaces.');
    },
  };
}

/** Checks the space that a request names, where its route says where that is. */
export function checkSpace(
  { space }: Pick<Route, 'space'>,
  scope: Scope,
  asked: Readonly<Record<'params' | 'query' | 'body', unknown>>,
): void {
  if (space === undefined || space === 'found' || space === 'any') return;
  if (space === 'everywhere') return scope.check();
  const [where, name] = space.split('.') as ['params' | 'query' | 'body', string];
  const named = (asked[where] as Readonly<Record<string, SpaceId | undefined>>)[name];
  scope.check(...(named === undefined ? [] : [named]));
}

/** Where somebody decides about people's words: by their role, or a right. */
function guarded(caller: Caller): readonly Pick<HeldRight, 'spaces'>[] {
  if (caller.type !== 'desk') return [];
  const { member, office } = caller;
  return [...office.filter(guards), ...(guardsByRole(member) ? [member] : [])];
}

const isIn = (right: string, rights: readonly string[]): boolean => rights.includes(right);

/** All of them together; null once one holds everywhere. */
const spacesOf = (held: readonly Pick<HeldRight, 'spaces'>[]): readonly SpaceId[] | null =>
  held.some(({ spaces }) => spaces.length === 0) ? null : held.flatMap(({ spaces }) => spaces);
