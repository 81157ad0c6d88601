/**
 * Sessions: a browser of somebody of the desk, known by a cookie that no script reads. The cookie
 * says which device, until when, sealed with a key of this run of the relay: no other run takes it, so
 * memory is enough to know which were ended. Who that device is by now is looked up at each request,
 * so a role that was taken away counts at once.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { bytesToText, concatBytes, textToBytes } from '../../../shared/bytes.ts';
import { domainPrefix } from '../../../shared/domain.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import { textBytes } from '../../../shared/hash.ts';
import { type DeviceKey, parseDeviceKey } from '../../../shared/ids.ts';
import type { SessionChallengeResponse, SessionResponse } from '../../../shared/api/sessions.ts';
import { addressNames } from '../../core/limits/networks.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { Member, People } from '../../core/ports/people.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import { apiError, parsedBody } from '../../http/api-error.ts';
import type { Hosts } from '../../http/own-hosts.ts';

export interface BrowserSessionsOptions {
  readonly authority: Authority;
  readonly people: Pick<People, 'membersOf' | 'blockedUntil'>;
  readonly platform: Platform;
  readonly hosts: Pick<Hosts, 'isOwnOrigin'>;
  readonly addressOf: (context: Context) => string;
}

/** With `__Host-`: no other host of the domain can set it, plain HTTP cannot (RFC 6265bis, 4.1.3). */
const COOKIE = 'comptoir';
const COOKIE_OPTIONS = {
  prefix: 'host',
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Strict',
} as const;

const SESSION_MS = 12 * 3_600_000;
const NONCE_MS = 2 * 60_000;
/** Challenges and openings from one address. */
const TRIES = { burst: 30, perSecond: 0.5 };
/** Nonces remembered as used; only openings that succeed are. */
const MOST_USED = 10_000;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Sealed {
  readonly what: string;
  readonly expires: number;
}

const openSchema = v.object({
  device: v.pipe(v.string(), v.transform(parseDeviceKey)),
  nonce: v.pipe(v.string(), v.maxLength(80)),
  signature: v.pipe(
    v.string(),
    v.transform((text) => textToBytes(text, 64)),
  ),
});

export class BrowserSessions {
  readonly #options: BrowserSessionsOptions;
  readonly #tries: TokenBuckets;
  readonly #key = randomBytes(32);
  /** By when they expire anyway. */
  readonly #used = new Map<string, number>();
  /** By device of the desk: its sessions that expire by then were ended. */
  readonly #ended = new Map<string, number>();

  constructor(options: BrowserSessionsOptions) {
    this.#options = options;
    this.#tries = new TokenBuckets(TRIES, options.platform.clock.now);
  }

  /** The member of the desk whose session a request is of; null without a session. */
  async memberOf(context: Context): Promise<Member | null> {
    const session = this.#sessionOf(context);
    return session ? this.#deskMember(session.what as DeviceKey) : null;
  }

  /** Refuses a change that a session's browser was sent to make by another origin's page (CSRF). */
  readonly guard: MiddlewareHandler = async (context, next) => {
    const carries = getCookie(context, COOKIE, 'host') !== undefined;
    if (!SAFE.has(context.req.method) && carries && !this.#ownHost(context))
      return refuseOrigin(context);
    return next();
  };

  /** `POST /session/challenge`, `POST /session`, `DELETE /session`. */
  routes(): Hono {
    const app = new Hono();
    app.use(
      '/session/*',
      bodyLimit({
        maxSize: 2_048,
        onError: (context) => apiError(context, 'bad-request', 'The body is too long.'),
      }),
    );
    app.on('POST', ['/session', '/session/challenge'], async (context, next) => {
      const waitMs = this.#tries.take(addressNames(this.#options.addressOf(context)).narrow);
      if (waitMs > 0)
        return apiError(context, 'too-many', 'Too many tries.', Math.ceil(waitMs / 1_000));
      return next();
    });
    app.post('/session/challenge', (context) => {
      context.header('Cache-Control', 'no-store');
      return context.json({ nonce: this.#challenge() } satisfies SessionChallengeResponse);
    });
    app.post('/session', (context) => this.#open(context));
    app.delete('/session', (context) => {
      this.#end(context);
      deleteCookie(context, COOKIE, COOKIE_OPTIONS);
      return context.body(null, 204);
    });
    return app;
  }

  async #open(context: Context): Promise<Response> {
    const { authority, platform } = this.#options;
    const host = this.#ownHost(context);
    if (!host) return refuseOrigin(context);
    const body = await parsedBody(context, openSchema);
    if (!body)
      return apiError(context, 'bad-request', 'Expected a device, a nonce and a signature.');
    const { device, nonce, signature } = body;
    const message = concatBytes(
      domainPrefix('session', authority.fingerprint),
      textBytes(`${host}\n${nonce}`),
    );
    const holds =
      this.#isFresh(nonce) && (await platform.verify(textToBytes(device, 32), signature, message));
    if (!holds)
      return apiError(context, 'bad-signature', 'The device did not sign this, or not now.');
    const member = await this.#deskMember(device);
    if (!member) return apiError(context, 'forbidden', 'This device has no place at the desk.');
    // Asked again after the wait: of two at once with one nonce, one gets in.
    if (!this.#isFresh(nonce))
      return apiError(context, 'bad-signature', 'This challenge was used before.');
    if (!this.#use(nonce)) return apiError(context, 'too-many', 'Too many open at once.', 10);
    // Later than what was ended, however soon after: it would be the same cookie.
    const expires = Math.max(platform.clock.now() + SESSION_MS, (this.#ended.get(device) ?? 0) + 1);
    setCookie(context, COOKIE, this.#sealed('session', device, expires), {
      ...COOKIE_OPTIONS,
      maxAge: SESSION_MS / 1_000,
    });
    context.header('Cache-Control', 'no-store');
    return context.json({
      member: member.id,
      role: member.role,
      expires,
    } satisfies SessionResponse);
  }

  async #deskMember(device: DeviceKey): Promise<Member | null> {
    const { people } = this.#options;
    const member = (await people.membersOf([device])).get(device);
    if (!member || member === 'removed' || !answersAtDesk(member.role)) return null;
    // A blocked network stops what is written from it, and keeps out nobody who could lift the block.
    const blocked = people.blockedUntil({ member: member.id, device, address: '' });
    return blocked > 0 ? null : member;
  }

  /** The host that a page of ours dialled, as its browser says it; undefined for another's page. */
  #ownHost(context: Context): string | undefined {
    const origin = context.req.header('Origin') ?? '';
    const own = this.#options.hosts.isOwnOrigin(origin, context.req.header('Host') ?? '');
    return own ? new URL(origin).host : undefined;
  }

  #challenge(): string {
    const random = bytesToText(new Uint8Array(randomBytes(16)));
    return this.#sealed('nonce', random, this.#options.platform.clock.now() + NONCE_MS);
  }

  #isFresh(nonce: string): boolean {
    return this.#unsealed('nonce', nonce) !== undefined && !this.#used.has(nonce);
  }

  #use(nonce: string): boolean {
    const now = this.#options.platform.clock.now();
    // In order of use, so nearly in order of expiry: what is left over goes a little later.
    for (const [used, expires] of this.#used) {
      if (expires > now) break;
      this.#used.delete(used);
    }
    if (this.#used.size >= MOST_USED) return false;
    this.#used.set(nonce, now + NONCE_MS);
    return true;
  }

  /** The session of a request's cookie, unless it was ended. */
  #sessionOf(context: Context): Sealed | undefined {
    const session = this.#unsealed('session', getCookie(context, COOKIE, 'host') ?? '');
    if (!session) return undefined;
    return session.expires > (this.#ended.get(session.what) ?? 0) ? session : undefined;
  }

  /** The cookie may have been kept: from now on it is worth nothing. */
  #end(context: Context): void {
    const session = this.#sessionOf(context);
    if (!session) return;
    const now = this.#options.platform.clock.now();
    for (const [device, expires] of this.#ended) if (expires <= now) this.#ended.delete(device);
    this.#ended.set(session.what, session.expires);
  }

  /** `<what>.<expiry>.<seal>`: nothing secret, and nobody else can make one. */
  #sealed(purpose: 'nonce' | 'session', what: string, expires: number): string {
    const text = `${what}.${expires.toString(36)}`;
    const seal = createHmac('sha256', this.#key).update(`${purpose}\n${text}`).digest();
    return `${text}.${bytesToText(new Uint8Array(seal.subarray(0, 16)))}`;
  }

  /** What was sealed, while it has not expired. */
  #unsealed(purpose: 'nonce' | 'session', token: string): Sealed | undefined {
    const [what = '', time = ''] = token.slice(0, 120).split('.');
    const expires = Number.parseInt(time, 36);
    if (!(expires > this.#options.platform.clock.now())) return undefined;
    const wanted = Buffer.from(this.#sealed(purpose, what, expires));
    const given = Buffer.from(token);
    return given.length === wanted.length && timingSafeEqual(given, wanted)
      ? { what, expires }
      : undefined;
  }
}

const refuseOrigin = (context: Context): Response =>
  apiError(context, 'forbidden-origin', 'Only the relay’s own pages may do this.');
