/** Shapes of the relay's HTTP API: what the client and the relay agree on. Paths are under `/api`. */
import type { LocalText } from './records.ts';

// Invitations, for whoever has the link.

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
  /** The shown name of the member it brings back; empty for a new one. */
  readonly name: string;
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

// A session: the browser of somebody of the desk, by a cookie that no script reads.

/** `POST /api/session/challenge`: what to sign, once and within 2 minutes. */
export interface SessionChallengeResponse {
  readonly nonce: string;
}

/**
 * `POST /api/session`: opens a session and sets its cookie; `DELETE /api/session` ends it.
 * `signature`: by the device's key over domainPrefix('session') + UTF-8 of `host\nnonce`, where `host`
 * is the relay's as the page dialled it.
 */
export interface SessionRequest {
  readonly device: string;
  readonly nonce: string;
  readonly signature: string;
}

export interface SessionResponse {
  readonly member: string;
  readonly role: number;
  /** ms since the epoch. */
  readonly expires: number;
}

/** `GET /api/me/card` and, without `photo`, the body of `PUT /api/me/card`. Needs a session. */
export interface OwnCard {
  readonly name: string;
  readonly topics: readonly string[];
  readonly store: string;
  readonly owns: readonly string[];
  /**
   * `PUT /api/me/photo` takes the bytes of an image, `DELETE` takes the photo away. `held`: a manager
   * has not seen it yet. `name`: at `/api/photos/<name>`, which shows a held one to its owner and
   * managers only.
   */
  readonly photo: { readonly name: string; readonly held: boolean } | null;
}

// The office: needs the session of a manager, or the relay's own command line.

/** `GET /api/office/invitations`: all that are not older than 90 days, newest first. */
export interface OfficeInvitation {
  readonly id: string;
  readonly role: number;
  readonly spaces: readonly string[];
  readonly topics: readonly string[];
  /** What the manager wrote to know it again. */
  readonly note: string;
  /** The member it brings back; null when it makes a new one. */
  readonly member: string | null;
  /** The manager whose word it is; null for the command line's. */
  readonly madeBy: string | null;
  readonly created: number;
  readonly expires: number;
  readonly state: 'waiting' | 'used' | 'expired' | 'revoked';
  readonly usedBy: string | null;
}

/** `POST /api/office/invitations`. `DELETE /api/office/invitations/<id>` revokes it. */
export interface InviteRequest {
  readonly role?: number | undefined;
  readonly spaces?: readonly string[] | undefined;
  readonly topics?: readonly string[] | undefined;
  readonly note?: string | undefined;
  /** Brings this member back on a new device; role, spaces and topics stay theirs. */
  readonly member?: string | undefined;
  /** @default 7 */
  readonly days?: number | undefined;
}

/** Of a new invitation, and of `POST /api/office/invitations/<id>/resend`, which voids the link before. */
export interface InviteResponse {
  readonly id: string;
  /** Told here and kept nowhere. */
  readonly link: string;
  readonly expires: number;
}

/** `GET /api/office/members`: the desk's, by name; `?all=1`: every member that has a device or a role. */
export interface OfficeMember {
  readonly member: string;
  readonly name: string;
  readonly role: number;
  readonly spaces: readonly string[];
  readonly topics: readonly string[];
  readonly since: number;
  readonly here: boolean;
  readonly devices: readonly {
    readonly device: string;
    readonly label: string;
    readonly since: number;
  }[];
}

/**
 * `PATCH /api/office/members/<id>`: changes a role at once; role 0 takes it away.
 * `DELETE /api/office/members/<id>/devices/<key>` cuts a device off.
 */
export interface MemberChange {
  readonly role?: number | undefined;
  readonly spaces?: readonly string[] | undefined;
  readonly topics?: readonly string[] | undefined;
}

/** `GET /api/office/blocks`. `DELETE /api/office/blocks/<id>` lifts it. */
export interface OfficeBlock {
  readonly id: string;
  readonly subject: 'member' | 'device' | 'address';
  /** The member or the device; of an address only how wide: `IPv4 /24`. */
  readonly shown: string;
  readonly reason: string;
  readonly created: number;
  /** null: until it is lifted. */
  readonly expires: number | null;
}

/** `POST /api/office/blocks`: one of `member`, `device`, `address`, `addressesOf`. */
export interface BlockRequest {
  readonly member?: string | undefined;
  readonly device?: string | undefined;
  /** An address or network, such as 203.0.113.0/24. Kept as a keyed hash only. */
  readonly address?: string | undefined;
  /** The addresses that this member was seen at. */
  readonly addressesOf?: string | undefined;
  readonly reason?: string | undefined;
  /** Hours; until it is lifted when absent. */
  readonly hours?: number | undefined;
}

/** `GET /api/office/photos`: those that wait for a manager's eye. `POST …/<name>/show` or `…/<name>/refuse`. */
export interface OfficePhoto {
  readonly name: string;
  readonly member: string;
  readonly memberName: string;
  readonly uploaded: number;
}

/** `PATCH /api/office/spaces/<id>`. */
export interface SpaceChange {
  readonly mode?: 'open' | 'closed' | undefined;
  readonly attributes?: readonly string[] | undefined;
}

/** Every API error: a code to act on, a sentence to show to a developer. */
export interface ErrorResponse {
  readonly error:
    | 'bad-request'
    | 'not-found'
    | 'invitation-used'
    | 'invitation-expired'
    | 'bad-signature'
    | 'no-session'
    | 'forbidden'
    | 'too-big'
    | 'not-an-image'
    | 'too-many'
    | 'forbidden-origin'
    | 'unavailable';
  readonly message: string;
  /** Seconds to wait, for `too-many`. */
  readonly retryAfter?: number;
}
