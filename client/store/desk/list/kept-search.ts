/** Finds words in the conversations that this device holds: what was said, beyond what the inbox tells. */
import type { Row } from '../../../../shared/conversation/row.ts';
import { readEntryRow } from '../../../../shared/conversation/read-row.ts';
import type { ConversationId, Fingerprint } from '../../../../shared/ids.ts';
import { type RoomName, parseRoom } from '../../../../shared/protocol/rooms.ts';
import { holdsAll, plainWords } from './plain-words.ts';

/** What the search reads. */
export interface KeptSource {
  readonly community: Fingerprint;
  keptRooms(): Promise<readonly { readonly name: RoomName; readonly changedAt: number }[]>;
  readKept(name: RoomName): Promise<readonly Row[]>;
}

interface Read {
  readonly changedAt: number;
  readonly text: string;
}

const NONE: ReadonlySet<ConversationId> = new Set();

export class KeptSearch {
  /** What is looked for, and where it was found among what was said. */
  text = '';
  inside: ReadonlySet<ConversationId> = NONE;
  readonly #source: KeptSource;
  readonly #changed: () => void;
  #texts = new Map<RoomName, Read>();
  #round = 0;

  constructor(source: KeptSource, changed: () => void) {
    this.#source = source;
    this.#changed = changed;
  }

  /** The newest wins; each conversation that changed is read once. */
  async look(text: string): Promise<void> {
    const round = ++this.#round;
    this.text = text;
    this.inside = NONE;
    this.#changed();
    const words = plainWords(text);
    if (words.length === 0) return;
    const rooms = await this.#source.keptRooms().catch(() => []); // `storage` says why
    const found = new Set<ConversationId>();
    const texts = new Map<RoomName, Read>();
    for (const { name, changedAt } of rooms) {
      const room = parseRoom(name);
      if (room.kind !== 'conversation') continue;
      const known = this.#texts.get(name);
      const read = known?.changedAt === changedAt ? known : await this.#read(name, changedAt);
      if (round !== this.#round) return;
      texts.set(name, read);
      if (holdsAll(read.text, words)) found.add(room.id);
    }
    this.#texts = texts;
    this.inside = found;
    this.#changed();
  }

  /** What was kept is being deleted. */
  forget(): void {
    this.#round++;
    this.#texts.clear();
    this.text = '';
    this.inside = NONE;
  }

  async #read(name: RoomName, changedAt: number): Promise<Read> {
    const rows = await this.#source.readKept(name).catch(() => []);
    const said = rows.flatMap((row) => {
      const content =
        row.type === 'entry' ? readEntryRow(row, this.#source.community).read?.content : undefined;
      return content?.kind === 'say' || content?.kind === 'ask' ? [content.text] : [];
    });
    return { changedAt, text: plainWords(said.join(' ')).join(' ') };
  }
}
