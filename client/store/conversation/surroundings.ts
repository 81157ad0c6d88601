/** What a store knows besides its conversations: the space and its people, and the outbox by conversation. */
import type { SignedGrant } from '../../../shared/grant/grant.ts';
import type { ConversationId, DeviceKey, MemberId } from '../../../shared/ids.ts';
import type { SpaceRecord } from '../../../shared/protocol/records.ts';
import { memo } from '../../signals/reuse.ts';
import { type OutboxByConversation, createOutboxGroups, outboxOf } from '../outbox-groups.ts';
import { type People, peopleOf } from '../people.ts';
import { recordOf } from '../space.ts';
import type { LinkState, Me, OutboxItem, RoomState, Sync } from '../sync-port.ts';

/** What one conversation is shown with, besides its own room. */
export interface Surroundings {
  readonly outbox: readonly OutboxItem[];
  readonly me: Me;
  readonly grants: ReadonlyMap<DeviceKey, SignedGrant>;
  /** The space, as this device knows it. */
  readonly space: SpaceRecord | null;
  readonly people: People;
  readonly link: LinkState;
}

export interface SpaceSurroundingsOptions {
  readonly sync: Sync;
  /** The rows of the space's room. */
  readonly rows: () => RoomState['rows'];
  /** The relay's address, with its path if it has one; empty for the page's own origin. */
  readonly relay: string;
  /** What to call a visitor who gave no name; the same function while its names are the same. */
  readonly nameless?: () => (member: MemberId) => string;
}

export class SpaceSurroundings {
  readonly #options: SpaceSurroundingsOptions;
  readonly #groups = createOutboxGroups();
  readonly #people = memo(peopleOf);

  constructor(options: SpaceSurroundingsOptions) {
    this.#options = options;
  }

  get people(): People {
    const { sync, rows, relay, nameless } = this.#options;
    const online = sync.link.get().status === 'online';
    return this.#people(rows(), sync.grants.get(), online, relay, nameless?.());
  }

  /** The space, as this device knows it. */
  get space(): SpaceRecord | null {
    return recordOf(this.#options.rows(), 'space');
  }

  get outbox(): OutboxByConversation {
    return this.#groups(this.#options.sync.outbox.get());
  }

  /** Around one conversation. */
  of(id: ConversationId): Surroundings {
    const { sync } = this.#options;
    return {
      outbox: outboxOf(this.outbox, id),
      me: sync.me.get(),
      grants: sync.grants.get(),
      space: this.space,
      people: this.people,
      link: sync.link.get(),
    };
  }
}
