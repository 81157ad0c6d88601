/** Who is who, over storage: members and their devices, grants, invitations. */
import { randomBytes } from 'node:crypto';
import { bytesToText, concatBytes, textToBytes } from '../../shared/bytes.ts';
import { domainPrefix } from '../../shared/domain.ts';
import { Role, answersAtDesk } from '../../shared/grant/roles.ts';
import { ownMemberOf, sha256, textBytes } from '../../shared/hash.ts';
import type { DeviceKey, SpaceId } from '../../shared/ids.ts';
import { verifyEd25519 } from '../protocol/ed25519.ts';
import type { Authority } from '../rooms/authority.ts';
import type { IssuedGrant, Member, People } from '../rooms/people.ts';
import type { IdentityCheck } from './identity-token.ts';
import { issueGrant } from './issue-grant.ts';
import type { PeopleStorage, StoredInvitation } from './people-storage.ts';

export interface CommunityPeopleOptions {
  readonly storage: PeopleStorage;
  readonly authority: Authority;
  readonly now: () => number;
  /** Checks the brand's tokens; without it they are ignored. */
  readonly identify?: IdentityCheck | undefined;
}

/** What a device sends to use an invitation up. */
export interface RedeemAttempt {
  readonly code: string;
  readonly name: string;
  readonly device: DeviceKey;
  readonly signature: Uint8Array;
}

export type Redeemed =
  | { readonly type: 'joined'; readonly member: Member; readonly grant: IssuedGrant }
  | { readonly type: 'unknown' | 'used' | 'expired' | 'bad-signature' };

const INVITATION_MS = 7 * 24 * 3_600_000;

export class CommunityPeople implements People {
  readonly #options: CommunityPeopleOptions;

  constructor(options: CommunityPeopleOptions) {
    this.#options = options;
  }

  async membersOf(devices: readonly DeviceKey[]): Promise<ReadonlyMap<DeviceKey, Member>> {
    const joined = await this.#options.storage.membersByDevice(devices);
    return new Map(devices.map((device) => [device, joined.get(device) ?? visitorOf(device)]));
  }

  async greet(device: DeviceKey, token: string): Promise<Member> {
    const { storage, identify } = this.#options;
    const joined = (await storage.membersByDevice([device])).get(device);
    if (token === '' || !identify || (joined && answersAtDesk(joined.role)))
      return joined ?? visitorOf(device);
    const member = await identify(token);
    if (member === null || member === joined?.id) return joined ?? visitorOf(device);
    await storage.joinDevice(device, member);
    return (await storage.membersByDevice([device])).get(device) ?? visitorOf(device);
  }

  grantFor(device: DeviceKey, member: Member): IssuedGrant | null {
    return issueGrant(device, member, this.#options.now(), this.#options.authority);
  }

  /** A new single-use invitation; its code is told here and kept nowhere. */
  async invite(role: Role, spaces: readonly SpaceId[] = []): Promise<string> {
    const code = bytesToText(new Uint8Array(randomBytes(16)));
    const expires = this.#options.now() + INVITATION_MS;
    await this.#options.storage.addInvitation(hashOf(code), { role, spaces, expires });
    return code;
  }

  invitation(code: string): Promise<StoredInvitation | undefined> {
    return this.#options.storage.invitation(hashOf(code));
  }

  /** Uses an invitation up. The device keeps the member it already is, and so its history. */
  async redeem({ code, name, device, signature }: RedeemAttempt): Promise<Redeemed> {
    const { authority, storage, now } = this.#options;
    const message = concatBytes(
      domainPrefix('redeem', authority.fingerprint),
      textBytes(`${code}\n${name}`),
    );
    if (!verifyEd25519(textToBytes(device, 32), signature, message))
      return { type: 'bad-signature' };
    const { id } = await this.greet(device, '');
    const result = await storage.redeem({
      hash: hashOf(code),
      device,
      member: id,
      name,
      now: now(),
    });
    if (typeof result === 'string') return { type: result };
    const grant = issueGrant(device, result, now(), authority);
    return grant ? { type: 'joined', member: result, grant } : { type: 'unknown' };
  }
}

const hashOf = (code: string): string =>
  bytesToText(sha256(textBytes(`comptoir invitation\n${code}`)));

const visitorOf = (device: DeviceKey): Member => ({
  id: ownMemberOf(device),
  role: Role.visitor,
  name: '',
  spaces: [],
});
