/**
 * One socket of a device: hello first, then channels and control messages. A frame that is off
 * closes this session and no other.
 */
import type { DeviceKey, EntryId, SpaceId } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { FromDevice, FromRelay, IdentityOutcome } from '../../shared/protocol/control.ts';
import { decodeDeviceMessage } from '../../shared/protocol/device-messages.ts';
import { encodeRelayMessage } from '../../shared/protocol/relay-messages.ts';
import {
  CONTROL_CHANNEL,
  type Frame,
  decodeFrame,
  encodeFrame,
} from '../../shared/protocol/frame.ts';
import { Limits } from '../../shared/limits.ts';
import { MIN_PROTOCOL_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import { saidTo } from '../../shared/protocol/since.ts';
import { makeRoomToken } from './room-token.ts';
import { refusalToRead } from './access.ts';
import { Channels } from './channels.ts';
import { type Hello, type Welcome, refusalOfHello, welcomeTo } from './hello.ts';
import type { Member } from '../core/ports/people.ts';
import type { Presence } from '../features/presence/presence.ts';
import type { Services } from './services.ts';
import type { Answer } from '../core/submit/submit-path.ts';
import { MOST_BUFFERED_BYTES, type Transport } from './transport.ts';

const HELLO_TIMEOUT_MS = 10_000;
export const KEEPALIVE_MS = 20_000;
const ERASED_AT_ONCE = 500;
/** A grant lasts 12 h: renewed in good time while the socket lives. */
const RENEW_BEFORE_MS = 6 * 3_600_000;

type State =
  | { readonly type: 'challenged'; readonly nonce: Uint8Array; readonly giveUp: () => void }
  /** The hello is being checked, then the member looked up: told from then on if they change. */
  | { readonly type: 'greeting'; device: DeviceKey | null; member: Member | null }
  | {
      readonly type: 'welcomed';
      readonly hello: Hello;
      readonly nonce: Uint8Array;
      readonly member: Member;
      readonly channels: Channels;
      readonly presence: Presence;
      readonly stopKeepalive: () => void;
      readonly identity: IdentityOutcome;
      /** Whether the device says that questions may be brought to it. */
      available: boolean;
      grantExpires: number | null;
      /** As last told. */
      blockedUntil: number;
    }
  | { readonly type: 'ended' };

type Welcomed = Extract<State, { readonly type: 'welcomed' }>;

export class Session {
  readonly #services: Services;
  readonly #transport: Transport;
  readonly #address: string;
  readonly #number: string;
  readonly #onEnd: () => void;
  #state: State = { type: 'ended' };
  #told: Promise<void> = Promise.resolve();

  constructor(
    services: Services,
    transport: Transport,
    address: string,
    number: string,
    onEnd: () => void,
  ) {
    this.#services = services;
    this.#transport = transport;
    this.#address = address;
    this.#number = number;
    this.#onEnd = onEnd;
    this.#challenge();
  }

  get member(): Member | null {
    const state = this.#state;
    return state.type === 'welcomed' || state.type === 'greeting' ? state.member : null;
  }

  get device(): DeviceKey | null {
    const state = this.#state;
    if (state.type === 'greeting') return state.device;
    return state.type === 'welcomed' ? state.hello.device : null;
  }

  /** A message of the socket. Never throws. */
  receive(bytes: Uint8Array): void {
    if (this.#state.type === 'ended') return;
    try {
      if (this.#services.frames.take(this.#number) > 0) {
        return this.close(CloseCode.tooMany, 'too many frames');
      }
      this.#handle(decodeFrame(bytes));
    } catch (error) {
      this.#malformed(error);
    }
  }

  /** Tells the device to forget entries. */
  tellErased(ids: readonly EntryId[]): void {
    if (this.#state.type !== 'welcomed') return;
    for (let from = 0; from < ids.length; from += ERASED_AT_ONCE) {
      this.#say({ type: 'erased', ids: ids.slice(from, from + ERASED_AT_ONCE) });
    }
  }

  /** A space has closed: what this device read there as a passer-by is shut to it. */
  shutOut(space: SpaceId): void {
    if (this.#state.type === 'welcomed') this.#state.channels.shutOut(space);
  }

  /** Tells the device whether it may write, if that has changed. */
  tellBlocked(): void {
    const state = this.#state;
    if (state.type === 'welcomed' && this.#blockedUntil(state) !== state.blockedUntil)
      this.#sayWelcome(state);
  }

  /** Ends the session. Idempotent. */
  close(code: number, reason: string): void {
    if (this.#state.type === 'ended') return;
    this.ended();
    this.#transport.close(code, reason);
  }

  /** The socket is gone. Idempotent. */
  ended(): void {
    const state = this.#state;
    if (state.type === 'ended') return;
    this.#state = { type: 'ended' };
    if (state.type === 'challenged') state.giveUp();
    if (state.type === 'welcomed') {
      state.stopKeepalive();
      state.channels.closeAll();
      this.#services.presence.leave(state.presence);
    }
    this.#onEnd();
  }

  #challenge(): void {
    const { authority, clock, platform } = this.#services;
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
    if (state.type === 'challenged') return this.#prove(frame, state);
    if (state.type !== 'welcomed') {
      if (state.type === 'greeting') this.close(CloseCode.malformed, 'spoke before the welcome');
      return;
    }
    if (frame.channel === CONTROL_CHANNEL) {
      if (frame.op !== 'data') throw new RangeError('channel 0 is never opened or closed');
      const message = decodeDeviceMessage(frame.data);
      if (message) this.#control(message, state); // else of a later protocol
      return;
    }
    switch (frame.op) {
      case 'open':
        void state.channels.open(frame.channel, frame.room);
        break;
      case 'data':
        state.channels
          .receive(frame.channel, frame.data)
          .catch((error: unknown) => this.#malformed(error));
        break;
      case 'close':
        state.channels.close(frame.channel);
        break;
    }
  }

  #prove(frame: Frame, { nonce, giveUp }: Extract<State, { readonly type: 'challenged' }>): void {
    if (frame.channel !== CONTROL_CHANNEL || frame.op !== 'data')
      throw new RangeError('hello comes first');
    const hello = decodeDeviceMessage(frame.data);
    if (hello?.type !== 'hello') throw new RangeError('hello comes first');
    this.#state = { type: 'greeting', device: null, member: null };
    this.#welcome(hello, nonce)
      .catch((error: unknown) => {
        this.#services.log.error('a member could not be looked up', error);
        this.close(CloseCode.goingAway, 'storage');
      })
      .finally(giveUp);
  }

  async #welcome(hello: Hello, nonce: Uint8Array): Promise<void> {
    const { people, presence, clock, merges, authority, isOwnHost, platform } = this.#services;
    const refusal = await refusalOfHello(hello, nonce, authority, isOwnHost, platform.verify);
    if (refusal !== null) return this.close(refusal, 'hello refused');
    const greeting = await people.greet(hello.device, hello.token);
    if (greeting.type === 'removed') return this.close(CloseCode.removed, 'device removed');
    if (greeting.type === 'other-member')
      return this.close(CloseCode.otherMember, 'another customer');
    const { identity, merge } = greeting;
    let member: Member | 'removed' | undefined = greeting.member;
    if (merge) {
      await merges.settle(merge); // first, so that the history is there
      // Looked up again: who changed meanwhile had no session yet to be told in.
      member = (await people.membersOf([hello.device])).get(hello.device);
      if (!member || member === 'removed') return this.close(CloseCode.removed, 'device removed');
    }
    const greeted = this.#state;
    if (greeted.type !== 'greeting') return; // gone while we looked
    greeted.device = hello.device;
    greeted.member = member;
    const first = await this.#welcomeAs(hello, nonce, member, identity);
    if (this.#state !== greeted) return;
    const send = (frame: Frame): void => this.#send(frame);
    const state: Welcomed = {
      type: 'welcomed',
      hello,
      nonce,
      member,
      channels: new Channels({
        services: this.#services,
        device: hello.device,
        member,
        isBlocked: () => this.#state.type === 'welcomed' && this.#blockedUntil(this.#state) > 0,
        send,
      }),
      presence: presence.enter(member),
      available: false,
      stopKeepalive: clock.every(KEEPALIVE_MS, () => this.#keepalive()),
      identity,
      grantExpires: first.grantExpires,
      blockedUntil: first.welcome.blockedUntil,
    };
    this.#state = state;
    this.#say(first.welcome);
    this.tellBlocked(); // if that has changed while it was signed
  }

  /** Once more, with what holds by now: told one after the other, so that the last one is right. */
  #sayWelcome(state: Welcomed): void {
    state.blockedUntil = this.#blockedUntil(state);
    this.#showAvailable(state);
    const { hello, nonce, member, identity } = state;
    this.#told = this.#told.then(async () => {
      try {
        const { welcome, grantExpires } = await this.#welcomeAs(hello, nonce, member, identity);
        if (this.#state !== state) return;
        state.grantExpires = grantExpires;
        this.#say(welcome);
      } catch (error) {
        this.#services.log.error('a welcome could not be signed', error);
      }
    });
  }

  async #welcomeAs(
    hello: Hello,
    nonce: Uint8Array,
    member: Member,
    identity: IdentityOutcome,
  ): Promise<{ welcome: Welcome; grantExpires: number | null }> {
    const { authority, people, clock } = this.#services;
    const blockedUntil = this.#blockedUntil({ hello, member });
    // Somebody blocked answers nobody meanwhile, on no device of ours.
    const grant = blockedUntil > 0 ? null : await people.grantFor(hello.device, member);
    const told = { blockedUntil, identity };
    const welcome = await welcomeTo(hello, nonce, authority, member, grant, clock.now(), told);
    return { welcome, grantExpires: grant?.expires ?? null };
  }

  /** Somebody blocked is not there for anybody, whatever their device says. */
  #showAvailable({ presence, available, blockedUntil }: Welcomed): void {
    this.#services.presence.setAvailable(presence, available && blockedUntil === 0);
  }

  #blockedUntil({ hello, member }: Pick<Welcomed, 'hello' | 'member'>): number {
    const actor = { member: member.id, device: hello.device, address: this.#address };
    return this.#services.people.blockedUntil(actor);
  }

  #keepalive(): void {
    const state = this.#state;
    if (state.type !== 'welcomed') return;
    const now = this.#services.clock.now();
    this.#say({ type: 'keepalive', time: now });
    this.tellBlocked();
    if (state.grantExpires !== null && state.grantExpires - now < RENEW_BEFORE_MS) {
      void this.#renew(state);
    }
  }

  /** A fresh grant, if the member still holds the role; else the device must come in anew. */
  async #renew(state: Welcomed): Promise<void> {
    const { people, log } = this.#services;
    try {
      const now = await people.greet(state.hello.device, '');
      if (this.#state !== state) return;
      const isSame =
        now.type === 'member' &&
        now.member.role === state.member.role &&
        now.member.id === state.member.id;
      if (isSame) this.#sayWelcome(state);
      else this.close(CloseCode.goingAway, 'role changed');
    } catch (error) {
      log.error('a grant could not be renewed', error);
    }
  }

  #control(message: FromDevice, state: Welcomed): void {
    const { submitPath, privateRecords, devices, log } = this.#services;
    const { device } = state.hello;
    const source = { connection: device, address: this.#address };
    const answer = (answers: Answer[]): void => this.#say({ type: 'answer', answers });
    switch (message.type) {
      case 'submit':
        atMost(message.entries.length, Limits.submitEntries);
        return submitPath.submit(message.entries, source, answer);
      case 'offer':
        atMost(message.rows.length, Limits.submitEntries);
        return submitPath.offer(message.rows, source, answer);
      case 'available':
        state.available = message.available;
        return this.#showAvailable(state);
      case 'put':
        atMost(message.records.length, Limits.submitEntries);
        if (!privateRecords.charge(source, message.records.length))
          return this.close(CloseCode.tooMany, 'too many records');
        privateRecords
          .put(state.member.id, state.hello.device, message.records)
          .catch((error: unknown) => log.error('private records not kept', error));
        return;
      case 'tokenWanted':
        void this.#giveToken(message.room, state);
        return;
      case 'linkWanted':
        // Somebody blocked would go on writing from the other device.
        if (this.#blockedUntil(state) > 0)
          return this.#say({ type: 'linkCode', code: '', expires: 0 });
        devices
          .code(state.member.id, device, message.label, this.#address)
          .then((code) => this.#say({ type: 'linkCode', ...code }))
          .catch((error: unknown) => log.error('a linking code could not be made', error));
        return;
      case 'link':
        void this.#link(message.code, message.label, device);
        return;
      case 'removeDevice':
        devices
          .remove(state.member.id, message.device)
          .catch((error: unknown) => log.error('a device could not be removed', error));
        return;
      case 'attributes':
        return this.#services.talk.setAttributes(state.member.id, message.json);
      default:
        throw new RangeError(`${message.type} is not for a relay`);
    }
  }

  async #link(code: string, label: string, device: DeviceKey): Promise<void> {
    const { devices, merges, log } = this.#services;
    try {
      const { outcome, merge } = await devices.link(code, device, label, this.#address);
      this.#say({ type: 'linked', outcome });
      if (merge) await merges.settle(merge);
      // Settling sends the devices of who changed to the door; this one goes in any case.
      if (outcome === 'linked') this.close(CloseCode.goingAway, 'member changed');
    } catch (error) {
      log.error('a device could not be linked', error);
      this.#say({ type: 'linked', outcome: 'later' });
    }
  }

  async #giveToken(name: string, { hello, member }: Welcomed): Promise<void> {
    const { authority, clock, log } = this.#services;
    let token = '';
    try {
      const access = { ...this.#services, passersBy: false };
      const refusal = await refusalToRead(parseRoom(name), hello.device, member, access);
      const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
      if (refusal === null)
        token = makeRoomToken(name as RoomName, hello.device, clock.now(), seal);
    } catch (error) {
      log.warn('no token given', { reason: String(error) });
    }
    this.#say({ type: 'token', room: name.slice(0, 200), token });
  }

  #malformed(error: unknown): void {
    if (this.#state.type === 'ended') return;
    this.#services.log.info('a frame was refused', {
      session: this.#number,
      reason: String(error),
    });
    this.close(CloseCode.malformed, 'malformed');
  }

  #say(message: FromRelay): void {
    const protocol =
      this.#state.type === 'welcomed' ? this.#state.hello.protocol : PROTOCOL_VERSION;
    const said = saidTo(protocol, message);
    if (!said) return;
    this.#send({ op: 'data', channel: CONTROL_CHANNEL, data: encodeRelayMessage(said) });
  }

  #send(frame: Frame): void {
    if (this.#state.type === 'ended') return;
    if (this.#transport.bufferedBytes() > MOST_BUFFERED_BYTES) {
      this.close(CloseCode.slowReader, 'reads too slowly');
      return;
    }
    this.#transport.send(encodeFrame(frame));
  }
}

function atMost(count: number, most: number): void {
  if (count > most) throw new RangeError(`${count} items where ${most} are taken`);
}
