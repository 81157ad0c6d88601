/** All of the relay but its skin, from its ports: core, the list of features, and connections. */
import { Connections } from './connections/connections.ts';
import type { MemberId } from '../shared/ids.ts';
import type { CloseCode } from '../shared/protocol/close-codes.ts';
import type { Feature } from './core/feature.ts';
import type { Authority } from './core/ports/authority.ts';
import type { RelayEvent } from './core/ports/events.ts';
import type { Log } from './core/ports/log.ts';
import type { People } from './core/ports/people.ts';
import type { Platform } from './core/ports/platform.ts';
import { ConversationReaders } from './core/readers.ts';
import { RelayCore } from './core/relay-core.ts';
import { auditFeature } from './features/audit/audit-feature.ts';
import { Audit } from './features/audit/audit.ts';
import { attributesFeature } from './features/attributes/attributes-feature.ts';
import { Blocking } from './features/blocks/blocking.ts';
import { blocksFeature } from './features/blocks/blocks-feature.ts';
import { Blocks } from './features/blocks/blocks.ts';
import { Cards, type CardsOptions } from './features/cards/cards.ts';
import { Lapses } from './features/claims/lapses.ts';
import { decisionsFeature } from './features/decisions/decisions-feature.ts';
import { Decisions } from './features/decisions/decisions.ts';
import type { IdentityCheck } from './features/identity/identity-token.ts';
import { Appeals } from './features/held/appeals.ts';
import { HeldDecisions } from './features/held/held-decisions.ts';
import { heldFeature } from './features/held/held-feature.ts';
import { HeldQueue } from './features/held/held-queue.ts';
import type { HeldRoutesOptions } from './features/held/held-routes.ts';
import { inboxFeature } from './features/inbox/inbox-feature.ts';
import { Invitations } from './features/invitations/invitations.ts';
import { Redeeming } from './features/invitations/redeeming.ts';
import { DeviceRecords } from './features/linking/device-records.ts';
import { LinkCodes } from './features/linking/link-codes.ts';
import { linkingFeature } from './features/linking/linking-feature.ts';
import { Linking } from './features/linking/linking.ts';
import { issueGrant } from './features/members/issue-grant.ts';
import { Greetings } from './features/members/greeting.ts';
import { membersFeature } from './features/members/members-feature.ts';
import { Members, type WhenOut } from './features/members/members.ts';
import { Merges } from './features/members/merges.ts';
import { presenceFeature } from './features/presence/presence-feature.ts';
import { Notices } from './features/notices/notices.ts';
import type { IsLastManager } from './core/ports/decisions.ts';
import { OfficeRights } from './features/office-rights/office-rights.ts';
import { PresenceBoard } from './features/presence/presence.ts';
import { privateRecordsFeature } from './features/private-records/private-records-feature.ts';
import { talksFeature } from './features/private-records/talks-feature.ts';
import { publicQuestionsFeature } from './features/public-questions/public-questions-feature.ts';
import { readingFeature } from './features/reading/reading-feature.ts';
import { Reports } from './features/reports/reports.ts';
import { Spaces } from './features/spaces/spaces.ts';
import { wordsFeature } from './features/words/words-feature.ts';
import { Words } from './features/words/words.ts';
import { jobsFeature } from './jobs/jobs-feature.ts';
import type { ActingPorts } from './storage/storage.ts';

export interface CoreOptions {
  readonly storage: ActingPorts;
  readonly platform: Platform;
  readonly authority: Authority;
  readonly log: Log;
  /** Whether a device that dialled `host` dialled this relay. */
  readonly isOwnHost: (host: string) => boolean;
  /** Sockets that one address may have. @default no limit */
  readonly socketsPerAddress?: number;
  /** Checks the brand's tokens; without it they are ignored. */
  readonly identify?: IdentityCheck | undefined;
  /** Makes a photo of an image. @default none can be made */
  readonly decode?: CardsOptions['decode'];
  /** Entries that one author may write in a minute. @default 300 */
  readonly entriesPerMinute?: number;
  /** Questions that one author may ask in an hour. @default 30 */
  readonly questionsPerHour?: number;
  /** A holder out of reach this long loses the claim. @default 5 minutes */
  readonly lapseAfterMs?: number;
  /** Those that need the machine, not only what is here. @default none */
  readonly features?: readonly Feature[];
  /** How long is kept where somebody was seen. @default 30 */
  readonly addressDays?: number;
  /** The time between two versions of a roster. @default 2 s */
  readonly rosterEveryMs?: number;
}

const defaults = {
  identify: undefined,
  decode: () => Promise.resolve({ type: 'not-an-image' }),
  lapseAfterMs: 5 * 60_000,
  socketsPerAddress: Number.POSITIVE_INFINITY,
  addressDays: 30,
  rosterEveryMs: 2_000,
} satisfies Partial<CoreOptions>;

/** What the skin is put over. */
export interface Composition {
  readonly core: RelayCore;
  readonly connections: Connections;
  readonly spaces: Spaces;
  readonly members: Members;
  readonly merges: Merges;
  readonly invitations: Invitations;
  readonly redeeming: Redeeming;
  readonly linking: Linking;
  readonly blocks: Blocks;
  readonly blocking: Blocking;
  readonly cards: Cards;
  readonly words: Words;
  readonly decisions: Decisions;
  readonly held: HeldRoutesOptions;
  readonly audit: Audit;
  readonly reports: Reports;
  readonly rights: OfficeRights;
  readonly notices: Notices;
  readonly presence: PresenceBoard;
  /** Ends all connections, stops, and writes what waits. Idempotent. The caller closes storage. */
  close(code: CloseCode, reason: string): Promise<void>;
}

/** Opens on what storage holds. Resolves once devices may connect. */
export async function createCore(options: CoreOptions): Promise<Composition> {
  const {
    storage,
    platform,
    authority,
    log,
    isOwnHost,
    identify,
    decode,
    socketsPerAddress,
    ...times
  } = {
    ...defaults,
    ...options,
  };
  const { clock, memory } = platform;
  const core = new RelayCore({
    ...options,
    storage: storage.rooms,
    checkpoints: storage.checkpoints,
    asked: storage.asked,
    held: storage.held,
    people: () => members,
    spaces: () => spaces,
  });
  const { rooms, committer, events, acts } = core;

  const spaces = new Spaces({ storage: storage.rooms, rooms, committer, clock, events });
  const presence = new PresenceBoard(clock.now, memory);
  const readers = new ConversationReaders();
  const seal = (bytes: Uint8Array): Uint8Array => authority.seal(bytes);
  const blocks = await Blocks.open({
    storage: storage.blocks,
    rooms: storage.rooms,
    clock,
    log,
    seal,
    memory,
  });
  const { random } = platform;
  const decisions = new Decisions({ storage: storage.decisions, clock, random });
  const words = await Words.open({
    storage: storage.words,
    rooms: storage.rooms,
    clock,
    random,
  });
  const audit = new Audit(storage.audit);
  const notices = new Notices({ storage: storage.notices, platform, seal, log });
  const rights = await OfficeRights.open({
    storage: storage.rights,
    members: storage.members,
    rooms: storage.rooms,
    log,
  });
  const whenOut: WhenOut = {
    job: (member) => lapses.endingClaimsOf(member),
    settled: () => lapses.settled(),
  };

  const revoke = (member: MemberId): Promise<void> =>
    storage.invitations.revokeInvitationsBy(member);
  const members = new Members({
    storage: storage.members,
    clock,
    events,
    revokeInvitationsBy: revoke,
    rooms: storage.rooms,
    whenOut,
    rights,
  });
  const merges = new Merges({ storage: storage.members, committer, acts, events, clock, log });
  const greetings = new Greetings({ members, merges, identify });
  const invitations = new Invitations({
    storage: storage.invitations,
    rooms: storage.rooms,
    platform,
  });
  const redeeming = new Redeeming({
    storage: storage.invitations,
    authority,
    platform,
    members,
    merges,
    blocks,
    events,
  });
  const blocking = new Blocking({
    blocks,
    members,
    revokeInvitationsBy: (member) => members.turns.take(() => revoke(member)),
    whenOut,
    events,
    platform,
  });
  const linking = new Linking({ members, merges, codes: new LinkCodes(platform) });
  const records = new DeviceRecords({ members, committer, clock });
  const cards = new Cards({
    storage: storage.cards,
    members: storage.members,
    spaces,
    platform,
    log,
    decode,
  });
  const lapses = new Lapses({
    acts,
    rooms,
    committer,
    presence,
    spaces,
    clock,
    log,
    afterMs: times.lapseAfterMs,
  });

  const isLastManager: IsLastManager = (member) => rights.isLastManager(member);
  const reports = new Reports({
    isLastManager,
    storage: storage.reports,
    books: storage.books,
    hidden: storage.hidden,
    rooms: storage.rooms,
    people: {
      membersOf: (devices) => members.membersOf(devices),
      blockedUntil: (actor) => blocks.until(actor),
    },
    networksOf: async (member) => (await blocks.sightingsOf(member)).map(({ hash }) => hash),
    enoughIn: (space) => spaces.hideAfterIn(space),
    fingerprint: authority.fingerprint,
    committer,
    acts,
    decisions,
    clock,
    log,
  });
  const queue = new HeldQueue({ storage: storage.held, rooms, community: authority.fingerprint });
  const held = new HeldDecisions({
    storage: storage.held,
    holdings: core.holdings,
    committer,
    path: core.submitPath,
    decisions,
    isLastManager,
    clock,
    answer: (member, answers) => connections.tell({ member }, { type: 'answer', answers }),
  });
  const appeals = new Appeals({
    storage: storage.decisions,
    decisions,
    held,
    queue,
    unhide: async (id, by, also) =>
      (await reports.office.unhide(id, { by, reason: '', also })).type === 'done',
    committer,
    isLastManager,
  });

  const list: readonly Feature[] = [
    spaces,
    blocksFeature(blocks, { clock, addressDays: times.addressDays }),
    membersFeature(merges),
    linkingFeature({ linking, records, members, words, log }),
    cards,
    privateRecordsFeature({ committer, clock, memory }),
    inboxFeature({ storage: storage.lines, spaces, clock }),
    talksFeature(clock),
    publicQuestionsFeature({ storage: storage.lines, spaces, clock }),
    readers,
    presenceFeature({ spaces, presence, readers, clock, log, everyMs: times.rosterEveryMs }),
    attributesFeature({
      readers,
      presence,
      allowedIn: spaces.attributesOf,
      words,
      now: clock.steady,
      memory,
    }),
    readingFeature({ storage: storage.reading, rooms: core.known, readers, clock, log, memory }),
    lapses,
    wordsFeature({ words, clock, memory }),
    heldFeature({
      decisions,
      readsBeforeIn: spaces.readsBeforeIn,
      seal,
      storage: storage.held,
      committer,
      clock,
      inTurn: (work) => held.inTurn(work),
    }),
    decisionsFeature({
      decisions,
      tell: (whose, message) => connections.tell(whose, message),
      clock,
      memory,
      log,
    }),
    reports,
    auditFeature(audit, { clock, log }),
    notices,
    rights,
    ...(options.features ?? []),
  ];
  const tell = (event: RelayEvent): void => events.tell(event);
  const jobs = { storage: storage.jobs, rooms: storage.rooms, clock, log, tell };
  const features = [...list, jobsFeature(list, jobs)];
  const people: People = {
    membersOf: (devices) => members.membersOf(devices),
    greet: (device, token) => greetings.greet(device, token),
    grantFor: (device, member) => issueGrant(device, member, clock.now(), authority),
    blockedUntil: (actor) => blocks.until(actor),
  };
  const connections = new Connections({
    core,
    people,
    spaces,
    features,
    isOwnHost,
    mostFromAddress: socketsPerAddress,
  });
  await core.start(features);
  return {
    core,
    connections,
    spaces,
    members,
    merges,
    invitations,
    redeeming,
    linking,
    blocks,
    blocking,
    cards,
    words,
    decisions,
    held: { queue, held, appeals, decisions: storage.decisions },
    audit,
    reports,
    notices,
    rights,
    presence,
    async close(code, reason) {
      connections.closeAll(code, reason);
      await core.stop();
    },
  };
}
