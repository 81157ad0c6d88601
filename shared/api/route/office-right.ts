/** Rights in the office: rows at the relay, never roles of grants. Whoever holds one alone is a visitor in rooms. */
import type { SpaceId } from '../../ids.ts';

export const officeRights = ['manager', 'space-manager', 'moderator', 'analyst'] as const;
export type OfficeRight = (typeof officeRights)[number];

/** A right, and where it holds. */
export interface HeldRight {
  readonly right: OfficeRight;
  /** None: everywhere. */
  readonly spaces: readonly SpaceId[];
}

/** Where whoever asks may act. */
export interface Scope {
  /** Null: everywhere. */
  readonly spaces: readonly SpaceId[] | null;
  /** Whether it reaches all of these; none is everywhere. */
  covers(spaces: readonly SpaceId[]): boolean;
  /** @throws {ApiError} if it does not. */
  check(...spaces: readonly SpaceId[]): void;
}
