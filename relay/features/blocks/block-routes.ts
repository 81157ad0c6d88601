/** Blocks by HTTP, for managers. They hold at once. */
import type { BlockRequest, OfficeBlock, blockRoutes } from '../../../shared/api/blocks.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { pageAfter, timeKey } from '../../../shared/api/route/page.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import { networkWidth, parseNetwork } from '../../core/limits/networks.ts';
import type { People } from '../../core/ports/people.ts';
import type { StoredBlock } from './blocks-storage.ts';
import type { Blocks } from './blocks.ts';

export interface BlockRoutesOptions {
  readonly blocks: Blocks;
  readonly membersOf: People['membersOf'];
  readonly now: () => number;
  readonly newId: () => string;
  /** With an invitation of their own they would be back under another name. */
  readonly revokeInvitationsBy: (member: MemberId) => Promise<void>;
  /** Whoever is connected is told whether they may write; a blocked member's claims end. */
  readonly changed: (blocked?: MemberId) => Promise<void>;
}

/** Who or what to block. */
type Draft = Pick<BlockRequest, 'address'> & {
  readonly member?: MemberId | undefined;
  readonly device?: DeviceKey | undefined;
  readonly addressesOf?: MemberId | undefined;
};

type Subject = Pick<StoredBlock, 'subject' | 'value' | 'shown'>;

const HOUR_MS = 3_600_000;

export function blockHandlers(options: BlockRoutesOptions): Handlers<typeof blockRoutes> {
  const { blocks, now } = options;

  async function membersIn({ member, device }: Draft): Promise<MemberId[]> {
    if (member !== undefined) return [member];
    if (device === undefined) return [];
    const found = (await options.membersOf([device])).get(device);
    return found === undefined || found === 'removed' ? [] : [found.id];
  }

  /** None when there is nothing to block: no such address, none seen. */
  async function subjectsOf({ member, device, address, addressesOf }: Draft): Promise<Subject[]> {
    if (member !== undefined) return [{ subject: 'member', value: member, shown: member }];
    if (device !== undefined) return [{ subject: 'device', value: device, shown: device }];
    if (address !== undefined) {
      const network = parseNetwork(address);
      if (!network) return [];
      return [{ subject: 'address', value: blocks.hash(network), shown: networkWidth(network) }];
    }
    if (addressesOf === undefined) return [];
    const seen = await blocks.sightingsOf(addressesOf);
    const narrow = new Map(seen.map(({ hash, shown }) => [hash, shown]));
    return [...narrow]
      .filter(([, shown]) => /\/(32|64)$/.test(shown))
      .map(([value, shown]) => ({ subject: 'address', value, shown }));
  }

  return {
    list({ query }) {
      const keyOf = ({ created, id }: StoredBlock): string => `${timeKey(created)}.${id}`;
      const { items, next } = pageAfter(blocks.list(), query, keyOf, 'descending');
      return { items: items.map(toldOf), next };
    },

    async block({ body, refuse }) {
      const { reason = '', hours } = body;
      const created = now();
      const expires = hours === undefined ? null : created + hours * HOUR_MS;
      const made: string[] = [];
      for (const member of await membersIn(body)) await options.revokeInvitationsBy(member);
      for (const subject of await subjectsOf(body)) {
        const id = options.newId();
        await blocks.add({ id, ...subject, reason, created, expires });
        made.push(id);
      }
      await options.changed(body.member);
      if (made.length > 0)
        return blocks
          .list()
          .filter(({ id }) => made.includes(id))
          .map(toldOf);
      throw body.address === undefined
        ? refuse('not-found', 'No address of theirs is remembered.')
        : refuse('bad-request', 'Not an address or network, such as 203.0.113.0/24.', {
            field: 'address',
          });
    },

    async lift({ params, refuse }) {
      const lifted = await blocks.lift(params.id);
      await options.changed();
      if (!lifted) throw refuse('not-found', 'No block is called that.');
      return undefined;
    },
  };
}

const toldOf = ({ id, subject, shown, reason, created, expires }: StoredBlock): OfficeBlock => ({
  id,
  subject,
  shown,
  reason,
  created,
  expires,
});
