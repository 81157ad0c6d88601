/**
 * What waits to be read before anybody else reads it, without the bytes, in memory: each entry that comes is asked
 * whether its conversation's question waits, and whether there is room for more.
 */
import type { ConversationId, DeviceKey, EntryId, SpaceId } from '../../../shared/ids.ts';
import { kinds } from '../../../shared/entry/kinds.ts';
import type { Merge } from '../ports/people.ts';
import type { HeldMark, HeldStorage } from './held-storage.ts';

/** Of one device, and of a space. */
export const MOST_HELD = {
  device: { entries: 50, bytes: 200_000 },
  space: { entries: 5_000, bytes: 20_000_000 },
} as const;

const MARKS_AT_ONCE = 2_000;
const ASK = kinds.named('ask').code;

interface Sum {
  entries: number;
  bytes: number;
}

export class HeldBook {
  readonly #storage: Pick<HeldStorage, 'heldMarks'>;
  readonly #marks = new Map<EntryId, HeldMark>();
  readonly #questions = new Map<ConversationId, HeldMark>();
  readonly #devices = new Map<DeviceKey, Sum>();
  readonly #spaces = new Map<SpaceId, Sum>();
  #lastSince = 0;
  #isReady = false;
  #loading: Promise<void> | null = null;

  constructor(storage: Pick<HeldStorage, 'heldMarks'>) {
    this.#storage = storage;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get size(): number {
    return this.#marks.size;
  }

  /** Has all of it known. Rejects if storage does: whoever needs it asks again. */
  async ready(): Promise<void> {
    if (this.#isReady) return;
    await (this.#loading ??= this.#load().finally(() => (this.#loading = null)));
  }

  /** A batch that changed it is not on disk: it is read again. */
  lost(): void {
    this.#isReady = false;
    this.#marks.clear();
    this.#questions.clear();
    this.#devices.clear();
    this.#spaces.clear();
  }

  get(id: EntryId): HeldMark | undefined {
    return this.#marks.get(id);
  }

  /** The question of a conversation, if it waits. */
  question(conversation: ConversationId): HeldMark | undefined {
    return this.#questions.get(conversation);
  }

  /** All that waits in a conversation. */
  with(conversation: ConversationId): HeldMark[] {
    return [...this.#marks.values()].filter((mark) => mark.conversation === conversation);
  }

  /** Who has no room for so much more; null: there is room. */
  full(device: DeviceKey, space: SpaceId, bytes: number): keyof typeof MOST_HELD | null {
    if (isFull(this.#devices.get(device), MOST_HELD.device, bytes)) return 'device';
    return isFull(this.#spaces.get(space), MOST_HELD.space, bytes) ? 'space' : null;
  }

  /** When one that comes now came: after all before it. */
  since(now: number): number {
    return Math.max(now, this.#lastSince + 1);
  }

  add(mark: HeldMark): void {
    if (this.#marks.has(mark.id)) return;
    this.#marks.set(mark.id, mark);
    if (mark.kind === ASK) this.#questions.set(mark.conversation, mark);
    count(this.#devices, mark.device, 1, mark.size);
    count(this.#spaces, mark.space, 1, mark.size);
    this.#lastSince = Math.max(this.#lastSince, mark.since);
  }

  remove(id: EntryId): void {
    const mark = this.#marks.get(id);
    if (!mark) return;
    this.#marks.delete(id);
    if (this.#questions.get(mark.conversation)?.id === id)
      this.#questions.delete(mark.conversation);
    count(this.#devices, mark.device, -1, -mark.size);
    count(this.#spaces, mark.space, -1, -mark.size);
  }

  /** What a merged member wrote is the other's. */
  moved({ from, to }: Merge): void {
    const theirs = [...this.#marks.values()].filter(({ member }) => member === from);
    for (const mark of theirs) {
      this.remove(mark.id);
      this.add({ ...mark, member: to });
    }
  }

  async #load(): Promise<void> {
    let after = '';
    for (;;) {
      const marks = await this.#storage.heldMarks(after, MARKS_AT_ONCE);
      for (const mark of marks) this.add(mark);
      if (marks.length < MARKS_AT_ONCE) break;
      after = marks.at(-1)?.id ?? '';
    }
    this.#isReady = true;
  }
}

const isFull = (sum: Sum | undefined, most: Readonly<Sum>, bytes: number): boolean =>
  sum !== undefined && (sum.entries >= most.entries || sum.bytes + bytes > most.bytes);

function count<Key>(sums: Map<Key, Sum>, key: Key, entries: number, bytes: number): void {
  const sum = sums.get(key) ?? { entries: 0, bytes: 0 };
  sum.entries += entries;
  sum.bytes += bytes;
  if (sum.entries > 0) sums.set(key, sum);
  else sums.delete(key);
}
