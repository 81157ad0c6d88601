/**
 * Ownership without a server: a conversation's id is a hash over its asker's key and 16 random
 * bytes that its `ask` carries. Anyone can check who owns it; nobody can take it.
 */
import { bytesToText, textToBytes } from '../bytes.ts';
import { domainPrefix } from '../domain.ts';
import { shortHash, textBytes } from '../hash.ts';
import type { ConversationId, DeviceKey, Fingerprint } from '../ids.ts';

/** The id of the conversation that `asker` opens with `salt` (16 random bytes). */
export function conversationIdOf(
  asker: DeviceKey,
  salt: Uint8Array,
  community: Fingerprint,
): ConversationId {
  const prefix = domainPrefix('entry', community);
  const hash = shortHash(prefix, textBytes('conversation'), textToBytes(asker, 32), salt);
  return bytesToText(hash) as ConversationId;
}
