/** What a manager blocks: a member, a device, a network, or the networks where somebody was seen. */
import type { Act } from '../../../shared/api/route/act.ts';
import type { BlockReach } from '../../../shared/api/blocks.ts';
import { type KeyedPage, type PageRequest, wholeList } from '../../../shared/api/route/page.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import { isRemembered, networkWidth, parseNetwork } from '../../core/limits/networks.ts';
import { actWrite } from '../../core/audit/acts.ts';
import type { Events } from '../../core/ports/events.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { jobWrite } from '../../jobs/job-write.ts';
import type { Members, WhenOut } from '../members/members.ts';
import type { Blocks } from './blocks.ts';
import type { StoredBlock } from './blocks-storage.ts';

export interface BlockingOptions {
  readonly blocks: Blocks;
  readonly members: Pick<Members, 'of' | 'list'>;
  /** Takes back what a member gave others to come in by. */
  readonly revokeInvitationsBy: (member: MemberId) => Promise<void>;
  readonly whenOut: WhenOut;
  readonly events: Pick<Events, 'tell'>;
  readonly platform: Pick<Platform, 'clock' | 'random'>;
}

/** Who or what to block. */
export interface BlockDraft {
  readonly member?: MemberId | undefined;
  readonly device?: DeviceKey | undefined;
  /** An address or network. */
  readonly address?: string | undefined;
  /** Whose addresses. */
  readonly addressesOf?: MemberId | undefined;
  readonly reason?: string | undefined;
  /** When absent: until somebody lifts it. */
  readonly hours?: number | undefined;
}

type Subject = Pick<StoredBlock, 'subject' | 'value' | 'shown'>;

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

export class Blocking {
  readonly #options: BlockingOptions;

  constructor(options: BlockingOptions) {
    this.#options = options;
  }

  /** Those in force now, newest first. */
  list(page: PageRequest<number>): Promise<KeyedPage<StoredBlock, number>> {
    return this.#options.blocks.list(page);
  }

  /** Whom a block of a network would touch; null for what is no network. */
  async reach({ address, addressesOf }: BlockDraft): Promise<BlockReach | null> {
    const { blocks, members, platform } = this.#options;
    const network = address === undefined ? undefined : parseNetwork(address);
    if (address !== undefined && !network) return null;
    const subjects = await this.#subjectsOf({ address, addressesOf });
    const networks = subjects.length;
    if (network && !isRemembered(network)) return { networks, others: null, spared: 0 };
    const target = addressesOf && (await blocks.sightingsOf(addressesOf))[0]?.member;
    const hashes = subjects.map(({ value }) => value);
    const seen = await blocks.seenIn(hashes, platform.clock.now() - WEEK_MS);
    const desk = await wholeList((page: PageRequest<string>) => members.list(false, page));
    const atDesk = new Set(desk.map(({ id }) => id));
    const others = seen.filter((member) => member !== target);
    const spared = others.filter((member) => atDesk.has(member)).length;
    return { networks, others: others.length - spared, spared };
  }

  /** Blocks, at once; the blocks made. None when there is nothing to block: no such address, none seen. */
  async block(draft: BlockDraft, act: Act): Promise<readonly StoredBlock[]> {
    const { blocks, revokeInvitationsBy, events, platform, whenOut } = this.#options;
    const { reason = '', hours } = draft;
    const created = platform.clock.now();
    const expires = hours === undefined ? null : created + hours * HOUR_MS;
    // An invitation that they made would bring them back under another name.
    for (const member of await this.#membersIn(draft)) await revokeInvitationsBy(member);
    const made = (await this.#subjectsOf(draft)).map((subject): StoredBlock => {
      const id = Array.from(platform.random(5), (byte) => byte.toString(16).padStart(2, '0'));
      return { id: id.join(''), ...subject, reason, created, expires };
    });
    const job = draft.member === undefined ? null : whenOut.job(draft.member);
    if (made.length === 0) return made;
    const line = act.on(targetOf(draft, made), reason);
    await blocks.add(made, [...(job ? [jobWrite('put', job)] : []), actWrite(line)]);
    events.tell({ type: 'block-changed', member: draft.member ?? null });
    if (job) events.tell({ type: 'job-put', due: job.due });
    await whenOut.settled();
    return made;
  }

  /** Whether there was one to lift. */
  async lift(id: string, act: Act): Promise<boolean> {
    const { blocks, events } = this.#options;
    const block = blocks.find(id);
    const lifted = await blocks.lift(id, act.on(block ? subjectOf(block) : `block:${id}`));
    events.tell({ type: 'block-changed', member: null });
    return lifted;
  }

  async #membersIn({ member, device }: BlockDraft): Promise<MemberId[]> {
    if (member !== undefined) return [member];
    if (device === undefined) return [];
    const found = await this.#options.members.of(device);
    return found === 'removed' ? [] : [found.id];
  }

  async #subjectsOf(draft: BlockDraft): Promise<readonly Subject[]> {
    const { blocks } = this.#options;
    const { member, device, address, addressesOf } = draft;
    if (member !== undefined) return [{ subject: 'member', value: member, shown: member }];
    if (device !== undefined) return [{ subject: 'device', value: device, shown: device }];
    if (address !== undefined) {
      const network = parseNetwork(address);
      if (!network) return [];
      return [{ subject: 'address', value: blocks.hash(network), shown: networkWidth(network) }];
    }
    if (addressesOf === undefined) return [];
    const seen = await blocks.sightingsOf(addressesOf);
    const narrow = new Map(seen.map(({ hash, shown }) => [hash, shown]));
    return [...narrow]
      .filter(([, shown]) => /\/(32|64)$/.test(shown))
      .map(([value, shown]) => ({ subject: 'address', value, shown }));
  }
}

/** Whom an act is about. A network is known by its width alone: no address is written down. */
const subjectOf = ({ subject, shown }: Subject): string => `${subject}:${shown}`;

const targetOf = ({ addressesOf }: BlockDraft, [block]: readonly StoredBlock[]): string =>
  addressesOf === undefined && block ? subjectOf(block) : `addresses-of:${addressesOf ?? ''}`;
