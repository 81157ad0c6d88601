/** From a folded conversation, the outbox and read positions to what a screen shows of it. */
import { fold } from '../../shared/conversation/fold.ts';
import { mayDo } from '../../shared/conversation/permissions.ts';
import type { ConversationView, Message, Note } from '../../shared/conversation/view.ts';
import { contentOf } from '../../shared/entry/entry.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { SpaceMode } from '../../shared/conversation/permissions.ts';
import { Role } from '../../shared/grant/roles.ts';
import type { OutboxItem, RoomState, Sync } from './sync-port.ts';
import type { People } from './people.ts';
import type {
  Delivery,
  ThreadItem,
  ThreadMessage,
  ThreadNote,
  ThreadState,
} from './thread-state.ts';

/** Folds what this device holds of a conversation: its rows, others' overlay, its own outbox. */
export function foldRoom(
  sync: Sync,
  id: ConversationId,
  room: RoomState,
  outbox: readonly OutboxItem[],
  mode: SpaceMode,
): ConversationView {
  const own = outbox.filter(
    (item) => item.entry.conversation === id && item.state.type !== 'refused',
  );
  const overlay = [...room.overlay, ...own.map((item) => item.entry)];
  const context = {
    conversation: id,
    community: sync.community,
    now: sync.now(),
    grants: sync.grants.get(),
    mode,
  };
  return fold(room.rows, overlay, context);
}

export interface ThreadInput {
  readonly view: ConversationView;
  readonly room: RoomState;
  readonly outbox: readonly OutboxItem[];
  readonly people: People;
  readonly me: ReturnType<Sync['me']['get']>;
  /** The first item that was unread when the thread was opened. */
  readonly unreadFrom: string | null;
}

/** First words of a question, as a title. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}

/** Whether a message is this member's. */
export const isMine = (item: Message | Note, me: ThreadInput['me']): boolean =>
  item.author.device === me.device || item.author.member === me.member;

/** Ids of others' messages after this side's read position, in order. */
export function unreadMessages(
  view: ConversationView,
  room: RoomState,
  me: ThreadInput['me'],
): string[] {
  const read = room.read[me.grant ? 'desk' : 'asker'];
  return view.timeline
    .filter((item): item is Message => item.type === 'message' && !isMine(item, me))
    .filter((item) => (item.seq ?? Infinity) > read)
    .map((item) => item.id);
}

export function threadState(input: ThreadInput): ThreadState {
  const { view, room, people, me, outbox } = input;
  const states = new Map(outbox.map((item) => [item.entry.id as string, item.state]));
  const items: ThreadItem[] = view.timeline.flatMap((item): ThreadItem[] => {
    if (item.type === 'unreadable') return [item];
    return item.type === 'message' ? [messageItem(item, input, states)] : [noteItem(item, input)];
  });
  items.push(...refusedItems(input));
  if (view.contested) {
    const { id, author, time, numbered } = view.contested;
    const mine = author.member === me.member;
    items.push({
      type: 'note',
      note: 'contested',
      id,
      mine,
      from: people.of(author),
      time,
      numbered,
    });
  }
  const ask = view.timeline.find((item): item is Message => item.type === 'message');
  const { claim } = view;
  const answerers = view.answerers.map((author) => people.of(author));
  if (claim && !view.answerers.some(({ member }) => member === claim.author.member)) {
    answerers.push(people.of(claim.author));
  }
  return {
    status: room.status === 'refused' ? 'refused' : room.status === 'loading' ? 'loading' : 'ready',
    id: view.id,
    title: ask ? titleOf(ask.text) : '',
    page: view.page,
    items,
    unreadFrom: input.unreadFrom,
    unread: unreadMessages(view, room, me).length,
    typing: typingPeople(input),
    claim: claim && {
      by: people.of(claim.author),
      mine: claim.author.member === me.member,
      numbered: claim.numbered,
      time: claim.time,
    },
    answerers,
    asker: view.asker && askerPerson(input),
    closed: view.closed,
    full: view.full,
    kept: items.filter((item) => item.type === 'message' && item.delivery?.type === 'kept').length,
  };
}

function messageItem(
  message: Message,
  { room, people, me, view }: ThreadInput,
  states: ReadonlyMap<string, OutboxItem['state']>,
): ThreadMessage {
  const mine = isMine(message, me);
  const { id, text, time, author, seq } = message;
  const question = view.timeline.find((item) => item.type === 'message')?.id === id;
  return {
    type: 'message',
    id,
    mine,
    from: people.of(author),
    text,
    time,
    delivery: mine ? deliveryOf(seq, room, me, states.get(id)) : null,
    retractable:
      mine &&
      !question &&
      mayDo('retract', { role: author.role, owner: false, own: true, mode: 0 }),
  };
}

function deliveryOf(
  seq: number | null,
  room: RoomState,
  me: ThreadInput['me'],
  state: OutboxItem['state'] | undefined,
): Delivery {
  if (seq !== null) {
    const readByOther = room.read[me.grant ? 'asker' : 'desk'];
    return { type: seq <= readByOther ? 'read' : 'received' };
  }
  switch (state?.type) {
    case 'later':
      return { type: 'later', retryAt: state.retryAt };
    case 'held':
      return { type: 'held' };
    default:
      return { type: 'kept' };
  }
}

function noteItem(note: Note, { people, me }: ThreadInput): ThreadNote {
  const { id, author, time, seq } = note;
  const from = people.of(author);
  return {
    type: 'note',
    note: note.note,
    id,
    mine: isMine(note, me),
    from,
    time,
    numbered: seq !== null,
  };
}

/** What the relay refused stays at the end, with its reason and two ways out. */
function refusedItems({ view, outbox, people, me }: ThreadInput): ThreadMessage[] {
  return outbox.flatMap(({ entry, state }): ThreadMessage[] => {
    if (entry.conversation !== view.id || state.type !== 'refused') return [];
    const content = contentOf(entry);
    if (content.kind !== 'say' && content.kind !== 'ask') return [];
    const from = people.of({ member: me.member, role: me.grant?.role ?? Role.visitor });
    const delivery = { type: 'refused', code: state.code } as const;
    const { id, time } = entry;
    return [
      {
        type: 'message',
        id,
        mine: true,
        from,
        text: content.text,
        time,
        delivery,
        retractable: true,
      },
    ];
  });
}

function typingPeople({ room, people, me, view }: ThreadInput): ThreadState['typing'] {
  return room.typing
    .filter((member) => member !== me.member)
    .map((member) => {
      const author = view.answerers.find((one) => one.member === member);
      const claimer = view.claim?.author.member === member ? view.claim.author : undefined;
      const known = people.desk.find((person) => person.member === member);
      return known ?? people.of(author ?? claimer ?? { member, role: Role.visitor });
    });
}

function askerPerson({ view, room, people, me }: ThreadInput): ThreadState['asker'] {
  if (!view.asker) return null;
  const person = people.of(view.asker);
  if (!me.grant || !room.asker) return person;
  const { here, seen } = room.asker;
  const presence = here
    ? ({ type: 'here' } as const)
    : seen > 0
      ? ({ type: 'seen', at: seen } as const)
      : ({ type: 'unknown' } as const);
  return { ...person, presence };
}
