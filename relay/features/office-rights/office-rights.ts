/**
 * Who may do what in the office: managers by their role, and whoever was given a right. All of it is in memory,
 * since every request asks, and what was taken counts at once.
 */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { HeldRight, OfficeRight } from '../../../shared/api/route/office-right.ts';
import { type PageRequest, wholeList } from '../../../shared/api/route/page.ts';
import type { MemberId } from '../../../shared/ids.ts';
import { type Acting, actWrite } from '../../core/audit/acts.ts';
import type { Feature } from '../../core/feature.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Member } from '../../core/ports/people.ts';
import { type Write, writesOf } from '../../core/ports/port.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import type { MemberStorage } from '../members/members-storage.ts';
import { runsOffice } from '../members/members.ts';
import type { RightStorage, StoredRight, rightOps } from './rights-storage.ts';

/** All of them are in memory. */
export const MOST_RIGHTS = 1_000;

export interface OfficeRightsOptions {
  readonly storage: Acting<RightStorage>;
  readonly members: Pick<MemberStorage, 'members'>;
  readonly rooms: Pick<RoomStorage, 'commit'>;
  readonly log: Log;
}

const rightWrite = writesOf<RightStorage, typeof rightOps>('rights');
const MANAGER: HeldRight = { right: 'manager', spaces: [] };

export class OfficeRights implements Feature {
  readonly name = 'office-rights';
  readonly #options: OfficeRightsOptions;
  #all: readonly StoredRight[] = [];

  /** Members changed whose rights went or moved with it. */
  readonly events = {
    'member-changed': () => this.#reload(),
    'members-merged': () => this.#reload(),
  };

  private constructor(options: OfficeRightsOptions) {
    this.#options = options;
  }

  static async open(options: OfficeRightsOptions): Promise<OfficeRights> {
    const rights = new OfficeRights(options);
    await rights.#load();
    return rights;
  }

  /** What a member may do. */
  of(member: Pick<Member, 'id' | 'role' | 'spaces'>): readonly HeldRight[] {
    const given = this.#all.filter((right) => right.member === member.id);
    return runsOffice(member) ? [MANAGER, ...given] : given;
  }

  /** Those that were given; managers by their role are members like others. */
  get all(): readonly StoredRight[] {
    return this.#all;
  }

  /** Gives a right, or says anew where it holds. Whether there was room for it. */
  async give(right: StoredRight, line: ActLine): Promise<boolean> {
    const isNew = !this.#all.some((one) => isSame(one, right.member, right.right));
    if (isNew && this.#all.length >= MOST_RIGHTS) return false;
    const writes = [rightWrite('putRight', right), actWrite(line)];
    await this.#options.rooms.commit({ changes: [], writes });
    await this.#load();
    return true;
  }

  /** Whether they held it. */
  async take(member: MemberId, right: OfficeRight, line: ActLine): Promise<boolean> {
    const taken = await this.#options.storage.with(line).dropRight(member, right);
    await this.#load();
    return taken;
  }

  /** Takes all of it, in the batch of what takes their place away. */
  dropping(member: MemberId): readonly Write[] {
    return this.#all.some((right) => right.member === member)
      ? [rightWrite('dropRightsOf', member)]
      : [];
  }

  /** Whether the office would be without a manager if this one were none. */
  async isLastManager(member: MemberId): Promise<boolean> {
    if (this.#all.some((one) => one.right === 'manager' && one.member !== member)) return false;
    const { members } = this.#options;
    const desk = await wholeList((page: PageRequest<string>) => members.members(false, page));
    return !desk.some((one) => runsOffice(one) && one.id !== member);
  }

  #reload(): void {
    void this.#load().catch((error: unknown) =>
      this.#options.log.error('rights of the office are not known anew', error),
    );
  }

  async #load(): Promise<void> {
    this.#all = await this.#options.storage.rights();
  }
}

const isSame = (one: StoredRight, member: MemberId, right: OfficeRight): boolean =>
  one.member === member && one.right === right;
