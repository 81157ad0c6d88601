/** A welcomed device: its channels and control messages, its grant, and whether it may write. */
import type { DeviceKey, EntryId, MemberId, SpaceId } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { SaidByRelay } from '../../shared/protocol/decision-messages.ts';
import { decodeSaidByDevice } from './said-messages.ts';
import { CONTROL_CHANNEL, type Frame } from '../../shared/protocol/frame.ts';
import { KEEPALIVE_MS } from '../../shared/protocol/pulse.ts';
import type { Caller } from '../core/feature.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Events } from '../core/ports/events.ts';
import type { Log } from '../core/ports/log.ts';
import type { Member } from '../core/ports/people.ts';
import { type ChannelParts, Channels } from './channels.ts';
import type { Greeter, Guest, SignedWelcome } from './greeter.ts';
import { type Handlers, handleControl } from './handlers.ts';
import type { Output } from './output/output.ts';

const ERASED_AT_ONCE = 500;
/** A device that asks for a sign of life more often is not answered each time. */
const PING_APART_MS = 1_000;
/** A grant lasts 12 h. It is renewed in good time while the socket lives. */
const RENEW_BEFORE_MS = 6 * 3_600_000;

/** What connections share. */
export interface ConnectionParts {
  readonly greeter: Greeter;
  readonly handlers: Handlers;
  readonly channels: Omit<ChannelParts, 'handlers'>;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
}

/** Its own socket. */
export interface Line {
  /** Names the connection. */
  readonly connection: string;
  say(message: SaidByRelay): void;
  readonly output: Output;
  close(code: number, reason: string): void;
  /** A message from the device was invalid. */
  malformed(error: unknown): void;
}

export class MemberConnection implements Caller {
  readonly #parts: ConnectionParts;
  readonly #guest: Guest;
  readonly #line: Line;
  readonly #channels: Channels;
  readonly #stopKeepalive: () => void;
  /** As last told. */
  #told: { readonly blockedUntil: number; readonly grantExpires: number | null };
  #telling: Promise<void> = Promise.resolve();
  #pingedAt = -Infinity;
  #ended = false;

  constructor(parts: ConnectionParts, guest: Guest, first: SignedWelcome, line: Line) {
    this.#parts = parts;
    this.#guest = guest;
    this.#line = line;
    const { handlers, channels, clock } = parts;
    this.#channels = new Channels({
      ...channels,
      handlers: handlers.channel,
      caller: this,
      output: line.output,
    });
    this.#told = { ...first, blockedUntil: first.welcome.blockedUntil };
    this.#stopKeepalive = clock.every(KEEPALIVE_MS, () => this.#keepalive());
  }

  /** Sends the welcome, and tells that somebody is here. */
  start({ welcome }: SignedWelcome): void {
    const { connection, address, who: member, device } = this;
    this.#parts.events.tell({ type: 'connected', connection, address, member, device });
    if (welcome.blockedUntil > 0) this.#tellMayWrite();
    this.say(welcome);
    this.tellBlocked(); // if that has changed while it was signed
  }

  get connection(): string {
    return this.#line.connection;
  }

  get who(): Member {
    return this.#guest.member;
  }

  get member(): MemberId {
    return this.#guest.member.id;
  }

  get device(): DeviceKey {
    return this.#guest.hello.device;
  }

  get address(): string {
    return this.#guest.address;
  }

  blockedUntil = (): number => this.#parts.greeter.blockedUntil(this.#guest);

  say = (message: SaidByRelay): void => this.#line.say(message);

  close = (code: number, reason: string): void => this.#line.close(code, reason);

  /** @throws on a message that no client of ours sends. */
  receive(frame: Frame): void {
    if (frame.channel === CONTROL_CHANNEL) {
      if (frame.op !== 'data') throw new RangeError('channel 0 is never opened or closed');
      const message = decodeSaidByDevice(frame.data);
      if (!message) return; // of a later protocol
      if (message.type === 'ping') return this.#pinged();
      const failed = (error: unknown): void =>
        this.#parts.log.error(`${message.type} was not handled`, error);
      return handleControl(message, this.#parts.handlers.control, this, failed);
    }
    switch (frame.op) {
      case 'open':
        void this.#channels.open(frame.channel, frame.room);
        break;
      case 'data':
        this.#channels
          .receive(frame.channel, frame.data)
          .catch((error: unknown) => this.#line.malformed(error));
        break;
      case 'close':
        this.#channels.close(frame.channel);
        break;
    }
  }

  /** Tells the device to forget entries. */
  tellErased(ids: readonly EntryId[]): void {
    for (let from = 0; from < ids.length; from += ERASED_AT_ONCE)
      this.say({ type: 'erased', ids: ids.slice(from, from + ERASED_AT_ONCE) });
  }

  /** A space has closed: this device may no longer read what it read there as a passer-by. */
  shutOut(space: SpaceId): void {
    this.#channels.shutOut(space);
  }

  /** Tells the device whether it may write, if that has changed. */
  tellBlocked(): void {
    const blockedUntil = this.blockedUntil();
    if (this.#ended || blockedUntil === this.#told.blockedUntil) return;
    this.#told = { ...this.#told, blockedUntil };
    this.#tellMayWrite();
    this.#sayWelcome();
  }

  /** Idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopKeepalive();
    this.#channels.closeAll();
    const { connection, who: member, device } = this;
    this.#parts.events.tell({ type: 'disconnected', connection, member, device });
  }

  #tellMayWrite(): void {
    const { connection, who: member } = this;
    const { blockedUntil } = this.#told;
    this.#parts.events.tell({ type: 'may-write-changed', connection, member, blockedUntil });
  }

  /** Sends the welcome again, with the current state. One after the other, so that the last one is right. */
  #sayWelcome(): void {
    this.#telling = this.#telling.then(async () => {
      try {
        const { welcome, grantExpires } = await this.#parts.greeter.welcome(this.#guest);
        if (this.#ended) return;
        this.#told = { ...this.#told, grantExpires };
        this.say(welcome);
      } catch (error) {
        this.#parts.log.error('a welcome could not be signed', error);
      }
    });
  }

  #pinged(): void {
    const { clock } = this.#parts;
    const at = clock.steady();
    if (at - this.#pingedAt < PING_APART_MS) return;
    this.#pingedAt = at;
    this.say({ type: 'keepalive', time: clock.now() });
  }

  #keepalive(): void {
    const now = this.#parts.clock.now();
    this.say({ type: 'keepalive', time: now });
    this.#line.output.probe();
    this.tellBlocked();
    const { grantExpires } = this.#told;
    if (grantExpires !== null && grantExpires - now < RENEW_BEFORE_MS) void this.#renew();
  }

  /** A fresh grant, if the member still has the role; otherwise the device must connect again. */
  async #renew(): Promise<void> {
    try {
      const isSame = await this.#parts.greeter.isSame(this.#guest);
      if (this.#ended) return;
      if (isSame) this.#sayWelcome();
      else this.close(CloseCode.goingAway, 'role changed');
    } catch (error) {
      this.#parts.log.error('a grant could not be renewed', error);
    }
  }
}
