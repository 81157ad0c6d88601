/**
 * A member's devices: the codes with which one lets another in, and the records that tell all of them
 * which there are. A code is short because people type it: it lives for minutes, once, and tries are
 * counted.
 */
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { type DeviceRecord, MemberKey } from '../../../shared/protocol/records.ts';
import { memberRoom } from '../../../shared/protocol/rooms.ts';
import { addressNames } from '../../core/limits/networks.ts';
import type { Platform } from '../../core/ports/platform.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Linked, MemberBook } from '../../core/ports/people.ts';
import type { Events } from '../../core/ports/events.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';

export interface DevicesOptions {
  readonly people: MemberBook;
  readonly committer: Committer;
  readonly events: Events;
  readonly platform: Platform;
}

interface Code {
  readonly member: MemberId;
  readonly device: DeviceKey;
  readonly label: string;
  readonly expires: number;
}

/** 32 letters and digits that nobody mixes up: no I, L, O, U (Crockford's base 32), and 0 and 1 are taken for O and I. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;
const CODE_MS = 5 * 60_000;
const MOST_CODES = 10_000;
const LABEL_LENGTH = 60;
/** Tries at codes from one address, its neighbourhood (who has an IPv6 site has 65,536 addresses), and everywhere: 40 bits stay out of reach by guessing. */
const TRIES = { burst: 10, perSecond: 1 / 30 };
const NEARBY_TRIES = { burst: 100, perSecond: 1 / 3 };
const ALL_TRIES = { burst: 300, perSecond: 5 };
/** Codes made for one address: those that live at once are `MOST_CODES`, and for everybody. */
const WANTED = { burst: 100, perSecond: 1 / 3 };
const NEARBY_WANTED = { burst: 1_000, perSecond: 10 / 3 };

export class Devices {
  readonly #options: DevicesOptions;
  readonly #codes = new Map<string, Code>();
  readonly #tries: TokenBuckets;
  readonly #nearbyTries: TokenBuckets;
  readonly #allTries: TokenBuckets;
  readonly #wanted: TokenBuckets;
  readonly #nearbyWanted: TokenBuckets;

  constructor(options: DevicesOptions) {
    this.#options = options;
    this.#tries = new TokenBuckets(TRIES, options.platform.clock.now);
    this.#nearbyTries = new TokenBuckets(NEARBY_TRIES, options.platform.clock.now);
    this.#allTries = new TokenBuckets(ALL_TRIES, options.platform.clock.now);
    this.#wanted = new TokenBuckets(WANTED, options.platform.clock.now);
    this.#nearbyWanted = new TokenBuckets(NEARBY_WANTED, options.platform.clock.now);
  }

  /** A code that lets one more device in; empty when the member has all they may, or too many are wanted. A device has one at a time. */
  async code(
    member: MemberId,
    device: DeviceKey,
    label: string,
    address: string,
  ): Promise<{ readonly code: string; readonly expires: number }> {
    const { people, platform } = this.#options;
    const { narrow, wide } = addressNames(address);
    if (this.#wanted.take(narrow) > 0 || this.#nearbyWanted.take(wide) > 0)
      return { code: '', expires: 0 };
    if ((await people.devicesOf(member)).length >= Limits.memberDevices)
      return { code: '', expires: 0 };
    const now = platform.clock.now();
    for (const [code, held] of this.#codes) {
      if (held.expires <= now || held.device === device) this.#codes.delete(code);
    }
    if (this.#codes.size >= MOST_CODES) return { code: '', expires: 0 };
    const code = Array.from(platform.random(CODE_LENGTH), (byte) => ALPHABET[byte % 32]).join('');
    const expires = now + CODE_MS;
    this.#codes.set(code, { member, device, label: shortLabel(label), expires });
    return { code, expires };
  }

  /** Uses a code up; `merge` is what has still to be told. */
  async link(typed: string, device: DeviceKey, label: string, address: string): Promise<Linked> {
    const { people, platform } = this.#options;
    const { narrow, wide } = addressNames(address);
    const isLater =
      this.#tries.take(narrow) > 0 ||
      this.#nearbyTries.take(wide) > 0 ||
      this.#allTries.take('') > 0;
    if (isLater) return { outcome: 'later', merge: null };
    const code = plainCode(typed);
    const held = this.#codes.get(code);
    if (!held || held.expires <= platform.clock.now()) return { outcome: 'unknown', merge: null };
    this.#codes.delete(code);
    const by = { member: held.member, device: held.device, label: held.label };
    return people.link(by, { device, label: shortLabel(label) });
  }

  /** Cuts a device of that member off, at once. */
  async remove(member: MemberId, device: DeviceKey): Promise<boolean> {
    const { people, events } = this.#options;
    if (!(await people.removeDevice(member, device))) return false;
    events.tell({ type: 'device-removed', member, device });
    await this.publish(member);
    return true;
  }

  /** Writes a member's devices where all of them read it. */
  async publish(member: MemberId): Promise<void> {
    const { people, committer, platform } = this.#options;
    const now = platform.clock.now();
    await committer.write(
      async (rooms) => {
        const devices = await people.devicesOf(member);
        const records = new Map(
          devices.map(({ device, label, since }) => [
            MemberKey.device + device,
            JSON.stringify({ label, since } satisfies DeviceRecord),
          ]),
        );
        return { records, room: await rooms.keyed(memberRoom(member)) };
      },
      (batch, { records, room }) => {
        for (const key of Array.from(room.records.keys())) {
          if (key.startsWith(MemberKey.device) && !records.has(key))
            batch.put(room, key, null, now);
        }
        for (const [key, value] of records) batch.put(room, key, value, now);
      },
    );
  }
}

/** As people type it: lower case, gaps, and letters that look like the digits they are. */
const plainCode = (typed: string): string =>
  typed
    .slice(0, 40)
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

const shortLabel = (label: string): string =>
  label.replaceAll(/\p{C}/gu, '').slice(0, LABEL_LENGTH);
