/**
 * One run: a relay and devices over sockets that delay, cut and lose, with crashes, wrong clocks,
 * erasures and a relay put back to an older backup; then everything heals, and what must hold is
 * checked. The relay is the product's own core, the devices run the client's own sync.
 */
import { setImmediate } from 'node:timers/promises';
import { nodePlatform } from '../relay/platform/node-platform.ts';
import type { Clock } from '../relay/core/ports/clock.ts';
import { silentLog } from '../relay/core/ports/log.ts';
import type { Member, Merge } from '../relay/core/ports/people.ts';
import { inboxRecordOf } from '../relay/features/inbox/inbox.ts';
import type { MemberStorage } from '../relay/features/members/members-storage.ts';
import { type Composition, createCore } from '../relay/create-core.ts';
import { ManualClock } from '../relay/testing/manual-clock.ts';
import { Role } from '../shared/grant/roles.ts';
import { ownMemberOf } from '../shared/hash.ts';
import {
  type ConversationId,
  type DeviceKey,
  type EntryId,
  type MemberId,
  parseSpaceId,
} from '../shared/ids.ts';
import { CloseCode } from '../shared/protocol/close-codes.ts';
import { type RoomName, conversationRoom, inboxRoom } from '../shared/protocol/rooms.ts';
import { SimulatedDevice } from './device.ts';
import type { Backup } from '../relay/storage/memory/tables/table.ts';
import { MortalStorage } from './mortal-storage.ts';
import { SeededRandom } from './seeded-random.ts';
import { standInAuthority, standInVerify } from './stand-in-signatures.ts';
import { Wire } from './wire.ts';

const SPACE = parseSpaceId('demo');
const DAY_MS = 86_400_000;

export interface RunCount {
  entries: number;
  acknowledged: number;
  cuts: number;
  crashes: number;
  turns: number;
  restores: number;
  merges: number;
  erased: number;
}

/** What is on disk of who is who: goes back with the rooms when a backup is put back. */
interface KnownPeople {
  /** Devices that act for another member than their own. */
  readonly members: Map<DeviceKey, MemberId>;
  readonly pending: Merge[];
}

const authority = standInAuthority(new Uint8Array(32).fill(9), new Uint8Array(32).fill(7));

const copyOf = ({ members, pending }: KnownPeople): KnownPeople => ({
  members: new Map(members),
  pending: pending.slice(),
});

/** A machine's timers die with it. */
function clockOf(machine: { readonly on: boolean }, clock: Clock): Clock {
  const living = (act: () => void) => (): void => {
    if (machine.on) act();
  };
  return {
    now: () => clock.now(),
    steady: () => clock.steady(),
    every: (ms, act) => clock.every(ms, living(act)),
    after: (ms, act) => clock.after(ms, living(act)),
  };
}

export class Run {
  readonly count: RunCount = {
    entries: 0,
    acknowledged: 0,
    cuts: 0,
    crashes: 0,
    turns: 0,
    restores: 0,
    merges: 0,
    erased: 0,
  };
  readonly #random: SeededRandom;
  readonly #clock = new ManualClock();
  readonly #storage = new MortalStorage();
  readonly #devices: SimulatedDevice[] = [];
  readonly #wires = new Map<SimulatedDevice, Wire>();
  readonly #helpers = new Set<DeviceKey>();
  readonly #conversations: ConversationId[] = [];
  #backup: Backup = new Map();
  #known: KnownPeople = { members: new Map(), pending: [] };
  #knownBackup: KnownPeople = { members: new Map(), pending: [] };
  #machine = { on: false };
  #relay!: Composition;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  /** Plays `steps` random events, heals, checks. @throws {Error} on the first thing that does not hold. */
  async play(steps: number): Promise<RunCount> {
    await this.#boot();
    await this.#addDevices();
    for (let step = 0; step < steps; step++) await this.#step();
    await this.#heal();
    this.#check();
    await this.#checkInbox();
    await this.#relay.close(CloseCode.normal, '');
    this.count.entries = this.#devices.reduce((sum, { written }) => sum + written.length, 0);
    return this.count;
  }

  async #addDevices(): Promise<void> {
    for (let index = 0; index < 4; index++) {
      const wrong = this.#random.chance(0.3) ? (this.#random.next() - 0.5) * 800 * DAY_MS : 0;
      const { fingerprint } = authority;
      const device = new SimulatedDevice(fingerprint, this.#random, this.#clock, wrong);
      await device.boot();
      if (index >= 2) {
        this.#helpers.add(device.key);
        device.watch(inboxRoom(SPACE));
      }
      this.#devices.push(device);
    }
  }

  async #boot(): Promise<void> {
    const storage = this.#storage.boot();
    this.#machine.on = false;
    const machine = { on: true };
    this.#machine = machine;
    this.#relay = await createCore({
      storage: { ...storage, members: { ...this.#members, with: () => this.#members } },
      authority,
      platform: {
        ...nodePlatform,
        clock: clockOf(machine, this.#clock),
        random: (length) => this.#random.bytes(length),
        verify: standInVerify,
      },
      log: silentLog,
      isOwnHost: (host) => host === 'relay',
      entriesPerMinute: 20,
    });
    if (this.#relay.spaces.ids.length === 0) {
      const none = {};
      await this.#relay.spaces.set({
        id: SPACE,
        name: none,
        mode: 0,
        greeting: none,
        intro: none,
        suggestions: [],
        charter: none,
        promise: none,
      });
    }
  }

  /** Who is who outlives the relay. */
  readonly #members: MemberStorage = {
    membersByDevice: (devices) =>
      Promise.resolve(new Map(devices.map((key) => [key, this.#member(key)]))),
    member: () => Promise.resolve(undefined),
    members: () => Promise.resolve({ items: [], next: null }),
    devicesOf: () => Promise.resolve([]),
    removeDevice: () => Promise.resolve(false),
    setMember: () => Promise.resolve(),
    merge: ({ from, to, devices }) => {
      for (const { device } of devices) this.#known.members.set(device, to);
      this.#known.pending.push({ from, to });
      return Promise.resolve();
    },
    pendingMerges: () => Promise.resolve(this.#known.pending.slice()),
    mergeDone: (from) => {
      this.#known = {
        ...this.#known,
        pending: this.#known.pending.filter((merge) => merge.from !== from),
      };
      return Promise.resolve();
    },
  };

  #member(device: DeviceKey): Member {
    const role = this.#helpers.has(device) ? Role.helper : Role.visitor;
    const id = this.#known.members.get(device) ?? ownMemberOf(device);
    return { id, role, name: '', spaces: [] };
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const device = random.pick(this.#devices);
    const roll = random.next();
    if (roll < 0.3) await this.#write(device);
    else if (roll < 0.4) this.#connectOrCut(device);
    else if (roll < 0.43) await this.#crashDevice(device);
    else if (roll < 0.47) this.#clock.advance(random.below(20_000));
    else if (roll < 0.5) await this.#crashRelay();
    else if (roll < 0.52) this.#backUp();
    else if (roll < 0.535) await this.#restoreRelay();
    else if (roll < 0.55) this.#merge();
    else if (roll < 0.57) this.#turnClock(device);
    else this.#deliverSome();
    await this.#quiet();
    device.flush();
    await this.#quiet();
  }

  async #write(device: SimulatedDevice): Promise<void> {
    const random = this.#random;
    const isHelper = this.#helpers.has(device.key);
    if (this.#conversations.length < 2 && !isHelper) {
      const id = await device.ask(SPACE, 'question');
      this.#conversations.push(id);
      for (const each of this.#devices)
        if (this.#helpers.has(each.key)) each.watch(conversationRoom(id));
      return;
    }
    const mine = device.written
      .filter(({ kind }) => kind === 2 || kind === 3)
      .map(({ conversation }) => conversation);
    const choice = isHelper ? this.#conversations : Array.from(new Set(mine));
    if (choice.length === 0) return;
    const conversation = random.pick(choice);
    const says = device.written.filter(
      (entry) => entry.kind === 3 && entry.conversation === conversation,
    );
    const roll = random.next();
    if (roll < 0.15 && says.length > 0)
      return device.write(conversation, { kind: 'retract', target: random.pick(says).id });
    if (roll < 0.25 && isHelper) return device.write(conversation, { kind: 'claim' });
    if (roll < 0.3 && isHelper) return device.write(conversation, { kind: 'release' });
    if (roll < 0.34) return device.write(conversation, { kind: 'close' });
    if (roll < 0.38) return device.write(conversation, { kind: 'reopen' });
    return device.write(conversation, { kind: 'say', text: `${device.written.length}` });
  }

  #connectOrCut(device: SimulatedDevice): void {
    if (device.connected) {
      this.count.cuts++;
      this.#wires.get(device)?.cut();
    } else this.#connect(device);
  }

  #connect(device: SimulatedDevice): void {
    const wire = new Wire(
      this.#relay.connections,
      device.key.slice(0, 8),
      (bytes) => device.hear(bytes),
      () => device.lost(),
    );
    this.#wires.set(device, wire);
    device.connect(wire);
  }

  async #crashDevice(device: SimulatedDevice): Promise<void> {
    this.count.crashes++;
    await device.crash();
  }

  /** By seconds or by months, forward or back: a person mends it, or a network does. */
  #turnClock(device: SimulatedDevice): void {
    this.count.turns++;
    const most = this.#random.chance(0.5) ? 120_000 : 400 * DAY_MS;
    device.turnClock((this.#random.next() - 0.5) * 2 * most);
  }

  /** Dies before, between or after a commit, and comes back over what is on disk. */
  async #crashRelay(): Promise<void> {
    this.count.crashes++;
    this.#storage.accident = this.#random.pick(['before-write', 'after-write'] as const);
    for (const wire of this.#wires.values()) wire.deliver('relay');
    await this.#quiet();
    for (const wire of this.#wires.values()) wire.cut();
    await this.#boot();
  }

  #backUp(): void {
    this.#backup = this.#storage.backUp();
    this.#knownBackup = copyOf(this.#known);
  }

  /** The first visitor's device joins the second's member; the relay may die before all is told. */
  #merge(): void {
    const [first, second] = this.#devices;
    if (!first || !second || this.#known.members.has(first.key)) return;
    this.count.merges++;
    const merge = { from: ownMemberOf(first.key), to: ownMemberOf(second.key) };
    const { members, merges } = this.#relay;
    const devices = [{ device: first.key, label: '' }];
    void members
      .merge({ ...merge, devices, customer: false })
      .then(() => merges.settle(merge))
      .catch(() => {}); // pending, if the relay dies
  }

  async #restoreRelay(): Promise<void> {
    this.count.restores++;
    for (const wire of this.#wires.values()) wire.cut();
    this.#storage.restore(this.#backup);
    this.#known = copyOf(this.#knownBackup);
    await this.#boot();
  }

  #deliverSome(): void {
    for (const wire of this.#wires.values()) {
      for (let left = this.#random.below(4); left > 0; left--) {
        wire.deliver(this.#random.chance(0.5) ? 'relay' : 'device');
      }
    }
  }

  /** Lets everything that is under way in this process come to rest. */
  async #quiet(): Promise<void> {
    await setImmediate();
  }

  /** Until nothing more moves, over several fresh connections: each compares digests again. */
  async #heal(): Promise<void> {
    for (let round = 0; round < 6; round++) {
      for (const device of this.#devices) {
        if (!device.connected) this.#connect(device);
        device.reopen();
      }
      await this.#deliverAll();
      // Limits refill meanwhile.
      this.#clock.advance(61_000);
      await this.#deliverAll();
      if (round % 3 === 1) for (const wire of this.#wires.values()) wire.cut();
    }
    await this.#deliverAll();
  }

  async #deliverAll(): Promise<void> {
    let moved = true;
    while (moved) {
      moved = false;
      for (const wire of this.#wires.values()) {
        while (wire.deliver('relay') || wire.deliver('device')) moved = true;
      }
      await this.#relay.core.committer.idle();
      await this.#quiet();
      for (const device of this.#devices) if (device.flush()) moved = true;
      if (Array.from(this.#wires.values()).some((wire) => !wire.isQuiet)) moved = true;
    }
  }

  #check(): void {
    if (this.#known.pending.length > 0) throw new Error('a merge was never told');
    for (const device of this.#devices) this.#checkKept(device);
    for (const id of this.#conversations) this.#checkConversation(id);
    this.#checkEqual(
      inboxRoom(SPACE),
      this.#devices.filter(({ key }) => this.#helpers.has(key)),
    );
  }

  /** The inbox says of each conversation what its entries say. */
  async #checkInbox(): Promise<void> {
    const { rooms } = this.#relay.core;
    const { records } = await rooms.keyed(inboxRoom(SPACE));
    for (const id of this.#conversations) {
      const record = inboxRecordOf(await rooms.conversation(id));
      if (records.get(id)?.value !== (record ? JSON.stringify(record) : undefined))
        throw new Error(`the inbox says ${records.get(id)?.value} of ${id}`);
    }
  }

  /** Acknowledged means durable; and nothing that was kept is lost. */
  #checkKept(device: SimulatedDevice): void {
    for (const { id, conversation, kind } of device.written) {
      const outcome = device.answers.get(id);
      const there = this.#storage
        .entriesOf(conversationRoom(conversation))
        .filter((each) => each === id).length;
      if (there > 1) throw new Error(`${id} is there ${there} times`);
      const acknowledged = outcome?.type === 'durable' || outcome?.type === 'duplicate';
      if (acknowledged) this.count.acknowledged++;
      if (this.#storage.isErased(id)) {
        this.count.erased++;
        if (there > 0) throw new Error(`erased ${id} is back`);
      } else if (acknowledged && there === 0)
        throw new Error(`acknowledged ${id} of kind ${kind} is lost`);
      else if (outcome === undefined && there === 0)
        throw new Error(`${id} of kind ${kind} was never answered`);
    }
    const times = device.written.map(({ time }) => time);
    if (times.some((time, index) => index > 0 && time <= (times[index - 1] ?? 0)))
      throw new Error('an entry is not later than the one before it');
    this.#checkOrderOfSending(device);
    const left = device.outbox.filter(({ entry }) => !this.#storage.isErased(entry.id));
    if (left.length > 0)
      throw new Error(`${left.length} entries are still in an outbox: ${left[0]?.state.type}`);
  }

  /**
   * A question leaves before what is said of it, also again when a relay lost it in a restore. What others gave
   * back meanwhile is there, or was withdrawn since, and is not said again.
   */
  #checkOrderOfSending(device: SimulatedDevice): void {
    if (this.#helpers.has(device.key)) return;
    for (const { id, kind, conversation } of device.written) {
      if (this.#storage.entriesOf(conversationRoom(conversation)).includes(id)) continue;
      if (this.#storage.isErased(id)) continue;
      const outcome = device.answers.get(id);
      if (outcome?.type === 'refused' && outcome.code === 'unknown-conversation')
        throw new Error(`${id} of kind ${kind} was sent before its question`);
    }
  }

  #checkConversation(id: ConversationId): void {
    const room = conversationRoom(id);
    const readers = this.#devices.filter(
      (device) => this.#helpers.has(device.key) || device.holds(room).length > 0,
    );
    this.#checkEqual(room, readers);
    const orders = readers.map((device) =>
      device
        .view(id)
        .timeline.map((item) => item.id)
        .join(' '),
    );
    if (new Set(orders).size > 1) throw new Error(`order differs in ${room}`);
    const askers = readers.map((device) => device.view(id).asker?.member ?? 'none');
    if (new Set(askers).size > 1) throw new Error(`askers differ in ${room}`);
    const claims = readers.map((device) => device.view(id).claim?.id ?? 'none');
    if (new Set(claims).size > 1) throw new Error(`claims differ in ${room}`);
  }

  #checkEqual(room: RoomName, readers: readonly SimulatedDevice[]): void {
    const stored: EntryId[] = this.#storage.entriesOf(room);
    for (const device of readers) {
      if (!device.agrees(room))
        throw new Error(`a replica of ${room} does not agree with the relay`);
      if (room.startsWith('conversation/') && device.holds(room).length !== stored.length) {
        throw new Error(
          `a replica of ${room} holds ${device.holds(room).length} of ${stored.length}`,
        );
      }
    }
    if (new Set(readers.map((device) => device.shown(room))).size > 1)
      throw new Error(`replicas of ${room} differ`);
  }
}
