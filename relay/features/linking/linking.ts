/** One person on several devices: one lets another in by a code, and any may cut another off. */
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import type { LinkOutcome } from '../../../shared/protocol/control.ts';
import type { Merge } from '../../core/ports/people.ts';
import type { Members } from '../members/members.ts';
import type { Merges } from '../members/merges.ts';
import { type CodeMaker, type LinkCodes, shortLabel } from './link-codes.ts';

export interface LinkingOptions {
  readonly members: Members;
  readonly merges: Pick<Merges, 'settle'>;
  readonly codes: LinkCodes;
}

/** A device that types a code. */
export interface Typed {
  readonly code: string;
  readonly device: DeviceKey;
  /** What it calls itself. */
  readonly label: string;
  readonly address: string;
}

export class Linking {
  readonly #options: LinkingOptions;

  constructor(options: LinkingOptions) {
    this.#options = options;
  }

  /**
   * A code that lets one more device in; empty if the member has all the devices allowed, or asked for too
   * many codes. A device has one at a time.
   */
  async code(
    maker: CodeMaker,
    address: string,
  ): Promise<{ readonly code: string; readonly expires: number }> {
    const { members, codes } = this.#options;
    const none = { code: '', expires: 0 };
    if (!codes.mayMake(maker.device)) return none;
    if ((await members.devicesOf(maker.member)).length >= Limits.memberDevices) return none;
    return codes.make(maker, address);
  }

  /**
   * Uses a code up. `told` is called as soon as it is known what came of it; then the conversations of
   * who became another are told.
   */
  async link(typed: Typed, told: (outcome: LinkOutcome) => void): Promise<void> {
    const { merges, codes } = this.#options;
    const maker = codes.take(typed.code, typed.device);
    if (typeof maker === 'string') return told(maker);
    const result = await this.join(maker, typed);
    if (typeof result === 'string') return told(result);
    told('linked');
    await merges.settle(result);
  }

  /** Lets a device act for the member of another; the merge is still to be told. */
  join(by: CodeMaker, device: Pick<Typed, 'device' | 'label'>): Promise<LinkOutcome | Merge> {
    return this.#options.members.turns.take(() => this.#join(by, device));
  }

  async #join(
    by: CodeMaker,
    { device, label }: Pick<Typed, 'device' | 'label'>,
  ): Promise<LinkOutcome | Merge> {
    const { members } = this.#options;
    const [from, to] = await Promise.all([members.of(device), members.of(by.device)]);
    // It was removed meanwhile, or is somebody else now: the code was this member's.
    if (from === 'removed' || to === 'removed' || to.id !== by.member) return 'unknown';
    if (from.id === to.id) return 'linked';
    if (answersAtDesk(from.role)) return 'other';
    const [mine, theirs] = await Promise.all([members.member(from.id), members.member(to.id)]);
    if (mine?.customer && (theirs?.customer || answersAtDesk(to.role))) return 'other';
    if ((await this.#devicesOf(from.id, to.id)) >= Limits.memberDevices) return 'full';
    // The member whom the brand knows by name stays.
    const merge = mine?.customer ? { from: to.id, to: from.id } : { from: from.id, to: to.id };
    const devices = [
      { device: by.device, label: by.label },
      { device, label: shortLabel(label) },
    ];
    await members.merge({ ...merge, devices, customer: false });
    return merge;
  }

  async #devicesOf(...ids: readonly MemberId[]): Promise<number> {
    const lists = await Promise.all(ids.map((id) => this.#options.members.devicesOf(id)));
    return lists.reduce((count, { length }) => count + length, 0);
  }
}
