/** Invitations: single-use, expiring codes that give a place at the desk, or bring a member back to it. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import { sha256, textBytes } from '../../../shared/hash.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import { type Acting, actWrite } from '../../core/audit/acts.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { writesOf } from '../../core/ports/port.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import type { InvitationStorage, StoredInvitation, invitationOps } from './invitations-storage.ts';

export interface InvitationsOptions {
  readonly storage: Acting<InvitationStorage>;
  readonly rooms: Pick<RoomStorage, 'commit'>;
  readonly platform: Pick<Platform, 'clock' | 'random'>;
}

/** What a new invitation is for. */
export interface InvitationDraft {
  readonly role: Role;
  readonly spaces?: readonly SpaceId[];
  readonly topics?: readonly string[];
  readonly note?: string;
  /** Brings this member back instead of making a new one. */
  readonly member?: MemberId | null | undefined;
  /** The manager who made it; null if the command line did. */
  readonly madeBy?: MemberId | null;
  readonly days?: number;
}

/** An invitation whose code is shown now and never again. */
export interface NewInvitation {
  readonly id: string;
  readonly code: string;
  readonly expires: number;
}

const DAY_MS = 24 * 3_600_000;
const INVITATION_DAYS = 7;
/** Older invitations are no longer listed. */
const LISTED_DAYS = 90;

const invitationWrite = writesOf<InvitationStorage, typeof invitationOps>('invitations');

export class Invitations {
  readonly #options: InvitationsOptions;

  constructor(options: InvitationsOptions) {
    this.#options = options;
  }

  /**
   * A new single-use invitation.
   * @param line says of its id what is done.
   */
  async invite(draft: InvitationDraft, line: (id: string) => ActLine): Promise<NewInvitation> {
    const { rooms, platform } = this.#options;
    const { role, spaces = [], topics = [], note = '', member = null, madeBy = null, days } = draft;
    const { code, expires } = this.#newCode(days);
    const id = hexOf(platform.random(5));
    const hash = hashOf(code);
    const created = platform.clock.now();
    const given = { role, spaces, topics, note, member, madeBy };
    const made = invitationWrite('addInvitation', { id, hash, ...given, created, expires });
    await rooms.commit({ changes: [], writes: [made, actWrite(line(id))] });
    return { id, code, expires };
  }

  /** Another link for an invitation that nobody has used; the one before is void. */
  async resend(id: string, line: ActLine): Promise<NewInvitation | undefined> {
    const made = this.#newCode();
    const { storage } = this.#options;
    const renewed = await storage.with(line).renewInvitation(id, hashOf(made.code), made.expires);
    return renewed && { id, ...made };
  }

  /** Whether there was one to revoke. */
  revoke(id: string, line: ActLine): Promise<boolean> {
    return this.#options.storage.with(line).revokeInvitation(id);
  }

  /** Newest first, those of the last 90 days. */
  list(page: PageRequest<number>): Promise<KeyedPage<StoredInvitation, number>> {
    const { storage, platform } = this.#options;
    return storage.invitations(platform.clock.now() - LISTED_DAYS * DAY_MS, page);
  }

  /** By its id. */
  get(id: string): Promise<StoredInvitation | undefined> {
    return this.#options.storage.invitationOf(id);
  }

  /** By its code; undefined if there is none or it was revoked. */
  async find(code: string): Promise<StoredInvitation | undefined> {
    const found = await this.#options.storage.invitation(hashOf(code));
    return found?.revoked ? undefined : found;
  }

  #newCode(days = INVITATION_DAYS): { code: string; expires: number } {
    const { clock, random } = this.#options.platform;
    return { code: bytesToText(random(16)), expires: clock.now() + days * DAY_MS };
  }
}

/** How storage knows a code: whoever reads the file gets in by none. */
export const hashOf = (code: string): string =>
  bytesToText(sha256(textBytes(`comptoir invitation\n${code}`)));

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The link to hand out. The code is in the fragment: no server sees it and no log keeps it. */
export const invitationLink = (url: string, { code }: NewInvitation): string =>
  `${url}/desk/#invite=${code}`;
