/**
 * Control messages: the `data` of channel 0. Hello proves both ends to each other; after that, devices
 * submit entries and the relay answers. PROTOCOL.md §5 and §6 have the order.
 */
import { concatBytes, textToBytes } from '../bytes.ts';
import { domainPrefix } from '../domain.ts';
import { textBytes } from '../hash.ts';
import type { DeviceKey, EntryId, Fingerprint, MemberId } from '../ids.ts';
import type { Outcome } from './outcome.ts';

export const ControlType = {
  challenge: 0,
  hello: 1,
  welcome: 2,
  submit: 3,
  answer: 4,
  keepalive: 5,
  available: 6,
  put: 7,
  offer: 8,
  tokenWanted: 9,
  token: 10,
  erased: 11,
  linkWanted: 12,
  linkCode: 13,
  link: 14,
  linked: 15,
  removeDevice: 16,
  attributes: 17,
  ping: 24,
} as const;

/** The result for the brand's token in a hello. On the wire: the index. */
export const IDENTITIES = ['none', 'accepted', 'expired', 'refused'] as const;
export type IdentityOutcome = (typeof IDENTITIES)[number];

/** The result for a linking code. On the wire: the index. */
export const LINKS = ['linked', 'unknown', 'later', 'full', 'other'] as const;
/**
 * `unknown`: no such code, or no longer. `later`: too many tries. `full`: the member has all the devices
 * allowed. `other`: this device already belongs to somebody else: to a member of the desk, or to another
 * customer that the brand has named.
 */
export type LinkOutcome = (typeof LINKS)[number];

/** `blockedUntil` for a block without an end. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** A member's private record (canned reply, setting, marker): newest `time` wins, then device. */
export interface PrivateRecord {
  readonly key: string;
  /** JSON text; empty removes the record. */
  readonly value: string;
  readonly time: number;
}

export type Control =
  /** From the relay, first: who it claims to be, and its nonce. */
  | {
      readonly type: 'challenge';
      readonly protocol: number;
      readonly minProtocol: number;
      readonly relayKey: Uint8Array;
      readonly nonce: Uint8Array;
      readonly time: number;
    }
  /** From the device: who it is, signed over both nonces. `token` is the brand's JWT, or empty. */
  | {
      readonly type: 'hello';
      readonly protocol: number;
      readonly device: DeviceKey;
      readonly nonce: Uint8Array;
      readonly host: string;
      readonly token: string;
      readonly signature: Uint8Array;
    }
  /** From the relay: its own proof. `grant` is empty for a device that has none. */
  | {
      readonly type: 'welcome';
      readonly member: MemberId;
      readonly grant: Uint8Array;
      readonly time: number;
      readonly signature: Uint8Array;
      /** When this device may write again, ms since the epoch; 0 if it may, `FOR_EVER` if never. */
      readonly blockedUntil: number;
      readonly identity: IdentityOutcome;
    }
  | { readonly type: 'submit'; readonly entries: readonly Uint8Array[] }
  | {
      readonly type: 'answer';
      readonly answers: readonly { readonly id: EntryId; readonly outcome: Outcome }[];
    }
  /** From the relay, every 20 s: it is alive, and its time. */
  | { readonly type: 'keepalive'; readonly time: number }
  /** From a helper's device: whether they take questions now. */
  | { readonly type: 'available'; readonly available: boolean }
  /** From the device: its member's private records. They come back as rows of the member's room. */
  | { readonly type: 'put'; readonly records: readonly PrivateRecord[] }
  /**
   * From the device: rows, with receipts, that this relay lacks since it was restored from a backup.
   * Answered like a submit.
   */
  | { readonly type: 'offer'; readonly rows: readonly Uint8Array[] }
  /** From the device: it wants a token that opens one room at its own path for 5 minutes. */
  | { readonly type: 'tokenWanted'; readonly room: string }
  | { readonly type: 'token'; readonly room: string; readonly token: string }
  /** From the relay: entries to forget wherever they are kept. */
  | { readonly type: 'erased'; readonly ids: readonly EntryId[] }
  /**
   * From the device: it wants a short code by which another device joins its member. `label`: its name for
   * itself.
   */
  | { readonly type: 'linkWanted'; readonly label: string }
  /**
   * From the relay: the code, valid once and until `expires`; empty if the member has all the devices
   * allowed.
   */
  | { readonly type: 'linkCode'; readonly code: string; readonly expires: number }
  /** From the device: it joins the member whose device got this code. */
  | { readonly type: 'link'; readonly code: string; readonly label: string }
  /**
   * From the relay: the result. After `linked` it closes with 1001, and the device comes back as that
   * member.
   */
  | { readonly type: 'linked'; readonly outcome: LinkOutcome }
  /** From the device: cuts off another device of its own member. */
  | { readonly type: 'removeDevice'; readonly device: DeviceKey }
  /**
   * From the device: what the page tells helpers about the visitor, as a JSON object of texts; stored
   * nowhere.
   */
  | { readonly type: 'attributes'; readonly json: string }
  /** From the device: is the relay still there? It answers by a keepalive. */
  | { readonly type: 'ping' };

type Messages<T extends Control['type']> = Extract<Control, { readonly type: T }>;
/** What a device sends. */
export type FromDevice = Messages<
  | 'hello'
  | 'submit'
  | 'available'
  | 'put'
  | 'offer'
  | 'tokenWanted'
  | 'linkWanted'
  | 'link'
  | 'removeDevice'
  | 'attributes'
  | 'ping'
>;
/** What the relay sends. */
export type FromRelay = Exclude<Control, FromDevice>;

/**
 * What the device signs in its hello. The host is the one that it dialled, so a hello forwarded by another
 * host fails.
 */
export function helloSignedBytes(
  community: Fingerprint,
  hello: {
    readonly relayNonce: Uint8Array;
    readonly nonce: Uint8Array;
    readonly relayKey: Uint8Array;
    readonly host: string;
    readonly token: string;
  },
): Uint8Array<ArrayBuffer> {
  const said = textBytes(`${hello.host}\n${hello.token}`);
  return concatBytes(
    domainPrefix('hello', community),
    hello.relayNonce,
    hello.nonce,
    hello.relayKey,
    said,
  );
}

/** What the relay signs in its welcome, with the community's key. */
export function welcomeSignedBytes(
  community: Fingerprint,
  welcome: {
    readonly relayNonce: Uint8Array;
    readonly nonce: Uint8Array;
    readonly device: DeviceKey;
    readonly member: MemberId;
    readonly time: number;
  },
): Uint8Array<ArrayBuffer> {
  const said = textBytes(`${welcome.member}\n${welcome.time}`);
  return concatBytes(
    domainPrefix('welcome', community),
    welcome.relayNonce,
    welcome.nonce,
    textToBytes(welcome.device, 32),
    said,
  );
}
