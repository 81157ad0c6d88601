/** Who is who, over storage: members and their devices, grants, invitations. */
import { bytesToText } from '../../../shared/bytes.ts';
import { Role, answersAtDesk } from '../../../shared/grant/roles.ts';
import { ownMemberOf, sha256, textBytes } from '../../../shared/hash.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { LinkOutcome } from '../../../shared/protocol/control.ts';
import { Limits } from '../../../shared/limits.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { Platform } from '../../core/ports/platform.ts';
import type {
  Actor,
  Greeting,
  IssuedGrant,
  Linked,
  Member,
  MemberBook,
  MemberDevice,
  Merge,
  People,
} from '../../core/ports/people.ts';
import type { Blocks } from '../blocks/blocks.ts';
import type { IdentityCheck } from '../identity/identity-token.ts';
import type {
  InvitationDraft,
  Invitations,
  NewInvitation,
  RedeemAttempt,
  Redeemed,
} from '../invitations/invitations.ts';
import type { InvitationStorage, StoredInvitation } from '../invitations/invitations-storage.ts';
import { issueGrant } from './issue-grant.ts';
import type { MemberStorage, StoredMember } from './members-storage.ts';

export interface CommunityPeopleOptions {
  readonly storage: { readonly members: MemberStorage; readonly invitations: InvitationStorage };
  readonly authority: Authority;
  readonly platform: Platform;
  readonly blocks: Blocks;
  /** Checks the brand's tokens; without it they are ignored. */
  readonly identify?: IdentityCheck | undefined;
}

/**
 * Whether a member is let into the office: managers of the whole community are. Somebody who manages
 * some spaces only could give themselves the others.
 */
export const runsOffice = ({ role, spaces }: Pick<Member, 'role' | 'spaces'>): boolean =>
  role === Role.manager && spaces.length === 0;

const DAY_MS = 24 * 3_600_000;
const INVITATION_DAYS = 7;
/** Older invitations are not listed any more. */
const LISTED_DAYS = 90;

export class CommunityPeople implements People, MemberBook, Invitations {
  readonly #options: CommunityPeopleOptions;
  #changed: Promise<unknown> = Promise.resolve();

  constructor(options: CommunityPeopleOptions) {
    this.#options = options;
  }

  async membersOf(
    devices: readonly DeviceKey[],
  ): Promise<ReadonlyMap<DeviceKey, Member | 'removed'>> {
    const joined = await this.#options.storage.members.membersByDevice(devices);
    return new Map(devices.map((device) => [device, joined.get(device) ?? visitorOf(device)]));
  }

  async greet(device: DeviceKey, token: string): Promise<Greeting> {
    const { identify } = this.#options;
    const identity =
      token === '' || !identify ? ({ type: 'unavailable' } as const) : await identify(token);
    // After the wait for the brand's keys: who was cut off meanwhile was not here to be told.
    const member = await this.#memberOf(device);
    if (member === 'removed') return { type: 'removed' };
    if (identity.type === 'accepted' && identity.member !== member.id)
      return this.#inTurn(() => this.#signIn(device, identity.member));
    const told = identity.type === 'unavailable' ? 'none' : identity.type;
    return { type: 'member', member, identity: told, merge: null };
  }

  async #signIn(device: DeviceKey, customer: MemberId): Promise<Greeting> {
    const { storage, blocks, platform } = this.#options;
    const { now } = platform.clock;
    const theirs = await storage.members.member(customer);
    const member = await this.#memberOf(device);
    if (member === 'removed') return { type: 'removed' };
    const asTheyAre = { type: 'member', member, merge: null } as const;
    // Whoever answers for the brand does so under their own name, whatever they buy; and what lets a
    // customer into the shop lets nobody in at the desk.
    if (answersAtDesk(member.role) || (theirs && answersAtDesk(theirs.role)))
      return { ...asTheyAre, identity: 'refused' };
    if (member.id === customer) return { ...asTheyAre, identity: 'accepted' };
    if ((await storage.members.member(member.id))?.customer) return { type: 'other-member' };
    const merge = { from: member.id, to: customer };
    await storage.members.merge({
      ...merge,
      devices: [{ device, label: '' }],
      customer: true,
      now: now(),
    });
    await blocks.load();
    const after = await this.#memberOf(device);
    if (after === 'removed') return { type: 'removed' };
    return { type: 'member', member: after, identity: 'accepted', merge };
  }

  grantFor(device: DeviceKey, member: Member): Promise<IssuedGrant | null> {
    const { platform, authority } = this.#options;
    return issueGrant(device, member, platform.clock.now(), authority);
  }

  blockedUntil(actor: Actor): number {
    return this.#options.blocks.until(actor);
  }

  devicesOf(member: MemberId): Promise<readonly MemberDevice[]> {
    return this.#options.storage.members.devicesOf(member);
  }

  link(
    by: { readonly member: MemberId } & Omit<MemberDevice, 'since'>,
    device: Omit<MemberDevice, 'since'>,
  ): Promise<Linked> {
    return this.#inTurn(() => this.#link(by, device));
  }

  async #link(
    by: { readonly member: MemberId } & Omit<MemberDevice, 'since'>,
    { device, label }: Omit<MemberDevice, 'since'>,
  ): Promise<Linked> {
    const { storage, blocks, platform } = this.#options;
    const { now } = platform.clock;
    const failed = (outcome: LinkOutcome): Linked => ({ outcome, merge: null });
    const [from, to] = await Promise.all([this.#memberOf(device), this.#memberOf(by.device)]);
    // Removed meanwhile, or somebody else by now: the code was this member's.
    if (from === 'removed' || to === 'removed' || to.id !== by.member) return failed('unknown');
    if (from.id === to.id) return failed('linked');
    if (answersAtDesk(from.role)) return failed('other');
    const [mine, theirs] = await Promise.all([
      storage.members.member(from.id),
      storage.members.member(to.id),
    ]);
    if (mine?.customer && (theirs?.customer || answersAtDesk(to.role))) return failed('other');
    const devices = await Promise.all([
      storage.members.devicesOf(from.id),
      storage.members.devicesOf(to.id),
    ]);
    if (devices[0].length + devices[1].length >= Limits.memberDevices) return failed('full');
    // The one whom the brand knows by name is the one who stays.
    const merge = mine?.customer ? { from: to.id, to: from.id } : { from: from.id, to: to.id };
    const both = [
      { device: by.device, label: by.label },
      { device, label },
    ];
    await storage.members.merge({ ...merge, devices: both, customer: false, now: now() });
    await blocks.load();
    return { outcome: 'linked', merge };
  }

  removeDevice(member: MemberId, device: DeviceKey): Promise<boolean> {
    return this.#options.storage.members.removeDevice(
      member,
      device,
      this.#options.platform.clock.now(),
    );
  }

  pendingMerges(): Promise<readonly Merge[]> {
    return this.#options.storage.members.pendingMerges();
  }

  mergeDone(from: MemberId): Promise<void> {
    return this.#options.storage.members.mergeDone(from);
  }

  member(id: MemberId): Promise<StoredMember | undefined> {
    return this.#options.storage.members.member(id);
  }

  /** By name: the desk's, or all that have a device or a role. */
  members(all: boolean): Promise<readonly StoredMember[]> {
    return this.#options.storage.members.members(all);
  }

  /** Gives a member another role; `Role.visitor` takes it away. */
  setMember(
    id: MemberId,
    change: {
      readonly role: Role;
      readonly spaces: readonly SpaceId[];
      readonly topics: readonly string[];
    },
  ): Promise<void> {
    const { storage, platform } = this.#options;
    const { now } = platform.clock;
    return this.#inTurn(async () => {
      // First of all: with one of these they would be back under another name.
      if (!runsOffice(change)) await storage.invitations.revokeInvitationsBy(id);
      await storage.members.setMember(id, { ...change, now: now() });
    });
  }

  /** A new single-use invitation. */
  async invite(draft: InvitationDraft): Promise<NewInvitation> {
    const { storage, platform } = this.#options;
    const { now } = platform.clock;
    const { role, spaces = [], topics = [], note = '', member = null, madeBy = null, days } = draft;
    const made = this.#newCode(days);
    const id = hexOf(platform.random(5));
    await storage.invitations.addInvitation({
      id,
      hash: hashOf(made.code),
      role,
      spaces,
      topics,
      note,
      member,
      madeBy,
      created: now(),
      expires: made.expires,
    });
    return { id, ...made };
  }

  /** Another link for an invitation that nobody has used; the one before is void. */
  async resend(id: string): Promise<NewInvitation | undefined> {
    const made = this.#newCode();
    const { storage } = this.#options;
    const renewed = await storage.invitations.renewInvitation(id, hashOf(made.code), made.expires);
    return renewed && { id, ...made };
  }

  /** Whether there was one to revoke. */
  revokeInvitation(id: string): Promise<boolean> {
    return this.#options.storage.invitations.revokeInvitation(id);
  }

  /** Revokes all that a member made and nobody has used. */
  revokeInvitationsBy(member: MemberId): Promise<void> {
    return this.#inTurn(() => this.#options.storage.invitations.revokeInvitationsBy(member));
  }

  /** Newest first, those of the last 90 days. */
  invitations(): Promise<readonly StoredInvitation[]> {
    const { storage, platform } = this.#options;
    const { now } = platform.clock;
    return storage.invitations.invitations(now() - LISTED_DAYS * DAY_MS);
  }

  /** By its code; undefined for none, and for one that was revoked. */
  async invitation(code: string): Promise<StoredInvitation | undefined> {
    const found = await this.#options.storage.invitations.invitation(hashOf(code));
    return found?.revoked ? undefined : found;
  }

  /** Uses an invitation up. The device keeps its history, whoever it becomes. */
  redeem(attempt: RedeemAttempt): Promise<Redeemed> {
    return this.#inTurn(() => this.#redeem(attempt));
  }

  async #redeem({ code, name, device }: RedeemAttempt): Promise<Redeemed> {
    const { authority, storage, blocks, platform } = this.#options;
    const { now } = platform.clock;
    const before = await this.#memberOf(device);
    if (before === 'removed') return { type: 'removed' };
    // Wherever they are: a block of a network stops who writes from it, not whom the brand invites.
    if (blocks.until({ member: before.id, device, address: '' }) > 0) return { type: 'blocked' };
    const isCustomer = (await storage.members.member(before.id))?.customer ?? false;
    // A customer has devices that signed in at the shop, and somebody of the desk has those of their
    // own place: one that takes up a place leaves them to that.
    const brings = !isCustomer && !answersAtDesk(before.role);
    const result = await storage.invitations.redeem({
      hash: hashOf(code),
      device,
      label: '',
      member: isCustomer ? this.#newMember() : before.id,
      brings,
      name,
      now: now(),
    });
    if (typeof result === 'string') return { type: result };
    const moved = result.id !== before.id;
    const merge = brings && moved ? { from: before.id, to: result.id } : null;
    if (merge) await blocks.load();
    const grant = await issueGrant(device, result, now(), authority);
    if (!grant) return { type: 'unknown' };
    return {
      type: 'joined',
      member: result,
      grant,
      merge,
      left: moved && !brings ? before.id : null,
      before,
    };
  }

  async #memberOf(device: DeviceKey): Promise<Member | 'removed'> {
    return (await this.membersOf([device])).get(device) ?? visitorOf(device);
  }

  /** One after the other: whose a device is, and how many there are, still holds when it is changed. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#changed.then(change);
    this.#changed = turn.catch(() => {}); // told to whoever waits for it
    return turn;
  }

  #newMember(): MemberId {
    return bytesToText(this.#options.platform.random(16)) as MemberId;
  }

  #newCode(days = INVITATION_DAYS): { code: string; expires: number } {
    const code = bytesToText(this.#options.platform.random(16));
    return { code, expires: this.#options.platform.clock.now() + days * DAY_MS };
  }
}

const hashOf = (code: string): string =>
  bytesToText(sha256(textBytes(`comptoir invitation\n${code}`)));

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const visitorOf = (device: DeviceKey): Member => ({
  id: ownMemberOf(device),
  role: Role.visitor,
  name: '',
  spaces: [],
});
