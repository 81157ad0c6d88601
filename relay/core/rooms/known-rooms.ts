/**
 * What is known of rooms without asking storage, for those who open them: a thousand devices that come back at
 * once ask for the same, and mostly lack nothing. It is as true as storage, because a change of a room is told
 * here before anybody hears of it.
 */
import type { ConversationId } from '../../../shared/ids.ts';
import { type RoomName, conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { Asked, AskedStorage } from '../ports/asked-storage.ts';
import type { RoomHead, RoomPage, RoomStorage } from '../ports/room-storage.ts';
import { Memory } from '../memory/memory.ts';
import { encodePage } from './encode-page.ts';
import { RoomAnswers } from './room-answers.ts';

export interface KnownRoomsOptions {
  readonly storage: Pick<RoomStorage, 'head' | 'page'>;
  readonly asked: Pick<AskedStorage, 'asked'>;
  readonly memory?: Memory | undefined;
}

/** A head and who asked take some 300 bytes each. */
const MOST_HEADS = 10_000;
const HEAD_BYTES = 300;
const MOST_PAGES = 1_000;
/** A longer page would take more memory than it saves time. */
const LONGEST_PAGE = 4_096;

export class KnownRooms implements Pick<RoomStorage, 'head' | 'page'> {
  readonly #options: KnownRoomsOptions;
  /** Of rooms in which something was written: invented names must not fill the memory. */
  readonly #heads: RoomAnswers<RoomHead>;
  readonly #asked: RoomAnswers<Asked | undefined>;
  readonly #pages: RoomAnswers<RoomPage>;

  constructor(options: KnownRoomsOptions) {
    this.#options = options;
    const { memory = new Memory() } = options;
    this.#heads = new RoomAnswers({
      most: memory.places(MOST_HEADS, HEAD_BYTES),
      isKept: ({ next }) => next > 0,
    });
    this.#asked = new RoomAnswers({
      most: memory.places(MOST_HEADS, HEAD_BYTES),
      isKept: (asked) => asked !== undefined,
    });
    this.#pages = new RoomAnswers({
      most: memory.places(MOST_PAGES, LONGEST_PAGE),
      isKept: ({ head, isLast, update }) =>
        head.next > 0 && isLast && update.length <= LONGEST_PAGE,
    });
  }

  head(room: RoomName): Promise<RoomHead> {
    return this.#heads.get(room, '', () => this.#options.storage.head(room));
  }

  /** Who asked a conversation, if that is kept beside its rows. */
  asked(id: ConversationId): Promise<Asked | undefined> {
    return this.#asked.get(conversationRoom(id), '', () => this.#options.asked.asked(id));
  }

  async page(
    room: RoomName,
    generation: number,
    from: number,
    maxBytes: number,
  ): Promise<RoomPage> {
    const head = await this.#heads.known(room);
    if (head && lacksNothing(head, from))
      return encodePage(room, generation, from, { head, rows: [], end: from, erased: [] });
    return this.#pages.get(room, `${generation} ${from} ${maxBytes}`, () =>
      this.#options.storage.page(room, generation, from, maxBytes),
    );
  }

  /** A room has changed, or nobody knows whether it has. */
  changed(room: RoomName): void {
    this.#heads.changed(room);
    this.#asked.changed(room);
    this.#pages.changed(room);
  }
}

/** Whether a replica that holds all rows before `from` is up to date: there are no others, and none was ever erased. */
const lacksNothing = ({ next, rev, count }: RoomHead, from: number): boolean =>
  from >= next && rev === next && count === next;
