/** Linking on the wire: codes, typing them, cutting devices off, and the records of which there are. */
import type { MemberId } from '../../../shared/ids.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import type { Feature } from '../../core/feature.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Members } from '../members/members.ts';
import type { ReadByOthers } from '../words/read-by-others.ts';
import type { DeviceRecords } from './device-records.ts';
import type { Linking } from './linking.ts';

export interface LinkingFeatureOptions {
  readonly linking: Linking;
  readonly records: DeviceRecords;
  readonly members: Pick<Members, 'removeDevice'>;
  readonly words: ReadByOthers;
  readonly log: Log;
}

export function linkingFeature(options: LinkingFeatureOptions): Feature {
  const { linking, records, members, words, log } = options;

  /** Managers read it in their list: it is shown in no space. */
  const readable = (label: string): string =>
    words.refused([{ field: 'label', text: label }], { spaces: null }) ? '' : label;

  const publish = (...ids: readonly MemberId[]): void => {
    for (const id of ids)
      records
        .publish(id)
        .catch((error: unknown) => log.error('a member’s devices are not told yet', error));
  };

  return {
    name: 'linking',
    control: {
      async linkWanted({ label }, from) {
        const { member, device, address } = from;
        // Otherwise a blocked person would go on writing from the other device.
        const made =
          from.blockedUntil() > 0
            ? { code: '', expires: 0 }
            : await linking.code({ member, device, label: readable(label) }, address);
        from.say({ type: 'linkCode', ...made });
      },
      async link({ code, label }, from) {
        const { device, address } = from;
        let linked = false;
        const told = (outcome: Parameters<Parameters<Linking['link']>[1]>[0]): void => {
          linked = outcome === 'linked';
          from.say({ type: 'linked', outcome });
        };
        try {
          await linking.link({ code, device, label: readable(label), address }, told);
        } catch (error) {
          log.error('a device could not be linked', error);
          if (!linked) told('later');
        }
        // The devices of who changed are sent to the door; this one goes in any case.
        if (linked) from.close(CloseCode.goingAway, 'member changed');
      },
      async removeDevice({ device }, from) {
        await members.removeDevice(from.member, device);
      },
    },
    events: {
      'device-removed': ({ member }) => publish(member),
      'merge-settled': ({ from, to }) => publish(from, to),
      'member-changed'({ before, after, device }) {
        if (device === null) return;
        if (before.id === after.id) publish(after.id);
        else publish(before.id, after.id);
      },
    },
  };
}
