/** A device of somebody else, for entries that are not this browser's. */
import { bytesToText } from '../../shared/bytes.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import { signEntry } from '../../shared/entry/sign-entry.ts';
import type { ConversationId, DeviceKey, Fingerprint } from '../../shared/ids.ts';

/** What a device that nobody knows says in a conversation. */
export async function strangerSays(
  community: Fingerprint,
  conversation: ConversationId,
  text: string,
  time = Date.now(),
): Promise<Entry> {
  const keys = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const key = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  return signEntry(
    {
      conversation,
      author: bytesToText(key) as DeviceKey,
      time,
      content: { kind: 'say', text },
      nonce: crypto.getRandomValues(new Uint8Array(8)),
    },
    community,
    async (said) => new Uint8Array(await crypto.subtle.sign('Ed25519', keys.privateKey, said)),
  );
}
