/**
 * Sessions: a browser of a member of the desk, recognised by a cookie that no script can read. The cookie
 * names the device and the expiry, sealed with a key of this run of the relay. No other run accepts it, so
 * memory is enough to know which sessions ended. Each request looks up who the device is now, so losing a
 * role takes effect at once.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { bytesToText } from '../../../shared/bytes.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { DeviceKey } from '../../../shared/ids.ts';
import { FairMemory } from '../../core/limits/fair-memory.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Actor, Member } from '../../core/ports/people.ts';
import type { Platform } from '../../core/ports/platform.ts';

export interface BrowserSessionsOptions {
  readonly members: { of(device: DeviceKey): Promise<Member | 'removed'> };
  readonly blocks: { until(actor: Actor): number };
  readonly platform: Pick<Platform, 'clock' | 'memory'>;
  /** Whether a member may do anything in the office: they need no place at the desk. */
  readonly holdsRight: (member: Member) => boolean;
}

/** A session that was opened. */
export interface OpenedSession {
  readonly type: 'opened';
  readonly member: Member;
  /** Whoever has it is that member's browser. */
  readonly token: string;
  readonly maxAgeS: number;
  /** ms since the epoch. */
  readonly expires: number;
}

export type Opening =
  OpenedSession | { readonly type: 'stale-nonce' | 'no-place' | 'too-many-open' };

const SESSION_MS = 12 * 3_600_000;
const NONCE_MS = 2 * 60_000;
/** Used nonces. Only successful openings are remembered, by devices of the desk. */
const MOST_USED_BYTES = 2 * 1024 * 1024;
/** Openings of one device, which has proved itself: nobody uses up those of another. */
const OPENINGS = { burst: 20, perSecond: 1 / 6 };

interface Sealed {
  readonly what: string;
  readonly expires: number;
}

export class BrowserSessions {
  readonly #options: BrowserSessionsOptions;
  readonly #key = randomBytes(32);
  readonly #used: FairMemory<true>;
  readonly #openings: TokenBuckets;
  /** By device of the desk: all its sessions that expire by then were ended. */
  readonly #ended = new Map<string, number>();

  constructor(options: BrowserSessionsOptions) {
    this.#options = options;
    const { clock, memory } = options.platform;
    this.#used = new FairMemory({ mostBytes: MOST_USED_BYTES, memory });
    this.#openings = new TokenBuckets(OPENINGS, clock.steady, memory);
  }

  /** The member of the desk whose session it is; null for an invalid token. */
  async memberOf(token: string): Promise<Member | null> {
    const session = this.#sessionOf(token);
    return session ? this.#deskMember(session.what as DeviceKey) : null;
  }

  /** What to sign, once and within 2 minutes. */
  challenge(): string {
    const random = bytesToText(new Uint8Array(randomBytes(16)));
    return this.#sealed('nonce', random, this.#now() + NONCE_MS);
  }

  /** Opens a session for a device that has signed the nonce. */
  async open(device: DeviceKey, nonce: string): Promise<Opening> {
    if (!this.#isFresh(nonce)) return { type: 'stale-nonce' };
    const member = await this.#deskMember(device);
    if (!member) return { type: 'no-place' };
    // Checked again after the wait: of two at once with one nonce, one gets in.
    if (!this.#isFresh(nonce)) return { type: 'stale-nonce' };
    if (this.#openings.take(device) > 0) return { type: 'too-many-open' };
    this.#used.set(nonce, true, [device]);
    // Later than what was ended, however soon after: it would be the same cookie.
    const expires = Math.max(this.#now() + SESSION_MS, (this.#ended.get(device) ?? 0) + 1);
    const token = this.#sealed('session', device, expires);
    return { type: 'opened', member, token, maxAgeS: SESSION_MS / 1_000, expires };
  }

  /** Ends a session. Somebody may have kept its cookie, but from now on it is void. */
  end(token: string): void {
    const session = this.#sessionOf(token);
    if (!session) return;
    const now = this.#now();
    for (const [device, expires] of this.#ended) if (expires <= now) this.#ended.delete(device);
    this.#ended.set(session.what, session.expires);
  }

  async #deskMember(device: DeviceKey): Promise<Member | null> {
    const { members, blocks, holdsRight } = this.#options;
    const member = await members.of(device);
    if (!member || member === 'removed') return null;
    if (!answersAtDesk(member.role) && !holdsRight(member)) return null;
    // A blocked network stops writing from it, and keeps out nobody who could lift the block.
    const blocked = blocks.until({ member: member.id, device, address: '' });
    return blocked > 0 ? null : member;
  }

  #isFresh(nonce: string): boolean {
    return this.#unsealed('nonce', nonce) !== undefined && !this.#used.has(nonce);
  }

  /** A token's session, unless it ended. */
  #sessionOf(token: string): Sealed | undefined {
    const session = this.#unsealed('session', token);
    if (!session) return undefined;
    return session.expires > (this.#ended.get(session.what) ?? 0) ? session : undefined;
  }

  #now(): number {
    return this.#options.platform.clock.now();
  }

  /** `<what>.<expiry>.<seal>`: nothing in it is secret, and nobody else can make one. */
  #sealed(purpose: 'nonce' | 'session', what: string, expires: number): string {
    const text = `${what}.${expires.toString(36)}`;
    const seal = createHmac('sha256', this.#key).update(`${purpose}\n${text}`).digest();
    return `${text}.${bytesToText(new Uint8Array(seal.subarray(0, 16)))}`;
  }

  /** What was sealed, while it has not expired. */
  #unsealed(purpose: 'nonce' | 'session', token: string): Sealed | undefined {
    const [what = '', time = ''] = token.slice(0, 120).split('.');
    const expires = Number.parseInt(time, 36);
    if (!(expires > this.#now())) return undefined;
    const wanted = Buffer.from(this.#sealed(purpose, what, expires));
    const given = Buffer.from(token);
    return given.length === wanted.length && timingSafeEqual(given, wanted)
      ? { what, expires }
      : undefined;
  }
}
