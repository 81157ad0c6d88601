/** How a device comes to the desk: by an invitation, which gives it its own grant. */
import { type SpaceId, parseSpaceId } from '../../../../shared/ids.ts';
import type { RedeemResponse } from '../../../../shared/api/invitations.ts';
import { type LocalText, MemberKey } from '../../../../shared/protocol/records.ts';
import { coversSpace } from '../../../../shared/grant/grant.ts';
import { roleName } from '../../../../shared/grant/roles.ts';
import {
  type ApiResult,
  type InvitationApi,
  type InvitationProblem,
  bytesOf,
} from './invitation-api.ts';
import { kept } from '../../kept.ts';
import type { DeskSync } from '../../sync-port.ts';

export type DeskAccess =
  | { readonly status: 'loading' }
  /** No grant on this device: ask for an invitation. */
  | {
      readonly status: 'outside';
      /** Whether it had one until now. */
      readonly ended?: boolean;
    }
  /** Opened by an invitation link; `problem` after a failed try. */
  | {
      readonly status: 'invited';
      readonly invitation: {
        readonly role: string;
        readonly expires: number;
        /** Who it brings back; empty for somebody new. */
        readonly name: string;
        /** Who made it; empty where nobody is known. */
        readonly by: string;
        /** What the places are called that it is for. */
        readonly places: readonly LocalText[];
      } | null;
      readonly problem: InvitationProblem | null;
      readonly busy: boolean;
    }
  /** At the desk. `expired`: the grant ran out and the relay has not renewed it. */
  | { readonly status: 'inside'; readonly grantExpires: number; readonly expired: boolean };

type Invited = Extract<DeskAccess, { status: 'invited' }>;

const SPACE = 'desk-space';
/** The same, for the member's other devices: a grant that holds in all spaces names none. */
const SHARED_SPACE = `${MemberKey.setting}${SPACE}`;

export class DeskEntrance {
  readonly #sync: DeskSync;
  readonly #api: InvitationApi;
  readonly #changed: () => void;
  #code: string | null = null;
  #invited: Invited | null = null;
  #space: SpaceId | null = null;
  #wasInside = false;

  constructor(sync: DeskSync, api: InvitationApi, space: string | null, changed: () => void) {
    this.#sync = sync;
    this.#api = api;
    this.#changed = changed;
    this.#space = space === null ? null : parseSpaceId(space);
  }

  /** Reads which space this device's desk opens. */
  async load(): Promise<void> {
    const stored = await this.#sync.readSetting<string>(SPACE).catch(() => undefined);
    if (stored !== undefined) this.#space = parseSpaceId(stored);
  }

  /** The space of the desk; null before it is known. */
  get space(): SpaceId | null {
    const { grant } = this.#sync.me.get();
    if (!grant) return this.#space;
    // A manager may have moved them to another space since.
    const chosen = this.#space !== null && this.holds(this.#space) ? this.#space : null;
    return chosen ?? grant.spaces[0] ?? this.#shared;
  }

  /** Whether this device's grant holds in a space. */
  holds(space: SpaceId): boolean {
    const { grant } = this.#sync.me.get();
    return grant !== null && coversSpace(grant.spaces, space);
  }

  get #shared(): SpaceId | null {
    const value = this.#sync.privateRecords.get().get(SHARED_SPACE);
    return value === undefined ? null : parseSpaceId(JSON.parse(value) as string);
  }

  /** Lets the member's other devices know which space is theirs. */
  async share(): Promise<void> {
    const value = JSON.stringify(this.space);
    if (this.#sync.privateRecords.get().get(SHARED_SPACE) === undefined)
      await kept(this.#sync.writePrivate(SHARED_SPACE, value));
  }

  get access(): DeskAccess {
    const { grant } = this.#sync.me.get();
    if (grant) {
      this.#wasInside = true;
      const expired = grant.expires <= this.#sync.now();
      return { status: 'inside', grantExpires: grant.expires, expired };
    }
    return this.#invited ?? { status: 'outside', ended: this.#wasInside };
  }

  /** Whether the invitation at hand is for somebody new. */
  get bringsNobodyBack(): boolean {
    return this.#invited?.invitation?.name === '';
  }

  async present(code: string): Promise<void> {
    this.#code = code;
    this.#set({ status: 'invited', invitation: null, problem: null, busy: true });
    this.#look(await this.#api.look(code), code);
  }

  #look(result: Awaited<ReturnType<InvitationApi['look']>>, code: string): void {
    if (this.#code !== code) return;
    if (!result.ok) return this.#fail(result.problem);
    const { role, expires, community, name, by, places } = result.value;
    if (community !== this.#sync.community) return this.#fail('unknown');
    const invitation = { role: roleName(role) ?? 'helper', expires, name, by, places };
    this.#set({ status: 'invited', invitation, problem: null, busy: false });
  }

  async redeem(name: string): Promise<void> {
    const code = this.#code;
    if (code === null || this.#invited?.busy !== false || name.trim() === '') return;
    this.#set({ ...this.#invited, problem: null, busy: true });
    const result = await this.#ask(code, name.trim());
    if (!result.ok) return this.#fail(result.problem);
    const { grant, key, space } = result.value;
    this.#space = parseSpaceId(space);
    await kept(this.#sync.writeSetting(SPACE, space));
    try {
      if (await kept(this.#sync.adoptGrant(bytesOf(grant), bytesOf(key)))) {
        this.#code = null;
        this.#invited = null;
      } else this.#fail(null);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#fail('unknown'); // signed by another community than the one this page is for
    }
    this.#changed();
  }

  async #ask(code: string, name: string): Promise<ApiResult<RedeemResponse>> {
    const signature = await this.#sync.signRedeem(code, name);
    return this.#api.redeem({ code, name, device: this.#sync.me.get().device, signature });
  }

  #fail(problem: Invited['problem']): void {
    const invitation = this.#invited?.invitation ?? null;
    this.#set({ status: 'invited', invitation, problem, busy: false });
  }

  #set(invited: Invited): void {
    this.#invited = invited;
    this.#changed();
  }
}
