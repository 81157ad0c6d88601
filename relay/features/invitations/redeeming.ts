/** Using an invitation up: a device takes a place at the desk, or comes back to the one it had. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import type { Acting } from '../../core/audit/acts.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { Events } from '../../core/ports/events.ts';
import type { Actor, IssuedGrant, Member, Merge } from '../../core/ports/people.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { issueGrant } from '../members/issue-grant.ts';
import type { Members } from '../members/members.ts';
import type { Merges } from '../members/merges.ts';
import { hashOf } from './invitations.ts';
import type { InvitationRefusal, InvitationStorage } from './invitations-storage.ts';

export interface RedeemingOptions {
  readonly storage: Pick<Acting<InvitationStorage>, 'with'>;
  readonly authority: Authority;
  readonly platform: Pick<Platform, 'clock' | 'random'>;
  readonly members: Members;
  readonly merges: Pick<Merges, 'settle'>;
  readonly blocks: { until(actor: Actor): number };
  readonly events: Pick<Events, 'tell'>;
}

/** What a device signs and sends to use up an invitation. */
export interface RedeemAttempt {
  readonly code: string;
  readonly name: string;
  readonly device: DeviceKey;
  /** What is done, by whom the device becomes if the invitation brings nobody back. */
  readonly line: (self: MemberId) => ActLine;
}

export type Redeemed =
  | { readonly type: 'joined'; readonly member: Member; readonly grant: IssuedGrant }
  | { readonly type: InvitationRefusal | 'removed' | 'blocked' };

interface Joined extends Extract<Redeemed, { readonly type: 'joined' }> {
  readonly before: Member;
  /** Set when all that the device had comes along. */
  readonly merge: Merge | null;
}

export class Redeeming {
  readonly #options: RedeemingOptions;

  constructor(options: RedeemingOptions) {
    this.#options = options;
  }

  /** Uses up an invitation. The device keeps its history, whoever it becomes. */
  async redeem(attempt: RedeemAttempt): Promise<Redeemed> {
    const { members, merges, events } = this.#options;
    const result = await members.turns.take(() => this.#redeem(attempt));
    if (result.type !== 'joined') return result;
    const { member, grant, before, merge } = result;
    if (merge) await merges.settle(merge);
    events.tell({ type: 'member-changed', before, after: member, device: attempt.device });
    return { type: 'joined', member, grant };
  }

  async #redeem({
    code,
    name,
    device,
    line,
  }: RedeemAttempt): Promise<Joined | Exclude<Redeemed, { readonly type: 'joined' }>> {
    const { authority, storage, members, blocks, platform, events } = this.#options;
    const { now } = platform.clock;
    const before = await members.of(device);
    if (before === 'removed') return { type: 'removed' };
    // Wherever they are: a blocked network stops people who write from it, not people whom the brand invites.
    if (blocks.until({ member: before.id, device, address: '' }) > 0) return { type: 'blocked' };
    const isCustomer = (await members.member(before.id))?.customer ?? false;
    // A customer has devices that signed in at the shop, and somebody of the desk has those of their
    // own place: one that takes up a place leaves them to that.
    const brings = !isCustomer && !answersAtDesk(before.role);
    const self = isCustomer ? this.#newMember() : before.id;
    const member = await storage.with(line(self)).redeem({
      hash: hashOf(code),
      device,
      label: '',
      member: self,
      brings,
      name,
      now: now(),
    });
    if (typeof member === 'string') return { type: member };
    const merge = brings && member.id !== before.id ? { from: before.id, to: member.id } : null;
    if (merge) events.tell({ type: 'members-merged', ...merge });
    const grant = await issueGrant(device, member, now(), authority);
    if (!grant) return { type: 'unknown' };
    return { type: 'joined', member, grant, before, merge };
  }

  #newMember(): MemberId {
    return bytesToText(this.#options.platform.random(16)) as MemberId;
  }
}
