/** Spaces that somebody names in a request. */
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { SpaceId } from '../../../shared/ids.ts';

/** @throws {ApiError} that names the first that does not exist: a place in it would be one nowhere. */
export function checkSpaces(named: readonly SpaceId[], known: readonly SpaceId[]): void {
  const at = named.findIndex((space) => !known.includes(space));
  if (at < 0) return;
  const field = `spaces.${at}`;
  throw new ApiError('bad-request', `There is no space “${named[at]}”.`, { field });
}
