/**
 * The device's half of hello: it proves itself to the relay, and makes the relay prove that it is the
 * community's before it believes anything else.
 */
import { PROTOCOL_VERSION } from '../../../shared/protocol/since.ts';
import {
  type FromDevice,
  type FromRelay,
  helloSignedBytes,
  welcomeSignedBytes,
} from '../../../shared/protocol/control.ts';
import { fingerprintOf } from '../../../shared/hash.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import { type Identity, verifyWithWebCrypto } from '../identity.ts';

type Message<T extends (FromDevice | FromRelay)['type']> = Extract<
  FromDevice | FromRelay,
  { readonly type: T }
>;

/** The relay at this address is not the community's, or speaks too new a protocol. */
export class HelloError extends Error {
  readonly why: 'reload' | 'wrong-relay';
  constructor(why: 'reload' | 'wrong-relay') {
    super(`hello failed: ${why}`);
    this.name = 'HelloError';
    this.why = why;
  }
}

export interface PendingHello {
  readonly hello: Message<'hello'>;
  /** Passes if the relay proved that it holds the community's key. */
  check(welcome: Message<'welcome'>): Promise<void>;
}

/** Answers a challenge. @throws {HelloError} if the relay cannot be this community's. */
export async function answerChallenge(
  challenge: Message<'challenge'>,
  options: {
    readonly community: Fingerprint;
    readonly identity: Identity;
    readonly host: string;
    readonly token: string;
  },
): Promise<PendingHello> {
  const { community, identity, host, token } = options;
  if (fingerprintOf(challenge.relayKey) !== community) throw new HelloError('wrong-relay');
  if (challenge.minProtocol > PROTOCOL_VERSION) throw new HelloError('reload');
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  const { relayKey, nonce: relayNonce } = challenge;
  const said = helloSignedBytes(community, { relayNonce, nonce, relayKey, host, token });
  const signature = await identity.sign(said);
  const { device } = identity;
  return {
    hello: { type: 'hello', protocol: PROTOCOL_VERSION, device, nonce, host, token, signature },
    async check({ member, time, signature: proof }) {
      const signed = welcomeSignedBytes(community, { relayNonce, nonce, device, member, time });
      if (!(await verifyWithWebCrypto(relayKey.slice(), proof.slice(), signed))) {
        throw new HelloError('wrong-relay');
      }
    },
  };
}
