/** Which spaces there are: what the core and the connections ask the feature that keeps them. */
import type { SpaceId } from '../../../shared/ids.ts';
import type { SpaceMode } from '../../../shared/space-mode.ts';

export interface SpaceBook {
  readonly ids: readonly SpaceId[];
  has(id: SpaceId): boolean;
  /** Its mode now; undefined for one that does not exist. */
  modeOf(id: SpaceId): SpaceMode | undefined;
}
