/** The brand's word for who a visitor is: a JWT (HS256) that its own site signed for this community. */
import { jwtVerify } from 'jose';
import { bytesToText } from '../../shared/bytes.ts';
import { shortHash, textBytes } from '../../shared/hash.ts';
import type { Fingerprint, MemberId } from '../../shared/ids.ts';

export type IdentityCheck = (token: string) => Promise<MemberId | null>;

/** @param secret shared with the brand's site, at least 32 characters. */
export function identityCheck(secret: string, community: Fingerprint): IdentityCheck {
  const key = textBytes(secret);
  return async (token) => {
    try {
      const options = {
        algorithms: ['HS256'],
        audience: community,
        requiredClaims: ['exp', 'sub'],
      };
      const { payload } = await jwtVerify(token, key, options);
      return payload.sub ? memberOfSubject(payload.sub) : null;
    } catch {
      return null; // not the brand's, or too old: the device stays who it was
    }
  };
}

/** The member that a brand's customer is: the same on each of their devices. */
const memberOfSubject = (subject: string): MemberId =>
  bytesToText(shortHash(textBytes(`comptoir customer\n${subject}`))) as MemberId;
