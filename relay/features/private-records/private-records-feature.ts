/** What a member's devices share only with each other. */
import { Limits } from '../../../shared/limits.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import type { Feature } from '../../core/feature.ts';
import { PrivateRecords, type PrivateRecordsOptions } from './private-records.ts';

export function privateRecordsFeature(options: PrivateRecordsOptions): Feature {
  const own = new PrivateRecords(options);
  return {
    name: 'private-records',
    control: {
      put({ records }, { member, device, address, close }) {
        // At once, so that the device is closed for it.
        if (records.length > Limits.submitEntries)
          throw new RangeError(`${records.length} records`);
        const tooMuch = own.charge({ connection: device, address }, records);
        if (!tooMuch) return own.put(member, device, records);
        // What others of its address use up is not its fault: it brings them again when it comes back.
        if (tooMuch.of === 'device') close(CloseCode.tooMany, 'too many records');
        return undefined;
      },
    },
  };
}
