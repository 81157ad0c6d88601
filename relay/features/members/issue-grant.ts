/** Grants: the community's statement that a device acts for a member of the desk, for about a shift. */
import { concatBytes } from '../../../shared/bytes.ts';
import { encodeGrant, grantSignedBytes } from '../../../shared/grant/grant.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { DeviceKey } from '../../../shared/ids.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { IssuedGrant, Member } from '../../core/ports/people.ts';

const GRANT_MS = 12 * 3_600_000;

/** A grant from now on; null for a member without a role at the desk. */
export async function issueGrant(
  device: DeviceKey,
  member: Member,
  now: number,
  authority: Authority,
): Promise<IssuedGrant | null> {
  if (!answersAtDesk(member.role)) return null;
  const expires = now + GRANT_MS;
  const { id, role, name, spaces } = member;
  const unsigned = encodeGrant({ device, member: id, role, name, spaces, issued: now, expires });
  const signature = await authority.sign(grantSignedBytes(unsigned, authority.fingerprint));
  return { bytes: concatBytes(unsigned, signature), expires };
}
