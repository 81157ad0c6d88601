/**
 * The brand's statement of who a visitor is: a JWT (RFC 7519) that its own site signed for this community.
 */
import { type JWTVerifyGetKey, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { bytesToText } from '../../../shared/bytes.ts';
import { textBytes } from '../../../shared/hash.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Seal } from '../../core/ports/authority.ts';

export type Identity =
  | { readonly type: 'accepted'; readonly member: MemberId }
  | { readonly type: 'expired' | 'refused' }
  /** The brand's keys could not be fetched. */
  | { readonly type: 'unavailable' };

export type IdentityCheck = (token: string) => Promise<Identity>;

export interface IdentityOptions {
  /** Shared with the brand's site, at least 32 characters: tokens are HS256. */
  readonly secret: string | null;
  /** Where the brand publishes its public keys (RFC 7517): tokens are signed by one of them. */
  readonly jwksUrl: string | null;
  /** The `aud` that tokens must name. */
  readonly audience: string;
  /** Makes member ids, so that nobody can guess customer numbers from a member's id. */
  readonly seal: Seal;
  /** @default the system's clock */
  readonly now?: () => number;
}

/** The brand's clock may be off by this much. */
const CLOCK_SLACK_S = 60;
/** Public-key algorithms. Never HS256 with a public key (the classic confusion attack, RFC 8725 §3.1). */
const PUBLIC_KEY_ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'];

/** Undefined when the brand has set neither a secret nor a key address: tokens are then ignored. */
export function identityCheck(options: IdentityOptions): IdentityCheck | undefined {
  const { secret, jwksUrl, audience, seal, now = Date.now } = options;
  const keys: JWTVerifyGetKey | undefined =
    jwksUrl === null
      ? undefined
      : createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
  if (!keys && secret === null) return undefined;
  const shared = textBytes(secret ?? '');
  return async (token) => {
    const checks = {
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_SLACK_S,
      currentDate: new Date(now()),
    };
    try {
      const { payload } = keys
        ? await jwtVerify(token, keys, { ...checks, algorithms: PUBLIC_KEY_ALGORITHMS })
        : await jwtVerify(token, shared, { ...checks, algorithms: ['HS256'] });
      const { sub } = payload;
      return isName(sub)
        ? { type: 'accepted', member: memberOfSubject(sub, seal) }
        : { type: 'refused' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { type: 'expired' };
      return { type: isTokensFault(error) ? 'refused' : 'unavailable' };
    }
  };
}

/** When fetching the keys fails, jose throws a time-out, a generic error, or what fetch threw. */
const isTokensFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  error.code !== errors.JOSEError.code;

/** Only what stays itself as bytes: `{}` and `{}` would be one customer, and so would two halves of an emoji. */
const isName = (sub: unknown): sub is string =>
  typeof sub === 'string' && sub !== '' && sub.isWellFormed();

/** The member for a brand's customer, the same on each of their devices. */
const memberOfSubject = (subject: string, seal: Seal): MemberId =>
  bytesToText(seal(textBytes(`customer\n${subject}`))) as MemberId;
