/**
 * Branded names. A plain string becomes one of these in exactly one function each; inside, nothing checks
 * it again.
 */
import { textToBytes } from './bytes.ts';

declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** First 16 bytes of SHA-256 over what an entry's author signed, as base64url (22 characters). */
export type EntryId = Brand<'EntryId'>;
/** Self-certifying id of a conversation, 16 bytes as base64url (22 characters). */
export type ConversationId = Brand<'ConversationId'>;
/** An Ed25519 public key, 32 bytes as base64url (43 characters). */
export type DeviceKey = Brand<'DeviceKey'>;
/** A person known to the relay, 16 bytes as base64url (22 characters). */
export type MemberId = Brand<'MemberId'>;
/** Name of a space: 1 to 40 of a-z, 0-9 and hyphen. */
export type SpaceId = Brand<'SpaceId'>;
/** A decision about somebody's words, 16 random bytes as base64url (22 characters). */
export type DecisionId = Brand<'DecisionId'>;
/** First 16 bytes of SHA-256 of the community's public key, as base64url (22 characters). */
export type Fingerprint = Brand<'Fingerprint'>;

/** Only checks; the caller brands. */
function sized(text: string, length: number): string {
  textToBytes(text, length);
  return text;
}

/** @throws {RangeError} on anything but 16 bytes of base64url. */
export const parseEntryId = (text: string): EntryId => sized(text, 16) as EntryId;
/** @throws {RangeError} on anything but 16 bytes of base64url. */
export const parseConversationId = (text: string): ConversationId =>
  sized(text, 16) as ConversationId;
/** @throws {RangeError} on anything but 16 bytes of base64url. */
export const parseMemberId = (text: string): MemberId => sized(text, 16) as MemberId;
/** @throws {RangeError} on anything but 16 bytes of base64url. */
export const parseFingerprint = (text: string): Fingerprint => sized(text, 16) as Fingerprint;
/** @throws {RangeError} on anything but 32 bytes of base64url. */
export const parseDeviceKey = (text: string): DeviceKey => sized(text, 32) as DeviceKey;

/** @throws {RangeError} on anything but 1 to 40 of a-z, 0-9 and inner hyphens. */
export function parseSpaceId(text: string): SpaceId {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text)) {
    throw new RangeError('not a space name'); // never what was received: errors are logged
  }
  return text as SpaceId;
}
