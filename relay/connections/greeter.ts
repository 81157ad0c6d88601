/**
 * Lets devices in: checks the hello, looks up who it is, and signs the welcome. Anybody may send a hello, so signatures
 * are checked and made in turns.
 */
import type { IdentityOutcome } from '../../shared/protocol/control.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { sourcePath } from '../core/limits/fair-memory.ts';
import { FairTurns } from '../core/limits/fair-turns.ts';
import type { Authority } from '../core/ports/authority.ts';
import type { Member, People } from '../core/ports/people.ts';
import type { Platform } from '../core/ports/platform.ts';
import { type Hello, type Welcome, refusalOfHello, welcomeTo } from './hello.ts';
import { isSameMember } from './same-member.ts';

export interface GreeterOptions {
  readonly authority: Authority;
  readonly platform: Platform;
  readonly people: Pick<People, 'greet' | 'grantFor' | 'blockedUntil'>;
  /** Whether a device that dialled `host` dialled this relay. */
  readonly isOwnHost: (host: string) => boolean;
}

/** A device that says hello. */
export interface Arrival {
  readonly hello: Hello;
  /** The relay's nonce that it signed. */
  readonly nonce: Uint8Array;
  readonly address: string;
  /** Names it among all connections. */
  readonly connection: string;
}

/** A device that has proved its key: what its welcome is made of. */
export interface Guest extends Arrival {
  readonly member: Member;
  readonly identity: IdentityOutcome;
}

export interface SignedWelcome {
  readonly welcome: Welcome;
  /** When the grant in it ends; null without one. */
  readonly grantExpires: number | null;
}

/** Signatures of devices that come: more at a time would hold up those of entries. */
const AT_ONCE = 4;

export class Greeter {
  readonly #options: GreeterOptions;
  readonly #turns = new FairTurns({ atOnce: AT_ONCE });

  constructor(options: GreeterOptions) {
    this.#options = options;
  }

  /**
   * Who is let in, or the code to close with.
   * @param isHere whether it has not gone while it waited
   */
  async greet(arrival: Arrival, isHere: () => boolean): Promise<Guest | CloseCode> {
    const { authority, isOwnHost, platform, people } = this.#options;
    const { hello, nonce } = arrival;
    const refusal = await this.#inTurn(arrival, async () =>
      isHere()
        ? refusalOfHello(hello, nonce, authority, isOwnHost, platform.verify)
        : CloseCode.goingAway,
    );
    if (refusal !== null) return refusal;
    // Not within the turn: the brand's keys may have to be fetched.
    const greeting = await people.greet(hello.device, hello.token);
    if (greeting.type === 'removed') return CloseCode.removed;
    if (greeting.type === 'other-member') return CloseCode.otherMember;
    const { member, identity } = greeting;
    return { ...arrival, member, identity };
  }

  /** The welcome as it is now. */
  async welcome(guest: Guest): Promise<SignedWelcome> {
    const { authority, people, platform } = this.#options;
    const { hello, nonce, member, identity } = guest;
    const blockedUntil = this.blockedUntil(guest);
    // A blocked person answers nobody meanwhile, on any of their devices.
    const grant = blockedUntil > 0 ? null : await people.grantFor(hello.device, member);
    const time = platform.clock.now();
    const told = { blockedUntil, identity };
    const welcome = await this.#inTurn(guest, () =>
      welcomeTo(hello, nonce, authority, member, grant, time, told),
    );
    return { welcome, grantExpires: grant?.expires ?? null };
  }

  /** When they may write again, ms since the epoch; 0 if now, `FOR_EVER` if never. */
  blockedUntil({ hello, member, address }: Guest): number {
    const actor = { member: member.id, device: hello.device, address, role: member.role };
    return this.#options.people.blockedUntil(actor);
  }

  /** Whether the member still is who they were when they came in. */
  async isSame({ hello, member }: Guest): Promise<boolean> {
    const now = await this.#options.people.greet(hello.device, '');
    return now.type === 'member' && isSameMember(now.member, member);
  }

  #inTurn<Result>(from: Arrival, act: () => Promise<Result>): Promise<Result> {
    return this.#turns.take(() => sourcePath(from), act);
  }
}
