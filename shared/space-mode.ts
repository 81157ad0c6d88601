/** Who may answer in a space. */

/** Whether only grant holders answer (`closed`), or any visitor does too (`open`). On the wire: 0, 1. */
export const SpaceMode = { closed: 0, open: 1 } as const;
export type SpaceMode = (typeof SpaceMode)[keyof typeof SpaceMode];

/**
 * The mode of one conversation. Opening a space does not publish what was asked while it was closed;
 * closing the space closes the public conversations again.
 */
export const modeIn = (asked: SpaceMode, space: SpaceMode): SpaceMode =>
  asked === SpaceMode.open && space === SpaceMode.open ? SpaceMode.open : SpaceMode.closed;
