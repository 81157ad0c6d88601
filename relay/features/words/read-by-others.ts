/** What people say of themselves and each other beside messages, and whether others may read it. */
import type { ApiError } from '../../../shared/api/route/api-error.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import type { SpaceId } from '../../../shared/ids.ts';
import type { Words, Written } from './words.ts';

/** Who writes it, and where it is read. */
export interface Writer {
  /** None named: in every space. */
  readonly spaces: readonly SpaceId[];
  /** @default a visitor's */
  readonly role?: Role;
}

/** What other features ask before they show a text. */
export type ReadByOthers = Pick<Words, 'refused'>;

/** @throws what `refuse` makes, if the filter lets nobody read one of these. */
export function checkReadable(
  words: ReadByOthers,
  written: readonly Written[],
  writer: Writer,
  refuse: (code: 'moderated', message: string, details: { readonly field: string }) => ApiError,
): void {
  const found = words.refused(written, writer);
  if (found)
    throw refuse('moderated', 'The word filter lets nobody read that.', { field: found.field });
}
