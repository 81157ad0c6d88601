/** A hello, as a device that dialled `host` answers a challenge. */
import { randomBytes } from 'node:crypto';
import type { DeviceKey, Fingerprint } from '../../shared/ids.ts';
import { type Control, helloSignedBytes } from '../../shared/protocol/control.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/since.ts';

export type Challenge = Extract<Control, { readonly type: 'challenge' }>;
export type Hello = Extract<Control, { readonly type: 'hello' }>;

export function makeHello(
  identity: { readonly key: DeviceKey; readonly sign: (message: Uint8Array) => Uint8Array },
  community: Fingerprint,
  { nonce: relayNonce, relayKey }: Pick<Challenge, 'nonce' | 'relayKey'>,
  { host, token = '' }: { readonly host: string; readonly token?: string },
): Hello {
  const nonce = new Uint8Array(randomBytes(32));
  const said = { relayNonce, nonce, relayKey, host, token };
  const signature = identity.sign(helloSignedBytes(community, said));
  const protocol = PROTOCOL_VERSION;
  return { type: 'hello', protocol, device: identity.key, nonce, host, token, signature };
}
