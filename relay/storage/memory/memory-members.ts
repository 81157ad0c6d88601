/** Members, their devices and their merges in memory. */
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import type { Member, MemberDevice, Merge } from '../../core/ports/people.ts';
import type { Sync } from '../../core/ports/port.ts';
import {
  type MemberStorage,
  type MergeRequest,
  type StoredMember,
  placeOfMember,
} from '../../features/members/members-storage.ts';
import { compareText, pageOf } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

interface KeptDevice {
  readonly member: MemberId;
  readonly label: string;
  readonly since: number;
  readonly removed: boolean;
}

export class MemoryMembers implements Sync<MemberStorage> {
  readonly #members: Table<MemberId, StoredMember>;
  readonly #devices: Table<DeviceKey, KeptDevice>;
  readonly #merges: Table<MemberId, { readonly to: MemberId; readonly done: boolean }>;
  readonly #moved: (merge: Merge) => void;

  /** @param moved told of a merge, for rows of other features that go along. */
  constructor(tables: Tables, moved: (merge: Merge) => void) {
    this.#members = tables.make();
    this.#devices = tables.make();
    this.#merges = tables.make();
    this.#moved = moved;
  }

  membersByDevice(devices: readonly DeviceKey[]): ReadonlyMap<DeviceKey, Member | 'removed'> {
    const members = new Map<DeviceKey, Member | 'removed'>();
    for (const key of devices) {
      const device = this.#devices.get(key);
      const member = device && this.#members.get(device.member);
      if (!member) continue;
      const { id, role, name, spaces } = member;
      members.set(key, device.removed ? 'removed' : { id, role, name, spaces });
    }
    return members;
  }

  member(id: MemberId): StoredMember | undefined {
    return this.#members.get(id);
  }

  members(all: boolean, page: PageRequest<string>): KeyedPage<StoredMember, string> {
    const listed = this.#members.values().filter(({ role }) => all || role >= Role.helper);
    return pageOf(listed, page, placeOfMember);
  }

  devicesOf(member: MemberId): readonly MemberDevice[] {
    return this.#devices
      .entries()
      .filter(([, device]) => device.member === member && !device.removed)
      .map(([device, { label, since }]) => ({ device, label, since }))
      .toSorted((a, b) => a.since - b.since || compareText(a.device, b.device));
  }

  removeDevice(member: MemberId, key: DeviceKey, _now: number): boolean {
    const device = this.#devices.get(key);
    if (device?.member !== member || device.removed) return false;
    this.#devices.set(key, { ...device, removed: true });
    return true;
  }

  setMember(
    id: MemberId,
    { role, spaces, topics, now }: Parameters<MemberStorage['setMember']>[1],
  ): void {
    const member = this.#members.get(id);
    if (member)
      this.#members.set(id, { ...member, role, spaces, topics, since: member.since || now });
  }

  merge({ from, to, devices, customer, now }: MergeRequest): void {
    const member = this.#members.get(to) ?? visitor(to);
    this.#members.set(to, { ...member, customer: member.customer || customer });
    this.giveAll({ from, to });
    for (const { device, label } of devices) this.setDevice(device, to, label, now);
  }

  pendingMerges(): readonly Merge[] {
    return this.#merges
      .entries()
      .filter(([, { done }]) => !done)
      .map(([from, { to }]) => ({ from, to }));
  }

  mergeDone(from: MemberId): void {
    const merge = this.#merges.get(from);
    if (merge) this.#merges.set(from, { ...merge, done: true });
  }

  // ---- For other features, inside their own transaction ----------------------------------------

  /** Makes a member, or gives an existing one this role. */
  join(member: Omit<StoredMember, 'customer'>): void {
    const { customer = false, since = 0 } = this.#members.get(member.id) ?? {};
    this.#members.set(member.id, { ...member, customer, since: since || member.since });
  }

  describe(id: MemberId, fields: Partial<Pick<StoredMember, 'name' | 'topics'>>): void {
    const member = this.#members.get(id);
    if (member) this.#members.set(id, { ...member, ...fields });
  }

  /** Lets a device act for a member. */
  setDevice(key: DeviceKey, member: MemberId, label: string, now: number): void {
    const device = this.#devices.get(key) ?? { label, since: now, removed: false };
    this.#devices.set(key, { ...device, member, label: label === '' ? device.label : label });
  }

  giveAll({ from, to }: Merge): void {
    for (const [key, device] of this.#devices.entries()) {
      if (device.member === from) this.#devices.set(key, { ...device, member: to });
    }
    this.#moved({ from, to });
    this.#merges.set(from, { to, done: false });
  }

  /** Who somebody is by now who was merged into another. */
  knownAs(id: MemberId): MemberId {
    let known = id;
    for (let steps = 0; steps < 100; steps++) {
      const merge = this.#merges.get(known);
      const hasDevice = this.#devices.values().some(({ member }) => member === known);
      if (!merge || hasDevice) return known;
      known = merge.to;
    }
    return known;
  }
}

const visitor = (id: MemberId): StoredMember => ({
  id,
  role: Role.visitor,
  name: '',
  spaces: [],
  topics: [],
  since: 0,
  customer: false,
});
