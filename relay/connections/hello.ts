/** The hello: a device proves its key, for this relay and this connection only. */
import { textToBytes } from '../../shared/bytes.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import {
  type Control,
  helloSignedBytes,
  welcomeSignedBytes,
} from '../../shared/protocol/control.ts';
import { MIN_PROTOCOL_VERSION } from '../../shared/protocol/since.ts';
import type { Authority } from '../core/ports/authority.ts';
import type { Platform } from '../core/ports/platform.ts';
import type { IssuedGrant, Member } from '../core/ports/people.ts';

export type Hello = Extract<Control, { readonly type: 'hello' }>;
export type Welcome = Extract<Control, { readonly type: 'welcome' }>;

/** Nobody sends longer hosts and tokens. */
const MOST_HOST = 300;
const MOST_TOKEN = 8_000;

/** Null if the hello is proved, otherwise the code to close with. */
export async function refusalOfHello(
  hello: Hello,
  relayNonce: Uint8Array,
  authority: Authority,
  isOwnHost: (host: string) => boolean,
  verify: Platform['verify'],
): Promise<CloseCode | null> {
  if (hello.protocol < MIN_PROTOCOL_VERSION) return CloseCode.reload;
  if (hello.host.length > MOST_HOST || hello.token.length > MOST_TOKEN) return CloseCode.malformed;
  // Another host forwarded a hello meant for itself: the device is not at the other end.
  if (!isOwnHost(hello.host)) return CloseCode.unproved;
  const { nonce, host, token } = hello;
  const said = { relayNonce, nonce, relayKey: authority.key, host, token };
  const message = helloSignedBytes(authority.fingerprint, said);
  const proved = await verify(textToBytes(hello.device, 32), hello.signature, message);
  return proved ? null : CloseCode.unproved;
}

/** The relay's side of the proof, with the member and grant as they are now. */
export async function welcomeTo(
  hello: Hello,
  relayNonce: Uint8Array,
  authority: Authority,
  member: Member,
  grant: IssuedGrant | null,
  time: number,
  { blockedUntil, identity }: Pick<Welcome, 'blockedUntil' | 'identity'>,
): Promise<Welcome> {
  const { nonce, device } = hello;
  const said = { relayNonce, nonce, device, member: member.id, time };
  const signature = await authority.sign(welcomeSignedBytes(authority.fingerprint, said));
  return {
    type: 'welcome',
    member: member.id,
    grant: grant?.bytes ?? new Uint8Array(),
    time,
    signature,
    blockedUntil,
    identity,
  };
}
