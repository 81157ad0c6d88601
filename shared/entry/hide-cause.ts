/** Why a message is hidden. A reader takes a number of a later build for none of these. */
export const HideCause = {
  /** Several members reported it. */
  reports: 1,
  guardian: 2,
  manager: 3,
  filter: 4,
} as const;
export type HideCause = (typeof HideCause)[keyof typeof HideCause];
