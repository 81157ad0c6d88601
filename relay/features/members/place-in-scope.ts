/** What a space manager may do with places at the desk: those of their spaces, and none that runs one. */
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { Scope } from '../../../shared/api/route/office-right.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { SpaceId } from '../../../shared/ids.ts';

interface PlaceOf {
  readonly role: Role;
  readonly spaces: readonly SpaceId[];
}

/** Whether it holds in their spaces alone, and makes nobody a manager. */
export const isWithin = (scope: Scope, { role, spaces }: PlaceOf): boolean =>
  scope.covers(spaces) && (scope.spaces === null || role !== Role.manager);

/**
 * @param place undefined: nobody has it, and only whoever may act everywhere learns that
 * @throws {ApiError} if it is not theirs to give, change or take.
 */
export function checkPlace(scope: Scope, place: PlaceOf | undefined): void {
  if (scope.spaces === null || (place && isWithin(scope, place))) return;
  throw new ApiError('forbidden', 'This place is not within your spaces.');
}
