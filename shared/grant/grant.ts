/**
 * A grant: the community's key certifies that a device acts for a member with a role in some
 * spaces until a time. Anyone can check it with no network. Bytes: PROTOCOL.md §3.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';
import { bytesToText, concatBytes, textToBytes } from '../bytes.ts';
import { domainPrefix } from '../domain.ts';
import type { Verify } from '../verify.ts';
import {
  type DeviceKey,
  type Fingerprint,
  type MemberId,
  type SpaceId,
  parseSpaceId,
} from '../ids.ts';
import { Limits } from '../limits.ts';
import { type Role, parseRole } from './roles.ts';

const GRANT_VERSION = 1;
const SIGNATURE_LENGTH = 64;

/** What a grant says. */
export interface Grant {
  readonly device: DeviceKey;
  readonly member: MemberId;
  readonly role: Role;
  /** The member's shown name. */
  readonly name: string;
  /** Spaces it holds in; empty means every space of the community. */
  readonly spaces: readonly SpaceId[];
  /** ms since the epoch. */
  readonly issued: number;
  /** ms since the epoch; not valid from then on. */
  readonly expires: number;
}

/** A grant together with the bytes that prove it. */
export interface SignedGrant extends Grant {
  readonly bytes: Uint8Array;
}

/** The grant's bytes up to its signature. */
export function encodeGrant(grant: Grant): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeUint8(encoder, GRANT_VERSION);
    encoding.writeUint8Array(encoder, textToBytes(grant.device, 32));
    encoding.writeUint8Array(encoder, textToBytes(grant.member, 16));
    encoding.writeUint8(encoder, grant.role);
    encoding.writeVarString(encoder, grant.name);
    encoding.writeVarUint(encoder, grant.issued);
    encoding.writeVarUint(encoder, grant.expires);
    encoding.writeVarUint(encoder, grant.spaces.length);
    for (const space of grant.spaces) encoding.writeVarString(encoder, space);
  });
}

/** What the community's key signs for a grant. */
export const grantSignedBytes = (
  unsigned: Uint8Array,
  community: Fingerprint,
): Uint8Array<ArrayBuffer> => concatBytes(domainPrefix('grant', community), unsigned);

/**
 * Reads a grant. It finds the signature but does not check it.
 * @throws {RangeError} if the bytes are not a grant of this version.
 */
export function decodeGrant(bytes: Uint8Array): SignedGrant {
  if (bytes.length > Limits.grantBytes) throw new RangeError('grant too long');
  try {
    const decoder = decoding.createDecoder(bytes.subarray(0, bytes.length - SIGNATURE_LENGTH));
    const version = decoding.readUint8(decoder);
    if (version !== GRANT_VERSION) throw new RangeError(`grant version ${version}`);
    const device = bytesToText(decoding.readUint8Array(decoder, 32)) as DeviceKey;
    const member = bytesToText(decoding.readUint8Array(decoder, 16)) as MemberId;
    const role = parseRole(decoding.readUint8(decoder));
    const name = decoding.readVarString(decoder);
    const issued = decoding.readVarUint(decoder);
    const expires = decoding.readVarUint(decoder);
    const count = decoding.readVarUint(decoder);
    if (count > 40) throw new RangeError('too many spaces');
    const spaces = Array.from({ length: count }, () =>
      parseSpaceId(decoding.readVarString(decoder)),
    );
    return { device, member, role, name, issued, expires, spaces, bytes: bytes.slice() };
  } catch (cause) {
    throw new RangeError('not a grant', { cause });
  }
}

/** Whether the community's key (raw, 32 bytes) signed these grant bytes. */
export async function verifyGrant(
  bytes: Uint8Array,
  community: Fingerprint,
  communityKey: Uint8Array,
  verify: Verify,
): Promise<boolean> {
  const split = bytes.length - SIGNATURE_LENGTH;
  if (split < 1) return false;
  const message = grantSignedBytes(bytes.subarray(0, split), community);
  return verify(communityKey.slice(), bytes.slice(split), message);
}

/** Whether a role in these spaces is one in that space: none named is all of them. */
export const coversSpace = (spaces: readonly SpaceId[], space: SpaceId): boolean =>
  spaces.length === 0 || spaces.includes(space);

/** Whether a (verified) grant is valid for a device in a space at a time. */
export function grantHolds(grant: Grant, device: DeviceKey, space: SpaceId, now: number): boolean {
  return grant.device === device && coversSpace(grant.spaces, space) && now < grant.expires;
}
