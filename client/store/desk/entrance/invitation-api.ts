/** The relay's HTTP API as the desk needs it: looking at an invitation, and redeeming it. */
import { textToBytes } from '../../../../shared/bytes.ts';
import type { BodyFor, ResponseFor, RouteName } from '../../../../shared/api/named.ts';
import type { ErrorResponse } from '../../../../shared/api/route/errors.ts';
import type {
  InvitationResponse,
  RedeemRequest,
  RedeemResponse,
} from '../../../../shared/api/invitations.ts';
import { relayAddress } from '../../../signals/page.ts';

/** What stands in the way only now: worth another try. */
export const passing = {
  offline: true,
  away: true,
  later: true,
  busy: true,
  moderated: true,
} as const;

/**
 * Why an invitation did not open the desk. `offline`: this device has no network. `away`: no answer of a
 * relay's. `later`: too many tries. `busy`: the relay says that it cannot. `moderated`: the name has no place here.
 */
export type InvitationProblem = 'used' | 'expired' | 'unknown' | 'blocked' | keyof typeof passing;

export type ApiResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: InvitationProblem };

export interface InvitationApi {
  look(code: string): Promise<ApiResult<InvitationResponse>>;
  redeem(request: RedeemRequest): Promise<ApiResult<RedeemResponse>>;
}

const TIMEOUT_MS = 15_000;

const problems: Readonly<Partial<Record<ErrorResponse['error'], InvitationProblem>>> = {
  'invitation-used': 'used',
  'invitation-expired': 'expired',
  'not-found': 'unknown',
  'bad-request': 'unknown',
  'bad-signature': 'unknown',
  forbidden: 'blocked',
  'too-many': 'later',
  moderated: 'moderated',
  unavailable: 'busy',
};

/** @param relay the relay's address, with its path if it has one; empty for the page's own origin */
export function createInvitationApi(relay: string): InvitationApi {
  const base = relayAddress(relay);
  return {
    look: (code) => post(base, '/api/invitations/look', { code }),
    redeem: (request) => post(base, '/api/invitations/redeem', request),
  };
}

type Path = RouteName extends infer Name
  ? Name extends `POST ${infer Rest}`
    ? Rest
    : never
  : never;

async function post<P extends Path>(
  base: string,
  path: P,
  body: BodyFor<`POST ${P}`>,
): Promise<ApiResult<ResponseFor<`POST ${P}`>>> {
  try {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = (await response.json()) as unknown;
    if (response.ok) return { ok: true, value: answer as ResponseFor<`POST ${P}`> };
    return { ok: false, problem: problems[(answer as ErrorResponse).error] ?? 'away' };
  } catch {
    // No network, no relay, or not a relay's answer.
    return { ok: false, problem: navigator.onLine ? 'away' : 'offline' };
  }
}

/** Base64url text of any length as bytes. @throws {RangeError} */
export const bytesOf = (text: string): Uint8Array =>
  textToBytes(text, Math.floor((text.length * 3) / 4));
