/** The community's spaces: each has a keyed room, and memory holds its name and mode. */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { SpaceMode } from '../../../shared/space-mode.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import {
  type CardRecord,
  type RosterRecord,
  type SpaceRecord,
} from '../../../shared/protocol/records.ts';
import { parseRoom, spaceRoom } from '../../../shared/protocol/rooms.ts';
import { actWrite } from '../../core/audit/acts.ts';
import type { Feature } from '../../core/feature.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import type { Events } from '../../core/ports/events.ts';
import type { Member } from '../../core/ports/people.ts';
import type { SpaceBook } from '../../core/ports/space-book.ts';
import type { KeyedRoom } from '../../core/rooms/room.ts';
import type { RoomCache } from '../../core/rooms/room-cache.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';

const SPACE_KEY = 'space';
/** In a space that says nothing of it. */
const HIDE_AFTER = 2;
const ROSTER_KEY = 'roster';
const cardKey = (member: MemberId): string => `card/${member}`;

export interface SpacesOptions {
  readonly storage: RoomStorage;
  readonly rooms: RoomCache;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly events: Events;
}

/** What everyone may read about a member besides who they are. */
export interface PublicCard {
  readonly topics: readonly string[];
  /** ms since the epoch; 0 if nobody recorded it. */
  readonly since: number;
  readonly store: string;
  readonly owns: readonly string[];
  /** A photo's name; empty if there is none to show. */
  readonly photo: string;
}

/** Everything that anyone may know about a space. */
export interface PublicSpace {
  readonly space: SpaceRecord;
  readonly roster: RosterRecord;
  readonly cards: readonly CardRecord[];
}

export class Spaces implements Feature, SpaceBook {
  readonly name = 'spaces';
  readonly #options: SpacesOptions;
  readonly #records = new Map<SpaceId, SpaceRecord>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SpacesOptions) {
    this.#options = options;
  }

  /** Reads which spaces there are. */
  async start(): Promise<void> {
    for (const name of await this.#options.storage.rooms('space/')) {
      const room = parseRoom(name);
      if (room.kind !== 'space') continue;
      const record = spaceIn(await this.#options.rooms.keyed(name));
      if (record) this.#records.set(room.id, record);
    }
  }

  get ids(): readonly SpaceId[] {
    return [...this.#records.keys()];
  }

  has(id: SpaceId): boolean {
    return this.#records.has(id);
  }

  modeOf = (id: SpaceId): SpaceMode | undefined => this.#records.get(id)?.mode;

  /** What the brand's page may tell helpers about a visitor there. */
  attributesOf = (id: SpaceId): readonly string[] => this.#records.get(id)?.attributes ?? [];

  /** How many members' reports hide a message there by themselves; 0: none do. */
  hideAfterIn = (id: SpaceId): number => this.#records.get(id)?.hideAfter ?? HIDE_AFTER;

  /** Whether somebody reads what is written there before it is published. */
  readsBeforeIn = (id: SpaceId): boolean => this.#records.get(id)?.publish === 'before';

  record(id: SpaceId): SpaceRecord | undefined {
    return this.#records.get(id);
  }

  /** The spaces in which a member's role holds. */
  of(member: Pick<Member, 'spaces'>): readonly SpaceId[] {
    return member.spaces.length === 0 ? this.ids : member.spaces.filter((id) => this.has(id));
  }

  /** Makes a space, or changes what it is. */
  async set(record: SpaceRecord): Promise<void> {
    await this.edit(record.id, () => record);
  }

  /**
   * The same from what it is now, one change after the other: none is lost to another.
   * @param change may throw, and nothing is changed then
   * @param line of whoever does it; absent where the relay does it by itself
   */
  edit(
    id: SpaceId,
    change: (before: SpaceRecord | undefined) => SpaceRecord,
    line?: ActLine,
  ): Promise<SpaceRecord> {
    const edited = this.#turn.then(async () => {
      const record = change(this.record(id));
      await this.#set(record, line);
      return record;
    });
    this.#turn = edited.catch(() => {}); // told to whoever asked for it
    return edited;
  }

  async #set(record: SpaceRecord, line: ActLine | undefined): Promise<void> {
    const isNew = !this.has(record.id);
    const before = this.record(record.id) ?? null;
    await this.#put(record.id, SPACE_KEY, record, line);
    // An empty desk is stated too: without a roster, a reader does not know who is here.
    if (isNew) await this.setRoster(record.id, await this.roster(record.id));
    this.#records.set(record.id, record);
    const { id } = record;
    this.#options.events.tell({ type: 'space-changed', id, before, after: record });
  }

  async setRoster(space: SpaceId, roster: RosterRecord): Promise<void> {
    await this.#put(space, ROSTER_KEY, roster);
  }

  /** Shows a member of the desk to everyone in their spaces, and only there. */
  async showCard(member: Member, shows: PublicCard): Promise<void> {
    const key = cardKey(member.id);
    const shown = answersAtDesk(member.role) ? this.of(member) : [];
    for (const space of this.ids) {
      const held = cardIn(await this.#options.rooms.keyed(spaceRoom(space)), key);
      const { topics, store, owns, photo } = shows;
      const card: CardRecord = {
        member: member.id,
        name: member.name,
        role: member.role,
        topics,
        since: shows.since || held?.since || this.#options.clock.now(),
        ...(store === '' ? {} : { store }),
        ...(owns.length === 0 ? {} : { owns }),
        ...(photo === '' ? {} : { photo }),
      };
      if (shown.includes(space)) await this.#put(space, key, card);
      else if (held) await this.#put(space, key, null);
    }
  }

  async roster(space: SpaceId): Promise<RosterRecord> {
    const room = await this.#options.rooms.keyed(spaceRoom(space));
    return rosterIn(room) ?? { here: [], seen: [] };
  }

  /** A space as its public face shows it; undefined if it does not exist. */
  async public(space: SpaceId): Promise<PublicSpace | undefined> {
    if (!this.has(space)) return undefined;
    const room = await this.#options.rooms.keyed(spaceRoom(space));
    const record = spaceIn(room);
    if (!record) return undefined;
    const cards = [...room.records.keys()]
      .filter((key) => key.startsWith('card/'))
      .flatMap((key) => cardIn(room, key) ?? []);
    return { space: record, roster: await this.roster(space), cards };
  }

  /** @param value null removes the record. */
  #put(space: SpaceId, key: string, value: unknown, line?: ActLine): Promise<void> {
    const { committer, clock } = this.#options;
    return committer.write(
      (rooms) => rooms.keyed(spaceRoom(space)),
      (batch, room) => {
        batch.put(room, key, value === null ? null : JSON.stringify(value), clock.now());
        if (line) batch.write(actWrite(line));
      },
    );
  }
}

/** Records are JSON that this relay wrote itself. */
function readRecord(room: KeyedRoom, key: string): unknown {
  const held = room.records.get(key);
  return held && JSON.parse(held.value);
}

export const spaceIn = (room: KeyedRoom): SpaceRecord | undefined =>
  readRecord(room, SPACE_KEY) as SpaceRecord | undefined;
const rosterIn = (room: KeyedRoom): RosterRecord | undefined =>
  readRecord(room, ROSTER_KEY) as RosterRecord | undefined;
const cardIn = (room: KeyedRoom, key: string): CardRecord | undefined =>
  readRecord(room, key) as CardRecord | undefined;
