/**
 * What a manager of the whole community does at the desk against somebody who misbehaves: they block them
 * through the relay's office, and lift a block again. Nothing of it waits for a network.
 */
import type { BlockReach, OfficeBlock } from '../../../../shared/api/blocks.ts';
import type { DeviceKey, MemberId } from '../../../../shared/ids.ts';
import type { RequestProblem, SessionApi } from '../../session-api.ts';

/** A member, one of their devices, or the networks where they were seen. */
export type BlockWhom =
  | { readonly member: MemberId }
  | { readonly device: DeviceKey }
  | { readonly addressesOf: MemberId };

export interface BlockDraft {
  readonly whom: BlockWhom;
  /** When absent: until somebody lifts it. */
  readonly hours?: number | undefined;
  readonly reason: string;
}

export interface BlockingState {
  /** Whom a block of the person's networks would touch; null while it is not known. */
  readonly reach: BlockReach | null;
  /** Those that hold, newest first; null while they are not known. */
  readonly held: readonly OfficeBlock[] | null;
  readonly busy: boolean;
  readonly problem: RequestProblem | null;
}

export interface BlockingStore {
  /** Asks anew whom it would touch, and what holds. */
  look(person: MemberId): Promise<void>;
  /** The blocks made; null for none: `problem` says why. */
  block(draft: BlockDraft): Promise<readonly string[] | null>;
  lift(ids: readonly string[]): Promise<void>;
}

const NOTHING: BlockingState = { reach: null, held: null, busy: false, problem: null };
/** Of the newest; a list of more is the command line's. */
const MOST_HELD = 50;

export class LiveBlocking implements BlockingStore {
  state = NOTHING;
  readonly #api: Pick<SessionApi, 'office'>;
  readonly #changed: () => void;
  /** The newest question; the answer to another is late. */
  #asked = 0;

  constructor(api: Pick<SessionApi, 'office'>, changed: () => void) {
    this.#api = api;
    this.#changed = changed;
  }

  async look(person: MemberId): Promise<void> {
    const asked = ++this.#asked;
    this.#set(NOTHING);
    const query = { addressesOf: person };
    const [reach, held] = await Promise.all([
      this.#api.office('GET /api/office/block-reach', { query }),
      this.#api.office('GET /api/office/blocks', { query: { most: String(MOST_HELD) } }),
    ]);
    if (asked !== this.#asked) return;
    this.#set({
      ...this.state,
      reach: reach.ok ? reach.value : null,
      held: held.ok ? held.value.items : null,
      problem: reach.ok ? (held.ok ? null : held.problem) : reach.problem,
    });
  }

  async block({ whom, hours, reason }: BlockDraft): Promise<readonly string[] | null> {
    if (this.state.busy) return null;
    this.#set({ ...this.state, busy: true, problem: null });
    const body = { ...whom, hours, reason };
    const made = await this.#api.office('POST /api/office/blocks', { body });
    if (!made.ok) {
      this.#set({ ...this.state, busy: false, problem: made.problem });
      return null;
    }
    const held = [...made.value, ...(this.state.held ?? [])];
    this.#set({ ...this.state, busy: false, held });
    return made.value.map(({ id }) => id);
  }

  async lift(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const lifted = await this.#api.office('DELETE /api/office/blocks/:id', { params: { id } });
      // What is not there any more is lifted.
      const isGone = lifted.ok || lifted.problem === 'not-found';
      const held = this.state.held?.filter((block) => block.id !== id) ?? null;
      this.#set({
        ...this.state,
        held: isGone ? held : this.state.held,
        problem: lifted.ok || isGone ? null : lifted.problem,
      });
    }
  }

  #set(state: BlockingState): void {
    this.state = state;
    this.#changed();
  }
}
