/** Turns a conversation as read, the outbox and read positions into what a screen shows. */
import { readEntryRow } from '../../../shared/conversation/read-row.ts';
import type { Row } from '../../../shared/conversation/row.ts';
import type { Author } from '../../../shared/conversation/fact.ts';
import type {
  ConversationView,
  Hidden,
  Message,
  Note,
  TimelineItem,
} from '../../../shared/conversation/view.ts';
import { type Entry, contentOf } from '../../../shared/entry/entry.ts';
import { Kind } from '../../../shared/entry/kinds.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { EntryId, Fingerprint } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import { moderatedItems, reportsAbout } from './moderated-items.ts';
import type { ModerationView } from '../moderation/moderation-state.ts';
import { keptTexts } from '../network.ts';
import type { People } from '../people.ts';
import { quotesIn } from './quoting.ts';
import { titleOf } from './title.ts';
import type { LinkState, Me, OutboxItem, RoomState } from '../sync-port.ts';
import type {
  Delivery,
  ThreadHidden,
  ThreadItem,
  ThreadMessage,
  ThreadNote,
  ThreadState,
} from './thread-state.ts';
import type { Person } from '../person.ts';

interface ThreadInput {
  readonly community: Fingerprint;
  readonly view: ConversationView;
  readonly room: RoomState;
  /** This conversation's part of the outbox. */
  readonly outbox: readonly OutboxItem[];
  readonly me: Me;
  readonly people: People;
  readonly link: LinkState;
  /** Which side this device reads on. */
  readonly side: Side;
  readonly unreadFrom: string | null;
  readonly contacts: boolean;
  readonly moderation: ModerationView;
}

/** Whether a message is somebody else's and beyond what this side has read. */
const isUnread = (item: TimelineItem, input: Pick<ThreadInput, 'me' | 'room' | 'side'>): boolean =>
  item.type === 'message' &&
  item.seq !== null &&
  item.seq > input.room.read[input.side] &&
  !isMine(item.author, input.me);

export const isMine = (author: Author, me: Me): boolean =>
  author.member === me.member || author.device === me.device;

/** Unread messages of a view, oldest first. */
export const unreadOf = (
  view: ConversationView,
  input: Pick<ThreadInput, 'me' | 'room' | 'side'>,
): readonly Message[] => view.timeline.filter((item): item is Message => isUnread(item, input));

export function threadOf(input: ThreadInput): ThreadState {
  const { view, room, outbox, me, people, moderation } = input;
  const ask = view.timeline.find(({ type }) => type === 'message' || type === 'hidden');
  const askId = view.asker && ask?.type === 'message' ? ask.id : null;
  const states = new Map(outbox.map(({ entry, state }) => [entry.id, state]));
  const other = input.side === 'asker' ? room.read.desk : room.read.asker;
  const person = (author: Author): Person =>
    author.role === Role.visitor ? asker(author) : people.person(author.member, author.role);
  const asker = (author: Author): Person => {
    const plain = people.person(author.member, Role.visitor);
    return author.member === view.asker?.member && input.side === 'desk'
      ? { ...plain, presence: askerPresence(room, input.link) }
      : plain;
  };

  const quotedBy = quotesIn(view, (author) => isMine(author, me), person);
  const messageOf = (item: Message): ThreadMessage => {
    const mine = isMine(item.author, me);
    return {
      type: 'message',
      id: item.id,
      mine,
      from: person(item.author),
      text: item.text,
      quoted: quotedBy(item),
      time: item.time,
      delivery: mine ? deliveryOf(item, states.get(item.id), other) : null,
      reportable: !mine && item.seq !== null,
      // Without its question a conversation would have no owner, so the question stays.
      retractable: mine && item.id !== askId,
    };
  };
  const noteOf = (item: Note): ThreadNote => ({
    type: 'note',
    id: item.id,
    note: item.note,
    mine: isMine(item.author, me),
    from: person(item.author),
    time: item.time,
    numbered: item.seq !== null,
  });

  const hiddenOf = ({ id, seq }: Hidden): ThreadHidden => ({
    type: 'hidden',
    id,
    here: seq === null,
  });

  const items: ThreadItem[] = view.timeline.map((item) => {
    if (item.type === 'message') return messageOf(item);
    if (item.type === 'note') return noteOf(item);
    if (item.type === 'hidden') return hiddenOf(item);
    return { type: 'unreadable', id: item.id };
  });
  const shown = new Set(items.map(({ id }) => id));
  for (const aside of asideOf(input, shown)) {
    if (aside.type === 'message') insertByTime(items, messageOf(aside));
    else insertByTime(items, aside);
  }

  const claim = view.claim && {
    by: people.person(view.claim.author.member, view.claim.author.role),
    mine: isMine(view.claim.author, me),
    numbered: view.claim.numbered,
    time: view.claim.time,
  };
  const answerers = view.answerers.filter((author) => !isMine(author, me)).map(person);
  if (claim && !answerers.some(({ member }) => member === claim.by.member))
    answerers.push(claim.by);
  return {
    status: statusOf(input),
    id: view.id,
    title: ask?.type === 'message' ? titleOf(ask.text) : '',
    page: view.page,
    public: view.public,
    guest: view.asker !== null && !me.grant && !isMine(view.asker, me),
    items: moderatedItems(items, moderation),
    unreadFrom: input.unreadFrom,
    unread: unreadOf(view, input).length,
    contacts: input.contacts,
    typing: room.typing
      .filter((member) => member !== me.member)
      .map((member) => (member === view.asker?.member ? asker(view.asker) : people.person(member))),
    claim,
    answerers,
    asker: view.asker && person(view.asker),
    closed: view.closed,
    full: view.full,
    kept: keptTexts(outbox),
    reporting: { hides: moderation.hides, reports: reportsAbout(items, moderation) },
  };
}

function statusOf({ room, link, outbox, view }: ThreadInput): ThreadState['status'] {
  if (view.timeline.length > 0 || outbox.length > 0) return 'ready';
  if (room.status === 'refused') return 'refused';
  if (room.status === 'loading') return 'loading';
  // This device does not hold it: it is on its way while there is a link.
  const coming = link.status === 'online' || link.status === 'connecting';
  return coming && room.status === 'local' ? 'loading' : 'ready';
}

function askerPresence({ asker }: RoomState, link: LinkState): Person['presence'] {
  if (link.status !== 'online' || !asker) return { type: 'unknown' };
  if (asker.here) return { type: 'here' };
  return asker.seen > 0 ? { type: 'seen', at: asker.seen } : { type: 'unknown' };
}

function deliveryOf(
  item: Message,
  state: OutboxItem['state'] | undefined,
  readByOther: number,
): Delivery {
  if (item.seq !== null) return { type: readByOther >= item.seq ? 'read' : 'received' };
  switch (state?.type) {
    case 'later':
    case 'held':
      return state;
    case 'refused':
      return { type: 'refused', code: state.code };
    default:
      return { type: 'kept' };
  }
}

/**
 * What the reader left out but this device must still show: own texts that were refused or are held, own
 * texts from before a right was lost, and claims that came second.
 */
function asideOf(
  { view, room, outbox, me, people, community }: ThreadInput,
  shown: ReadonlySet<string>,
): (Message | ThreadNote)[] {
  const aside: (Message | ThreadNote)[] = [];
  const retracted = new Set(
    outbox.flatMap(({ entry }) => (entry.kind === Kind.retract ? targetOf(entry) : [])),
  );
  const note = ({ id, time }: Pick<Entry, 'id' | 'time'>, from: Person): ThreadNote => ({
    type: 'note',
    id,
    note: 'contested',
    mine: true,
    from,
    time,
    numbered: false,
  });
  for (const { entry, state } of outbox) {
    if (state.type === 'claimed') {
      aside.push(note(entry, people.person(state.by)));
    } else if (entry.kind === Kind.say && !shown.has(entry.id) && !retracted.has(entry.id)) {
      // What was refused is none, and may stay for long: the rows are not searched for it each time.
      if (state.type !== 'refused' && isNumbered(room.rows, entry.id, community)) continue;
      const content = contentOf(entry);
      if (content.kind !== 'say') continue;
      const role = me.grant?.role ?? Role.visitor;
      const author: Author = { device: me.device, member: me.member, role };
      const { id, time } = entry;
      const { text, quotes = null } = content;
      aside.push({ type: 'message', id, author, time, seq: null, text, quotes });
    }
  }
  const { claim, contested } = view;
  if (claim && contested && isMine(contested.author, me)) {
    aside.push(note(contested, people.person(claim.author.member, claim.author.role)));
  }
  return aside;
}

function targetOf(entry: Entry): EntryId[] {
  const content = contentOf(entry);
  return content.kind === 'retract' ? [content.target] : [];
}

/** For a moment it is both a row and an outbox item. If it is retracted by then, it is not shown. */
const isNumbered = (rows: readonly Row[], id: EntryId, community: Fingerprint): boolean =>
  rows.some((row) => row.type === 'entry' && readEntryRow(row, community).id === id);

function insertByTime(items: ThreadItem[], item: ThreadMessage | ThreadNote): void {
  const before = items.findLastIndex((other) => 'time' in other && other.time <= item.time);
  items.splice(before + 1, 0, item);
}

/** The outbox's entries that count as overlay: those that may still be numbered. */
export const overlayOf = (
  room: Pick<RoomState, 'overlay'>,
  outbox: readonly OutboxItem[],
): readonly Entry[] => [...room.overlay, ...outbox.filter(mayStillCount).map(({ entry }) => entry)];

function mayStillCount({ entry, state }: OutboxItem): boolean {
  if (entry.kind === Kind.ask) return true; // without it there is nothing to show the rest in
  return state.type === 'waiting' || state.type === 'later';
}
