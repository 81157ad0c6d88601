/**
 * One socket of a device: hello first, then whatever a member's connection takes. An invalid frame closes
 * this session and no other.
 */
import { answersAtDesk } from '../../shared/grant/roles.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { SaidByRelay } from '../../shared/protocol/decision-messages.ts';
import { decodeSaidByDevice, encodeSaidByRelay } from './said-messages.ts';
import {
  CONTROL_CHANNEL,
  type Frame,
  decodeFrame,
  encodeFrame,
} from '../../shared/protocol/frame.ts';
import { MIN_PROTOCOL_VERSION, PROTOCOL_VERSION, saidTo } from '../../shared/protocol/since.ts';
import type { TokenBuckets } from '../core/limits/token-buckets.ts';
import type { Authority } from '../core/ports/authority.ts';
import type { Member } from '../core/ports/people.ts';
import type { Platform } from '../core/ports/platform.ts';
import type { Guest } from './greeter.ts';
import type { Hello } from './hello.ts';
import { type ConnectionParts, MemberConnection } from './member-connection.ts';
import type { Entrance } from './limits/entrance.ts';
import { Output } from './output/output.ts';
import { type OutputPool, turnsOf } from './output/output-pool.ts';
import type { Transport } from './output/transport.ts';

const HELLO_TIMEOUT_MS = 10_000;

type State =
  | { readonly type: 'challenged'; readonly nonce: Uint8Array; readonly giveUp: () => void }
  /**
   * The hello is being checked and the member looked up. From then on it is known, and told about changes.
   */
  | { readonly type: 'greeting'; guest: Guest | null }
  | { readonly type: 'welcomed'; readonly connection: MemberConnection }
  | { readonly type: 'ended' };

export interface SessionParts extends ConnectionParts {
  readonly authority: Authority;
  readonly platform: Platform;
  /** Frames of any kind, by connection: a flood closes it. */
  readonly frames: TokenBuckets;
  readonly entrance: Entrance;
  readonly pool: OutputPool;
  /** Raised whenever a member or a device changes. */
  readonly changes: () => number;
}

export interface SessionOptions {
  readonly transport: Transport;
  /** The client's address. */
  readonly address: string;
  /** Names it among all connections. */
  readonly number: string;
  readonly onEnd: () => void;
}

export class Session {
  readonly #parts: SessionParts;
  readonly #options: SessionOptions;
  readonly #output: Output;
  /** Gives back its place, at the door or inside. */
  #leave: () => void;
  #state: State = { type: 'ended' };

  constructor(parts: SessionParts, options: SessionOptions) {
    this.#parts = parts;
    this.#options = options;
    const { transport, address, number } = options;
    this.#output = new Output({
      transport,
      pool: parts.pool,
      path: turnsOf(address, number),
      log: parts.log,
      slow: () => this.close(CloseCode.slowReader, 'reads too slowly'),
      failed: () => this.close(CloseCode.goingAway, 'storage'),
    });
    this.#leave = parts.entrance.knock(address, () => this.#letGo());
    this.#challenge();
  }

  /** Null until they are known. */
  get member(): Member | null {
    const state = this.#state;
    if (state.type === 'greeting') return state.guest?.member ?? null;
    return state.type === 'welcomed' ? state.connection.who : null;
  }

  get device(): DeviceKey | null {
    const state = this.#state;
    if (state.type === 'greeting') return state.guest?.hello.device ?? null;
    return state.type === 'welcomed' ? state.connection.device : null;
  }

  /** Null before the welcome. */
  get connection(): MemberConnection | null {
    return this.#state.type === 'welcomed' ? this.#state.connection : null;
  }

  /** Counts a frame of any kind. Returns whether there may be one. */
  count(): boolean {
    if (this.#state.type === 'ended') return false;
    const isOne = this.#parts.frames.take(this.#options.number) === 0;
    if (!isOne) this.close(CloseCode.tooMany, 'too many frames');
    return isOne;
  }

  /** A message of the socket. Never throws. */
  receive(bytes: Uint8Array): void {
    if (!this.count()) return;
    try {
      this.#handle(decodeFrame(bytes));
    } catch (error) {
      this.#malformed(error);
    }
  }

  /** Ends the session. Idempotent. */
  close(code: number, reason: string): void {
    if (this.#state.type === 'ended') return;
    this.ended();
    this.#options.transport.close(code, reason);
  }

  /** The socket is gone. Idempotent. */
  ended(): void {
    const state = this.#state;
    if (state.type === 'ended') return;
    this.#state = { type: 'ended' };
    if (state.type === 'challenged') state.giveUp();
    if (state.type === 'welcomed') state.connection.end();
    this.#leave();
    this.#output.end();
    this.#options.onEnd();
  }

  #challenge(): void {
    const { authority, platform, clock } = this.#parts;
    const nonce = platform.random(32);
    const giveUp = clock.after(HELLO_TIMEOUT_MS, () =>
      this.close(CloseCode.helloTimeout, 'no hello'),
    );
    this.#state = { type: 'challenged', nonce, giveUp };
    this.#say({
      type: 'challenge',
      protocol: PROTOCOL_VERSION,
      minProtocol: MIN_PROTOCOL_VERSION,
      relayKey: authority.key,
      nonce,
      time: clock.now(),
    });
  }

  #handle(frame: Frame): void {
    const state = this.#state;
    switch (state.type) {
      case 'challenged':
        return this.#prove(frame, state);
      case 'greeting':
        return this.close(CloseCode.malformed, 'spoke before the welcome');
      case 'welcomed':
        return state.connection.receive(frame);
      case 'ended':
        return;
    }
  }

  #prove(frame: Frame, { nonce, giveUp }: Extract<State, { readonly type: 'challenged' }>): void {
    if (frame.channel !== CONTROL_CHANNEL || frame.op !== 'data')
      throw new RangeError('hello comes first');
    const hello = decodeSaidByDevice(frame.data);
    if (hello?.type !== 'hello') throw new RangeError('hello comes first');
    this.#state = { type: 'greeting', guest: null };
    this.#welcome(hello, nonce)
      .catch((error: unknown) => {
        this.#parts.log.error('a member could not be looked up', error);
        this.close(CloseCode.goingAway, 'storage');
      })
      .finally(giveUp);
  }

  async #welcome(hello: Hello, nonce: Uint8Array): Promise<void> {
    const { greeter, changes } = this.#parts;
    const greeted = this.#state;
    const before = changes();
    const { address, number } = this.#options;
    const arrival = { hello, nonce, address, connection: number };
    const guest = await greeter.greet(arrival, () => this.#state === greeted);
    if (typeof guest === 'number') return this.close(guest, 'not let in');
    if (greeted.type !== 'greeting' || this.#state !== greeted) return; // gone while we looked
    greeted.guest = guest;
    if (!this.#enter(guest)) return;
    // What changed while they were looked up was told to nobody here.
    if (changes() !== before && !(await greeter.isSame(guest)))
      return this.close(CloseCode.goingAway, 'member changed');
    const first = await greeter.welcome(guest);
    if (this.#state !== greeted) return;
    const connection = new MemberConnection(this.#parts, guest, first, {
      connection: number,
      say: (message) => {
        const said = saidTo(hello.protocol, message);
        if (said) this.#say(said);
      },
      output: this.#output,
      close: (code, reason) => this.close(code, reason),
      malformed: (error) => this.#malformed(error),
    });
    this.#state = { type: 'welcomed', connection };
    connection.start(first);
  }

  /** From the door to a place inside; whether there is one. */
  #enter({ hello, member }: Guest): boolean {
    this.#leave();
    const leave = this.#parts.entrance.enter(this.#options.address, {
      device: hello.device,
      isOfDesk: () => answersAtDesk(member.role),
      letGo: () => this.#letGo(),
    });
    if (leave) this.#leave = leave;
    else this.#letGo();
    return leave !== null;
  }

  /** Others of its address need the place. */
  #letGo(): void {
    this.close(CloseCode.tooMany, 'too many at this address');
  }

  #malformed(error: unknown): void {
    if (this.#state.type === 'ended') return;
    this.#parts.log.info('a frame was refused', {
      session: this.#options.number,
      reason: String(error),
    });
    this.close(CloseCode.malformed, 'malformed');
  }

  #say(message: SaidByRelay): void {
    const data = encodeSaidByRelay(message);
    this.#output.send(encodeFrame({ op: 'data', channel: CONTROL_CHANNEL, data }));
  }
}
