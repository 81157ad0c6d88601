/**
 * What a manager may do: invite, give and take roles, cut devices off, block, open and close spaces.
 * Every change takes hold at once on whoever is connected.
 */
import { SpaceMode } from '../../../shared/space-mode.ts';
import { type Role, answersAtDesk } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { OfficeBlock } from '../../../shared/api/blocks.ts';
import type { InviteResponse, OfficeInvitation } from '../../../shared/api/invitations.ts';
import type { OfficeMember } from '../../../shared/api/members.ts';
import type { SpaceRecord } from '../../../shared/protocol/records.ts';
import type { Blocks } from '../blocks/blocks.ts';
import type { Cards } from '../cards/cards.ts';
import type { StoredInvitation } from '../invitations/invitations-storage.ts';
import type { StoredMember } from '../members/members-storage.ts';
import type { CommunityPeople, InvitationDraft, NewInvitation } from '../members/people.ts';
import { networkWidth, parseNetwork } from '../../core/limits/networks.ts';
import type { Events } from '../../core/ports/events.ts';
import type { Platform } from '../../core/ports/platform.ts';
import type { Lapses } from '../claims/lapses.ts';
import type { Devices } from '../linking/devices.ts';
import type { PresenceBoard } from '../presence/presence.ts';
import type { Spaces } from '../spaces/spaces.ts';

export interface OfficeOptions {
  readonly events: Events;
  readonly platform: Platform;
  readonly presence: PresenceBoard;
  readonly devices: Devices;
  readonly lapses: Lapses;
  readonly spaces: Spaces;
  readonly people: CommunityPeople;
  readonly cards: Cards;
  readonly blocks: Blocks;
  /** How people reach the relay: told late, since a port may be given by the system. */
  readonly url: () => string;
}

/** Who or what to block. */
export interface BlockDraft {
  readonly member?: MemberId | undefined;
  readonly device?: DeviceKey | undefined;
  /** An address or network. */
  readonly address?: string | undefined;
  /** Whose addresses. */
  readonly addressesOf?: MemberId | undefined;
  readonly reason?: string | undefined;
  /** Until it is lifted when absent. */
  readonly hours?: number | undefined;
}

const HOUR_MS = 3_600_000;

export class Office {
  readonly #options: OfficeOptions;

  constructor(options: OfficeOptions) {
    this.#options = options;
  }

  /** Photos that wait, and what becomes of them. */
  get cards(): Cards {
    return this.#options.cards;
  }

  async invite(draft: InvitationDraft): Promise<InviteResponse> {
    return this.#linkOf(await this.#options.people.invite(draft));
  }

  /** Another link; the one before is void. Undefined when there is nothing left to send. */
  async resend(id: string): Promise<InviteResponse | undefined> {
    const renewed = await this.#options.people.resend(id);
    return renewed && this.#linkOf(renewed);
  }

  revokeInvitation(id: string): Promise<boolean> {
    return this.#options.people.revokeInvitation(id);
  }

  async invitations(): Promise<OfficeInvitation[]> {
    const now = this.#options.platform.clock.now();
    const all = await this.#options.people.invitations();
    return all.map((invitation) => {
      const { hash: _secret, revoked: _state, ...told } = invitation;
      return { ...told, state: stateOf(invitation, now) };
    });
  }

  async members(all: boolean): Promise<OfficeMember[]> {
    const { people, presence } = this.#options;
    const members = await people.members(all);
    return Promise.all(
      members.map(async ({ id, name, role, spaces, topics, since }) => ({
        member: id,
        name,
        role,
        spaces,
        topics,
        since,
        here: presence.isHere(id),
        devices: await people.devicesOf(id),
      })),
    );
  }

  member(id: MemberId): Promise<StoredMember | undefined> {
    return this.#options.people.member(id);
  }

  /** Changes what a member may do, at once; `Role.visitor` takes their place away. */
  async setMember(
    { id, role, spaces, topics }: StoredMember,
    change: {
      readonly role?: Role | undefined;
      readonly spaces?: readonly SpaceId[] | undefined;
      readonly topics?: readonly string[] | undefined;
    },
  ): Promise<void> {
    const { people, events, lapses, cards } = this.#options;
    const before = await people.member(id);
    const next = {
      role: change.role ?? role,
      spaces: change.spaces ?? spaces,
      topics: change.topics ?? topics,
    };
    await people.setMember(id, next);
    const member = await people.member(id);
    if (!member) return;
    await cards.publish(id);
    events.tell({ type: 'member-changed', before: before ?? member, after: member, device: null });
    if (!answersAtDesk(member.role)) await lapses.endClaimsOf(id);
  }

  removeDevice(member: MemberId, device: DeviceKey): Promise<boolean> {
    return this.#options.devices.remove(member, device);
  }

  blocks(): OfficeBlock[] {
    return this.#options.blocks.list().map(({ id, subject, shown, reason, created, expires }) => ({
      id,
      subject,
      shown,
      reason,
      created,
      expires,
    }));
  }

  /** Blocks, at once, and ends a blocked member's claims; the blocks made. None when there is nothing to block: no such address, none seen. */
  async block(draft: BlockDraft): Promise<readonly OfficeBlock[]> {
    const { blocks, events, lapses, platform, people } = this.#options;
    const { reason = '', hours } = draft;
    const created = platform.clock.now();
    const expires = hours === undefined ? null : created + hours * HOUR_MS;
    const made: string[] = [];
    // With an invitation of their own they would be back under another name.
    for (const member of await this.#membersIn(draft)) await people.revokeInvitationsBy(member);
    for (const subject of await this.#subjectsOf(draft)) {
      const id = hexOf(platform.random(5));
      await blocks.add({ id, ...subject, reason, created, expires });
      made.push(id);
    }
    events.tell({ type: 'block-changed' });
    if (draft.member !== undefined) await lapses.endClaimsOf(draft.member);
    return this.blocks().filter(({ id }) => made.includes(id));
  }

  async lift(id: string): Promise<boolean> {
    const lifted = await this.#options.blocks.lift(id);
    this.#options.events.tell({ type: 'block-changed' });
    return lifted;
  }

  spaces(): SpaceRecord[] {
    const { spaces } = this.#options;
    return spaces.ids.flatMap((id) => spaces.record(id) ?? []);
  }

  /** Whether there is such a space. */
  async setSpace(
    id: SpaceId,
    change: {
      readonly mode?: keyof typeof SpaceMode | undefined;
      readonly attributes?: readonly string[] | undefined;
    },
  ): Promise<boolean> {
    const { spaces } = this.#options;
    const record = spaces.record(id);
    if (!record) return false;
    const mode = change.mode === undefined ? record.mode : SpaceMode[change.mode];
    const attributes = change.attributes ?? record.attributes ?? [];
    await spaces.set({ ...record, mode, attributes });
    return true;
  }

  async #membersIn({ member, device }: BlockDraft): Promise<MemberId[]> {
    if (member !== undefined) return [member];
    if (device === undefined) return [];
    const found = (await this.#options.people.membersOf([device])).get(device);
    return found === undefined || found === 'removed' ? [] : [found.id];
  }

  async #subjectsOf({ member, device, address, addressesOf }: BlockDraft): Promise<Subject[]> {
    const { blocks } = this.#options;
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

  /** The code is in the fragment: no server sees it, no log keeps it. */
  #linkOf({ id, code, expires }: NewInvitation): InviteResponse {
    return { id, link: `${this.#options.url()}/desk/#invite=${code}`, expires };
  }
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

interface Subject {
  readonly subject: OfficeBlock['subject'];
  readonly value: string;
  readonly shown: string;
}

function stateOf(
  { usedBy, revoked, expires }: StoredInvitation,
  now: number,
): OfficeInvitation['state'] {
  if (usedBy !== null) return 'used';
  if (revoked) return 'revoked';
  return expires <= now ? 'expired' : 'waiting';
}
