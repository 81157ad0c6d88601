/** The desk's browser as the HTTP API sees it: an origin, a key that signs, a cookie. */
import { bytesToText, concatBytes } from '../../shared/bytes.ts';
import { domainPrefix } from '../../shared/domain.ts';
import { textBytes } from '../../shared/hash.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import type { SessionChallengeResponse } from '../../shared/api/sessions.ts';
import type { TestIdentity } from './test-device.ts';

export interface Opening {
  /** @default a new one */
  readonly nonce?: string;
  /** The host that is signed. @default the relay's */
  readonly host?: string;
  /** @default the relay's; null for none */
  readonly origin?: string | null;
  /** Purpose of the signature. @default session */
  readonly purpose?: 'session' | 'redeem';
}

export class BrowserClient {
  readonly #url: string;
  readonly #community: Fingerprint;
  readonly identity: TestIdentity;
  cookie = '';

  constructor(url: string, community: Fingerprint, identity: TestIdentity) {
    this.#url = url;
    this.#community = community;
    this.identity = identity;
  }

  async challenge(): Promise<string> {
    const answer = await this.send('POST', '/api/session/challenge');
    return ((await answer.json()) as SessionChallengeResponse).nonce;
  }

  /** Opens a session and keeps its cookie. */
  async open(opening: Opening = {}): Promise<Response> {
    const { host = new URL(this.#url).host, origin, purpose = 'session' } = opening;
    const nonce = opening.nonce ?? (await this.challenge());
    const message = textBytes(`${host}\n${nonce}`);
    const signed = concatBytes(domainPrefix(purpose, this.#community), message);
    const signature = bytesToText(this.identity.sign(signed));
    const body = JSON.stringify({ device: this.identity.key, nonce, signature });
    const answer = await this.send('POST', '/api/session', { body, origin });
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return answer;
  }

  send(
    method: string,
    path: string,
    given: {
      readonly body?: string | Uint8Array<ArrayBuffer>;
      readonly origin?: string | null | undefined;
    } = {},
  ): Promise<Response> {
    const { body = null, origin = this.#url } = given;
    const headers: Record<string, string> = {};
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    if (origin !== null) headers['origin'] = origin;
    if (this.cookie !== '') headers['cookie'] = this.cookie;
    return fetch(`${this.#url}${path}`, { method, headers, body });
  }
}
