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
      async put({ records }, { member, device, address, close }) {
        if (records.length > Limits.submitEntries)
          throw new RangeError(`${records.length} records`);
        if (own.charge({ connection: device, address }, records.length))
          return own.put(member, device, records);
        close(CloseCode.tooMany, 'too many records');
      },
    },
  };
}
