/**
 * Control messages: the `data` of channel 0. Hello proves both ends to each other; then entries are
 * submitted and answered. PROTOCOL.md §5 and §6 say the order.
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
} as const;

/** What the relay made of the brand's token in a hello. On the wire: the index. */
export const IDENTITIES = ['none', 'accepted', 'expired', 'refused'] as const;
export type IdentityOutcome = (typeof IDENTITIES)[number];

/** What became of a linking code that a device gave. On the wire: the index. */
export const LINKS = ['linked', 'unknown', 'later', 'full', 'other'] as const;
/**
 * `unknown`: no such code, or no longer. `later`: too many tries. `full`: the member has all the
 * devices they may. `other`: this device belongs to somebody else
 * already: to a member of the desk, or to another customer that the brand has named.
 */
export type LinkOutcome = (typeof LINKS)[number];

/** `blockedUntil` of somebody who is blocked without an end. */
export const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** A member's private record (canned reply, setting, marker): newest `time` wins, then device. */
export interface PrivateRecord {
  readonly key: string;
  /** JSON text; empty removes the record. */
  readonly value: string;
  readonly time: number;
}

export type Control =
  /** Relay, first: who it says it is, and its nonce. */
  | {
      readonly type: 'challenge';
      readonly protocol: number;
      readonly minProtocol: number;
      readonly relayKey: Uint8Array;
      readonly nonce: Uint8Array;
      readonly time: number;
    }
  /** Device: who it is, signed over both nonces. `token` is the brand's JWT, or empty. */
  | {
      readonly type: 'hello';
      readonly protocol: number;
      readonly device: DeviceKey;
      readonly nonce: Uint8Array;
      readonly host: string;
      readonly token: string;
      readonly signature: Uint8Array;
    }
  /** Relay: proved in turn. `grant` is empty for a device that has none. */
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
  /** Relay, every 20 s: it is alive, and its time. */
  | { readonly type: 'keepalive'; readonly time: number }
  /** Device of a helper: whether questions may be brought to them. */
  | { readonly type: 'available'; readonly available: boolean }
  /** Device: its member's private records; they come back as rows of the member's room. */
  | { readonly type: 'put'; readonly records: readonly PrivateRecord[] }
  /** Device: rows, with receipts, that this relay lacks since it was restored from a backup. Answered like a submit. */
  | { readonly type: 'offer'; readonly rows: readonly Uint8Array[] }
  /** Device: wants a token that opens one room at its own path for 5 minutes. */
  | { readonly type: 'tokenWanted'; readonly room: string }
  | { readonly type: 'token'; readonly room: string; readonly token: string }
  /** Relay: entries to forget wherever they are kept. */
  | { readonly type: 'erased'; readonly ids: readonly EntryId[] }
  /** Device: wants a short code with which another device joins its member. `label`: what it calls itself. */
  | { readonly type: 'linkWanted'; readonly label: string }
  /** Relay: the code, good once and until `expires`; empty when the member has all the devices they may. */
  | { readonly type: 'linkCode'; readonly code: string; readonly expires: number }
  /** Device: joins the member whose device was given this code. */
  | { readonly type: 'link'; readonly code: string; readonly label: string }
  /** Relay: what became of it. After `linked` it closes with 1001: the device comes back as that member. */
  | { readonly type: 'linked'; readonly outcome: LinkOutcome }
  /** Device: cuts a device of its own member off. */
  | { readonly type: 'removeDevice'; readonly device: DeviceKey }
  /** Device: what the page tells helpers of the visitor, as a JSON object of texts; kept nowhere. */
  | { readonly type: 'attributes'; readonly json: string };

type Messages<T extends Control['type']> = Extract<Control, { readonly type: T }>;
/** What a device says. */
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
>;
/** What the relay says. */
export type FromRelay = Exclude<Control, FromDevice>;

/** What the device signs in its hello. The host is the one it dialled: a hello passed on by another host fails. */
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
