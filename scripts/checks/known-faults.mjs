/** How many faults of the tree's shape are being mended, by where. @type {Readonly<Record<string, number>>} */
export const knownFaults = {
  'circle in client': 2,
};
