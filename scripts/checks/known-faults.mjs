/** How many faults of the tree's shape are being mended, by where. @type {Readonly<Record<string, number>>} */
export const knownFaults = {
  'circle in client': 2,
  'over 15 source files in client/sync': 7,
};
