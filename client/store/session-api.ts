/**
 * The part of the relay's HTTP API that needs a session. It opens one by itself with the device's
 * key, when a request finds that there is none.
 */
import type { ErrorResponse } from '../../shared/api/route/errors.ts';
import type { SessionChallengeResponse, SessionRequest } from '../../shared/api/sessions.ts';

/** Why a request came to nothing. `offline`: no answer that says more; worth another try. */
export type RequestProblem = ErrorResponse['error'] | 'offline';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: RequestProblem };

export interface SessionApi {
  /** @param path under `/api` */
  ask<T>(method: 'GET' | 'PUT' | 'DELETE', path: string, body?: object | Blob): Promise<Answer<T>>;
}

export interface SessionApiOptions {
  /** The relay's address, with its path if it has one; empty for the page's own origin. */
  readonly relay: string;
  readonly device: () => string;
  readonly sign: (host: string, nonce: string) => Promise<string>;
}

/** A photo on a slow line takes its time; the relay gives up a request after 20 s. */
const TIMEOUT_MS = 25_000;

export function createSessionApi({ relay, device, sign }: SessionApiOptions): SessionApi {
  const base = `${relay.replace(/\/$/, '')}/api`;
  let opening: Promise<Answer<unknown>> | null = null;

  const open = async (): Promise<Answer<unknown>> => {
    const challenge = await send<SessionChallengeResponse>('POST', `${base}/session/challenge`);
    if (!challenge.ok) return challenge;
    const { nonce } = challenge.value;
    const { host } = new URL(base, location.href);
    const request: SessionRequest = { device: device(), nonce, signature: await sign(host, nonce) };
    return send('POST', `${base}/session`, request);
  };

  return {
    async ask<T>(method: string, path: string, body?: object | Blob): Promise<Answer<T>> {
      const first = await send<T>(method, base + path, body);
      if (first.ok || first.problem !== 'no-session') return first;
      opening ??= open().finally(() => (opening = null));
      const opened = await opening;
      return opened.ok ? send<T>(method, base + path, body) : opened;
    },
  };
}

async function send<T>(method: string, url: string, body?: object | Blob): Promise<Answer<T>> {
  const isJson = body !== undefined && !(body instanceof Blob);
  try {
    const response = await fetch(url, {
      method,
      headers: isJson ? { 'content-type': 'application/json' } : {},
      body: isJson ? JSON.stringify(body) : (body ?? null),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = (await response.json()) as unknown;
    if (response.ok) return { ok: true, value: answer as T };
    return { ok: false, problem: (answer as ErrorResponse).error };
  } catch {
    return { ok: false, problem: 'offline' }; // no network, no relay, or not a relay's answer
  }
}
