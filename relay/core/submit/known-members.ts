/**
 * Who devices act for, in memory: every entry asks. What happens to members is heard of as events, so
 * an answer is either as it is now, or none.
 */
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import { Memory } from '../memory/memory.ts';
import type { EventListeners } from '../ports/events.ts';
import type { Member, People } from '../ports/people.ts';

type Known = Member | 'removed';

const MOST_BYTES = 8 * 1024 * 1024;
const DEVICE_BYTES = 400;

export class KnownMembers {
  readonly #membersOf: People['membersOf'];
  readonly #mostBytes: number;
  readonly #known = new Map<DeviceKey, Known>();
  #bytes = 0;
  /** Raised by whatever makes an answer wrong that is on its way. */
  #changes = 0;

  constructor(membersOf: People['membersOf'], memory = new Memory()) {
    this.#membersOf = membersOf;
    this.#mostBytes = memory.share(MOST_BYTES);
  }

  readonly events: EventListeners = {
    'member-changed': ({ before, after, device }) => this.#forget([before.id, after.id], device),
    'members-merged': ({ from, to }) => this.#forget([from, to], null),
    'merge-settled': ({ from, to }) => this.#forget([from, to], null),
    'device-removed': ({ member, device }) => this.#forget([member], device),
  };

  /** As it is now; undefined when it must be asked for first. */
  get(device: DeviceKey): Known | undefined {
    return this.#known.get(device);
  }

  /** Has them known, unless they change at this moment. */
  async load(devices: readonly DeviceKey[]): Promise<void> {
    const unknown = devices.filter((device) => !this.#touch(device));
    if (unknown.length === 0) return;
    const before = this.#changes;
    const found = await this.#membersOf(unknown);
    if (this.#changes !== before) return;
    for (const [device, member] of found) this.#keep(device, member);
  }

  /** Whether it is known; it is not forgotten first then. */
  #touch(device: DeviceKey): boolean {
    const known = this.#known.get(device);
    if (known === undefined) return false;
    this.#known.delete(device);
    this.#known.set(device, known);
    return true;
  }

  #keep(device: DeviceKey, member: Known): void {
    this.#drop(device);
    this.#known.set(device, member);
    this.#bytes += bytesOf(member);
    for (const oldest of this.#known.keys()) {
      if (this.#bytes <= this.#mostBytes || oldest === device) return;
      this.#drop(oldest);
    }
  }

  #drop(device: DeviceKey): void {
    const known = this.#known.get(device);
    if (known === undefined) return;
    this.#known.delete(device);
    this.#bytes -= bytesOf(known);
  }

  #forget(members: readonly MemberId[], device: DeviceKey | null): void {
    this.#changes++;
    for (const [each, known] of Array.from(this.#known)) {
      if (each === device || (known !== 'removed' && members.includes(known.id))) this.#drop(each);
    }
  }
}

function bytesOf(member: Known): number {
  if (member === 'removed') return DEVICE_BYTES;
  const { name, spaces } = member;
  return DEVICE_BYTES + name.length * 2 + spaces.reduce((sum, space) => sum + space.length * 2, 0);
}
