/** Who is who: members, their devices and roles. Every change is told as an event, once. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { HeldRight } from '../../../shared/api/route/office-right.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { Role, answersAtDesk } from '../../../shared/grant/roles.ts';
import { ownMemberOf } from '../../../shared/hash.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import { type Acting, actWrite } from '../../core/audit/acts.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Events } from '../../core/ports/events.ts';
import type { JobRequest } from '../../core/ports/jobs.ts';
import type { Member, MemberDevice } from '../../core/ports/people.ts';
import { type Write, writesOf } from '../../core/ports/port.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import { jobWrite } from '../../jobs/job-write.ts';
import type { MemberStorage, MergeRequest, StoredMember, memberOps } from './members-storage.ts';
import { Turns } from './turns.ts';

/** What follows when a member stops answering: another feature says it. */
export interface WhenOut {
  /** A job that is stored with its cause. */
  job(member: MemberId): JobRequest;
  /** Resolves once what was begun at once is done. */
  settled(): Promise<void>;
}

export interface MembersOptions {
  readonly storage: Acting<MemberStorage>;
  readonly clock: Pick<Clock, 'now'>;
  readonly events: Pick<Events, 'tell'>;
  /** Takes back what a member gave others to come in by. */
  readonly revokeInvitationsBy: (member: MemberId) => Promise<void>;
  readonly rooms: Pick<RoomStorage, 'commit'>;
  /** What must be done once somebody no longer answers. */
  readonly whenOut: WhenOut;
  /** What they may do in the office: it goes with their place. */
  readonly rights: {
    dropping(member: MemberId): readonly Write[];
    of(member: Member): readonly HeldRight[];
    isLastManager(member: MemberId): Promise<boolean>;
  };
}

const memberWrite = writesOf<MemberStorage, typeof memberOps>('members');

/** What a manager decides of a member. */
export interface Place {
  readonly role: Role;
  readonly spaces: readonly SpaceId[];
  readonly topics: readonly string[];
}

/**
 * Whether a member may use the office: managers of the whole community may. A manager of only some spaces
 * could give themselves the others.
 */
export const runsOffice = ({ role, spaces }: Pick<Member, 'role' | 'spaces'>): boolean =>
  role === Role.manager && spaces.length === 0;

export class Members {
  readonly #options: MembersOptions;
  /** For every change of who is who, whichever feature makes it. */
  readonly turns = new Turns();

  constructor(options: MembersOptions) {
    this.#options = options;
  }

  /** The members that devices act for. A device that has not joined anybody is a visitor of its own. */
  async membersOf(
    devices: readonly DeviceKey[],
  ): Promise<ReadonlyMap<DeviceKey, Member | 'removed'>> {
    const joined = await this.#options.storage.membersByDevice(devices);
    return new Map(devices.map((device) => [device, joined.get(device) ?? visitorOf(device)]));
  }

  async of(device: DeviceKey): Promise<Member | 'removed'> {
    return (await this.membersOf([device])).get(device) ?? visitorOf(device);
  }

  member(id: MemberId): Promise<StoredMember | undefined> {
    return this.#options.storage.member(id);
  }

  /** Members by name: the desk's, or all with a device or a role. */
  list(all: boolean, page: PageRequest<string>): Promise<KeyedPage<StoredMember, string>> {
    return this.#options.storage.members(all, page);
  }

  devicesOf(member: MemberId): Promise<readonly MemberDevice[]> {
    return this.#options.storage.devicesOf(member);
  }

  /**
   * Gives a member another place, at once; `Role.visitor` takes it away, and what they may do in the office with
   * it. Whether there is such a member; the last manager cannot step down.
   * @param line absent where the relay does it by itself
   */
  async setPlace(
    id: MemberId,
    change: Partial<Place>,
    line?: ActLine,
  ): Promise<boolean | 'last-manager'> {
    const { storage, clock, events, revokeInvitationsBy, rooms, whenOut, rights } = this.#options;
    const isDone = await this.turns.take(async () => {
      const before = await storage.member(id);
      if (!before) return false;
      const { role, spaces, topics } = { ...before, ...change };
      const keeps = answersAtDesk(role) && managesBy(rights.of({ ...before, role, spaces }));
      if (
        line?.by === id &&
        managesBy(rights.of(before)) &&
        !keeps &&
        (await rights.isLastManager(id))
      )
        return 'last-manager';
      // This comes first: one of these would bring them back under another name.
      if (!runsOffice({ role, spaces })) await revokeInvitationsBy(id);
      const place = memberWrite('setMember', id, { role, spaces, topics, now: clock.now() });
      const job = answersAtDesk(role) ? null : whenOut.job(id);
      const writes = [
        place,
        ...(job ? [jobWrite('put', job), ...rights.dropping(id)] : []),
        ...(line ? [actWrite(line)] : []),
      ];
      await rooms.commit({ changes: [], writes });
      const after = (await storage.member(id)) ?? before;
      events.tell({ type: 'member-changed', before, after, device: null });
      if (job) events.tell({ type: 'job-put', due: job.due });
      return true;
    });
    await whenOut.settled();
    return isDone;
  }

  /** Makes two members one. In the turn of whoever found that they are. */
  async merge(request: Omit<MergeRequest, 'now'>): Promise<void> {
    const { storage, clock, events } = this.#options;
    await storage.merge({ ...request, now: clock.now() });
    events.tell({ type: 'members-merged', from: request.from, to: request.to });
  }

  /**
   * Cuts off a device of that member forever. Returns whether it was one.
   * @param line absent where the member does it
   */
  async removeDevice(member: MemberId, device: DeviceKey, line?: ActLine): Promise<boolean> {
    const { storage, clock, events } = this.#options;
    const removed = await (line ? storage.with(line) : storage).removeDevice(
      member,
      device,
      clock.now(),
    );
    if (removed) events.tell({ type: 'device-removed', member, device });
    return removed;
  }
}

const managesBy = (rights: readonly HeldRight[]): boolean =>
  rights.some(({ right }) => right === 'manager');

const visitorOf = (device: DeviceKey): Member => ({
  id: ownMemberOf(device),
  role: Role.visitor,
  name: '',
  spaces: [],
});
