/** The rooms of the desk (its space, its inbox) and what is read from them with the outbox. */
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { ConversationId, MemberId, SpaceId } from '../../../shared/ids.ts';
import { inboxRoom, spaceRoom } from '../../../shared/protocol/rooms.ts';
import type { Surroundings } from '../conversation/conversation-watch.ts';
import { type InboxLists, inboxLists, inboxRecords } from './inbox.ts';
import { type OutboxByConversation, createOutboxGroups, outboxOf } from '../outbox-groups.ts';
import { type People, peopleOf } from '../people.ts';
import { memo } from '../../signals/reuse.ts';
import { recordOf, spaceMode } from '../space.ts';
import type { OutboxItem, RoomHandle, RoomState, DeskSync } from '../sync-port.ts';

const NO_ROWS: RoomState['rows'] = [];

/** When each conversation was last read here, by the time of its last entry. */
export type SeenTimes = Readonly<Record<string, number>>;

export class DeskRooms {
  readonly #sync: DeskSync;
  readonly #relay: string;
  #open: {
    readonly space: RoomHandle;
    readonly inbox: RoomHandle;
    readonly stop: () => void;
  } | null = null;

  /** @param relay the relay's address, with its path if it has one; empty for the page's own origin */
  constructor(sync: DeskSync, relay: string) {
    this.#sync = sync;
    this.#relay = relay;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  open(id: SpaceId, spaceChanged: () => void, inboxChanged: () => void): void {
    const space = this.#sync.openRoom(spaceRoom(id));
    const inbox = this.#sync.openRoom(inboxRoom(id));
    const stops = [space.state.subscribe(spaceChanged), inbox.state.subscribe(inboxChanged)];
    this.#open = { space, inbox, stop: () => stops.forEach((stop) => stop()) };
  }

  /** Idempotent. */
  close(): void {
    this.#open?.stop();
    this.#open?.space.close();
    this.#open?.inbox.close();
    this.#open = null;
  }

  /** Whether this device holds an inbox: what comes on top of it is new. */
  get inboxKnown(): boolean {
    const state = this.#open?.inbox.state.get();
    return state !== undefined && (state.status === 'synced' || state.rows.length > 0);
  }

  get records(): ReturnType<typeof inboxRecords> {
    return this.#records(this.#open?.inbox.state.get().rows ?? NO_ROWS);
  }

  get people(): People {
    const online = this.#sync.link.get().status === 'online';
    return this.#people(this.#spaceRows, this.#sync.grants.get(), online, this.#relay);
  }

  lists(at: number, seen: SeenTimes): InboxLists {
    const outbox = this.#groups(this.#sync.outbox.get());
    const { member } = this.#sync.me.get();
    return this.#lists(this.records, outbox, member, this.people, this.#mode, at, seen);
  }

  outboxOf(id: ConversationId): readonly OutboxItem[] {
    return outboxOf(this.#groups(this.#sync.outbox.get()), id);
  }

  around(id: ConversationId): Surroundings {
    return {
      outbox: this.outboxOf(id),
      me: this.#sync.me.get(),
      grants: this.#sync.grants.get(),
      mode: this.#mode,
      people: this.people,
      link: this.#sync.link.get(),
    };
  }

  get #mode(): SpaceMode {
    return spaceMode(recordOf(this.#spaceRows, 'space'));
  }

  get #spaceRows(): RoomState['rows'] {
    return this.#open?.space.state.get().rows ?? NO_ROWS;
  }

  readonly #groups = createOutboxGroups();
  readonly #people = memo(peopleOf);
  readonly #records = memo(inboxRecords);
  readonly #lists = memo(
    (
      records: ReturnType<typeof inboxRecords>,
      outbox: OutboxByConversation,
      me: MemberId,
      people: People,
      mode: SpaceMode,
      at: number,
      seen: SeenTimes,
    ) => {
      const open = mode === SpaceMode.open;
      return inboxLists({ records, outbox, me, people, open, at, seen });
    },
  );
}
