/** Checks the spaces named in a request. */
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { SpaceId } from '../../../shared/ids.ts';

/** @throws {ApiError} naming the first space that does not exist: a role in it would be a role nowhere. */
export function checkSpaces(named: readonly SpaceId[], known: readonly SpaceId[]): void {
  const at = named.findIndex((space) => !known.includes(space));
  if (at < 0) return;
  const field = `spaces.${at}`;
  throw new ApiError('bad-request', `There is no space “${named[at]}”.`, { field });
}
