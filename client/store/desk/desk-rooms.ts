/** The rooms of the desk (its space, its inbox) and what is read from them with the outbox. */
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { ConversationId, MemberId, SpaceId } from '../../../shared/ids.ts';
import { inboxRoom, spaceRoom } from '../../../shared/protocol/rooms.ts';
import { type Surroundings, SpaceSurroundings } from '../conversation/surroundings.ts';
import type { SeenTimes } from './desk-settings.ts';
import { type InboxLists, createInboxLists, inboxRecords } from './inbox.ts';
import { outboxOf } from '../outbox-groups.ts';
import type { People } from '../people.ts';
import { visitorName } from '../../../shared/text/visitor-name.ts';
import { memo } from '../../signals/reuse.ts';
import { type UiLanguage, spaceMode } from '../space.ts';
import { keptTitles } from './list/page-titles.ts';
import type { OutboxItem, RoomHandle, RoomState, DeskSync } from '../sync-port.ts';

const NO_ROWS: RoomState['rows'] = [];

const nameless: Readonly<Record<UiLanguage, (member: MemberId) => string>> = {
  fr: (member) => visitorName(member, 'fr'),
  en: (member) => visitorName(member, 'en'),
};

export class DeskRooms {
  readonly #sync: DeskSync;
  readonly #surroundings: SpaceSurroundings;
  #open: {
    readonly id: SpaceId;
    readonly space: RoomHandle;
    readonly inbox: RoomHandle;
    readonly stop: () => void;
  } | null = null;

  /**
   * @param relay the relay's address, with its path if it has one; empty for the page's own origin
   * @param lang the language in which people without a name are called
   */
  constructor(sync: DeskSync, relay: string, lang: () => UiLanguage) {
    this.#sync = sync;
    const rows = (): RoomState['rows'] => this.#open?.space.state.get().rows ?? NO_ROWS;
    this.#surroundings = new SpaceSurroundings({
      sync,
      rows,
      relay,
      nameless: () => nameless[lang()],
    });
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** The space that is open; null for none. */
  get space(): SpaceId | null {
    return this.#open?.id ?? null;
  }

  open(id: SpaceId, spaceChanged: () => void, inboxChanged: () => void): void {
    const space = this.#sync.openRoom(spaceRoom(id));
    const inbox = this.#sync.openRoom(inboxRoom(id));
    const stops = [space.state.subscribe(spaceChanged), inbox.state.subscribe(inboxChanged)];
    this.#open = { id, space, inbox, stop: () => stops.forEach((stop) => stop()) };
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
    return this.#surroundings.people;
  }

  lists(at: number, seen: SeenTimes, blind: SeenTimes): InboxLists {
    const { outbox, people, space } = this.#surroundings;
    const { member } = this.#sync.me.get();
    const { records } = this;
    const titleOf = this.#titles(records);
    const open = spaceMode(space) === SpaceMode.open;
    return this.#lists({ records, outbox, me: member, people, open, at, seen, blind, titleOf });
  }

  outboxOf(id: ConversationId): readonly OutboxItem[] {
    return outboxOf(this.#surroundings.outbox, id);
  }

  around(id: ConversationId): Surroundings {
    return this.#surroundings.of(id);
  }

  readonly #records = memo(inboxRecords);
  readonly #titlesOf = keptTitles();
  readonly #titles = memo((records: ReturnType<typeof inboxRecords>) =>
    this.#titlesOf(records.map(({ page }) => page)),
  );
  readonly #lists = createInboxLists();
}
