/** Shapes of the relay's HTTP API: what the client and the relay agree on. Paths are under `/api`. */
import type { LocalText } from './records.ts';

/** `GET /api/community` */
export interface CommunityResponse {
  readonly fingerprint: string;
  /** The community's public key, base64url. */
  readonly key: string;
}

/**
 * `GET /api/spaces/<id>/face`: the public face that the launcher shows before anyone clicks. No
 * credentials, an ETag, at most 2 KB.
 */
export interface FaceResponse {
  readonly name: LocalText;
  /** How many of the desk are here, as in the roster. */
  readonly here: number;
  /** At most three who are here, else who were seen last. */
  readonly faces: readonly {
    readonly member: string;
    readonly name: string;
    readonly here: boolean;
  }[];
  readonly promise: LocalText;
}

/** `POST /api/invitations/look` with `{ code }`: what an invitation is for, without using it up. */
export interface InvitationResponse {
  readonly role: number;
  readonly spaces: readonly string[];
  readonly community: string;
  /** ms since the epoch. */
  readonly expires: number;
}

/**
 * `POST /api/invitations/redeem`: turns a single-use invitation into a membership of this device.
 * `signature`: by the device's key over domainPrefix('redeem') + UTF-8 of `code\nname`.
 */
export interface RedeemRequest {
  readonly code: string;
  readonly name: string;
  readonly device: string;
  readonly signature: string;
}

export interface RedeemResponse {
  readonly member: string;
  /** The encoded grant, base64url. */
  readonly grant: string;
  /** The community's public key, base64url: the device checks it against its fingerprint. */
  readonly key: string;
  /** The first space the grant holds in: where the desk opens. */
  readonly space: string;
}

/** Every API error: a code to act on, a sentence to show to a developer. */
export interface ErrorResponse {
  readonly error:
    | 'bad-request'
    | 'not-found'
    | 'invitation-used'
    | 'invitation-expired'
    | 'bad-signature'
    | 'too-many'
    | 'forbidden-origin'
    | 'unavailable';
  readonly message: string;
  /** Seconds to wait, for `too-many`. */
  readonly retryAfter?: number;
}
