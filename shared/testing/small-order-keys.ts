/**
 * The public keys that verify what nobody signed: the eight points of small order of Curve25519's
 * Edwards form, in all their encodings (y, y + p where that fits, with and without the sign of x).
 */
import { bytesToText } from '../bytes.ts';
import type { DeviceKey } from '../ids.ts';

const ys = [
  `00${'00'.repeat(31)}`,
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
];

export const smallOrderKeys: readonly DeviceKey[] = ys.flatMap((hex) =>
  [0, 0x80].map((sign) => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) =>
      Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
    );
    bytes[31]! |= sign;
    return bytesToText(bytes) as DeviceKey;
  }),
);
