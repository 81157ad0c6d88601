/** Records that tell all of a member's devices which there are. */
import type { MemberId } from '../../../shared/ids.ts';
import { type DeviceRecord, MemberKey } from '../../../shared/protocol/records.ts';
import { memberRoom } from '../../../shared/protocol/rooms.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Members } from '../members/members.ts';

export interface DeviceRecordsOptions {
  readonly members: Pick<Members, 'devicesOf'>;
  readonly committer: Committer;
  readonly clock: Pick<Clock, 'now'>;
}

export class DeviceRecords {
  readonly #options: DeviceRecordsOptions;

  constructor(options: DeviceRecordsOptions) {
    this.#options = options;
  }

  /** Writes the list of a member's devices where all of them read it. */
  async publish(member: MemberId): Promise<void> {
    const { members, committer, clock } = this.#options;
    const now = clock.now();
    await committer.write(
      async (rooms) => {
        const devices = await members.devicesOf(member);
        const records = new Map(
          devices.map(({ device, label, since }) => [
            MemberKey.device + device,
            JSON.stringify({ label, since } satisfies DeviceRecord),
          ]),
        );
        return { records, room: await rooms.keyed(memberRoom(member)) };
      },
      (batch, { records, room }) => {
        for (const key of Array.from(room.records.keys())) {
          if (key.startsWith(MemberKey.device) && !records.has(key))
            batch.put(room, key, null, now);
        }
        for (const [key, value] of records) batch.put(room, key, value, now);
      },
    );
  }
}
