/**
 * The part of the relay's HTTP API that needs a session. It opens one by itself with the device's key if a
 * request finds that there is none.
 */
import type { AskedFor, BodyFor, ResponseFor, RouteName } from '../../shared/api/named.ts';
import type { ErrorResponse } from '../../shared/api/route/errors.ts';
import { relayAddress } from '../signals/page.ts';

/** Why a request failed. `offline`: no answer that says more; worth another try. */
export type RequestProblem = ErrorResponse['error'] | 'offline';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: RequestProblem };

/** The body that a route is asked with, where it takes one. */
type Body<Name extends RouteName> =
  BodyFor<Name, Blob> extends undefined ? readonly [] : readonly [body: BodyFor<Name, Blob>];

export interface SessionApi {
  /** @param route its method and path */
  ask<Name extends RouteName<'desk'>>(
    route: Name,
    ...body: Body<Name>
  ): Promise<Answer<ResponseFor<Name>>>;
  /** The same of the office, for a manager of all spaces. */
  office<Name extends RouteName<'office'>>(
    route: Name,
    asked: AskedFor<Name>,
  ): Promise<Answer<ResponseFor<Name>>>;
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
  const base = relayAddress(relay);
  let opening: Promise<Answer<unknown>> | null = null;

  async function send<Name extends RouteName>(
    route: Name,
    ...[body]: Body<Name> | readonly []
  ): Promise<Answer<ResponseFor<Name>>> {
    const [method = '', path = ''] = route.split(' ');
    return sent(method, base + path, body);
  }
  const open = async (): Promise<Answer<unknown>> => {
    const challenge = await send('POST /api/session/challenge');
    if (!challenge.ok) return challenge;
    const { nonce } = challenge.value;
    const { host } = new URL(base);
    return send('POST /api/session', {
      device: device(),
      nonce,
      signature: await sign(host, nonce),
    });
  };

  /** Once more with a session, if there was none. */
  async function inSession<T>(request: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const first = await request();
    if (first.ok || first.problem !== 'no-session') return first;
    opening ??= open().finally(() => (opening = null));
    const opened = await opening;
    return opened.ok ? request() : opened;
  }

  return {
    ask: (route, ...body) => inSession(() => send(route, ...body)),
    office(route, asked) {
      const [method = '', path = ''] = route.split(' ');
      const { body } = asked as { readonly body?: unknown };
      return inSession(() => sent(method, base + filled(path, asked), body));
    },
  };
}

/** A path with its names and its query. */
function filled(path: string, asked: unknown): string {
  const { params = {}, query = {} } = asked as {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string | undefined>>;
  };
  const whole = path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const given = Object.entries(query).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  return given.length === 0 ? whole : `${whole}?${new URLSearchParams(given).toString()}`;
}

async function sent<T>(method: string, url: string, body: unknown): Promise<Answer<T>> {
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
    const answer = response.status === 204 ? undefined : ((await response.json()) as unknown);
    if (response.ok) return { ok: true, value: answer as T };
    return { ok: false, problem: (answer as ErrorResponse).error };
  } catch {
    return { ok: false, problem: 'offline' }; // no network, no relay, or not a relay's answer
  }
}
