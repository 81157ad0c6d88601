/**
 * Ed25519 keys of small order verify signatures that nobody made (see "Taming the many EdDSAs", Chalkias
 * et al., 2020, §2). OpenSSL and browsers accept them, so we refuse them by value: the y coordinates of
 * the eight torsion points, with their non-canonical forms. The sign bit of x does not matter.
 */
const SMALL_ORDER_Y = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
].map((y) => y.match(/../g)!.map((byte) => parseInt(byte, 16)));

/** Whether a raw 32-byte public key is a point of small order. */
export const isSmallOrder = (key: Uint8Array): boolean =>
  SMALL_ORDER_Y.some((y) => y.every((byte, at) => byte === (key[at]! & (at === 31 ? 0x7f : 0xff))));
