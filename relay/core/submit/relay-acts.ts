/**
 * The relay's own entries. The community's key signs them before they go into a batch, and nobody judges
 * them.
 */
import { concatBytes } from '../../../shared/bytes.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { type EntryRow, type Verdict, receiptBytes } from '../../../shared/conversation/row.ts';
import type { ContentOf } from '../../../shared/entry/content.ts';
import {
  type Entry,
  decodeEntry,
  encodeUnsigned,
  signedBytes,
} from '../../../shared/entry/entry.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { ownMemberOf } from '../../../shared/hash.ts';
import type { ConversationId, SpaceId } from '../../../shared/ids.ts';
import type { Authority } from '../ports/authority.ts';
import type { Batch } from '../rooms/batch.ts';
import type { Platform } from '../ports/platform.ts';
import type { ConversationRoom } from '../rooms/room.ts';

export interface RelayActsOptions {
  readonly authority: Authority;
  readonly modeOf: (space: SpaceId) => SpaceMode | undefined;
  readonly platform: Platform;
}

/** What the relay does. */
type ActKind = 'lapse' | 'merge' | 'hide' | 'unhide';

/** An act that is signed and not yet applied. */
export interface SignedAct<Kind extends ActKind> {
  readonly entry: Entry;
  readonly content: ContentOf<Kind>;
}

type AnyAct = { readonly [Kind in ActKind]: SignedAct<Kind> }[ActKind];

export class RelayActs {
  readonly #options: RelayActsOptions;

  constructor(options: RelayActsOptions) {
    this.#options = options;
  }

  /** Signs an act, for a batch that is filled later. */
  async sign<Kind extends ActKind>(
    conversation: ConversationId,
    content: ContentOf<Kind>,
  ): Promise<SignedAct<Kind>> {
    const { authority, platform } = this.#options;
    const unsigned = encodeUnsigned({
      conversation,
      author: authority.device,
      time: platform.clock.now(),
      content,
      nonce: platform.random(8),
    });
    const signature = await authority.sign(signedBytes(unsigned, authority.fingerprint));
    const entry = decodeEntry(concatBytes(unsigned, signature), authority.fingerprint);
    return { entry, content };
  }

  /**
   * Numbers it in its conversation.
   * @param at its place. @default after all that is there
   */
  append(batch: Batch, room: ConversationRoom, act: AnyAct, at?: number): void {
    const { entry, content } = act;
    const { authority, modeOf, platform } = this.#options;
    const received = platform.clock.now();
    const space = room.state.space;
    const mode = (space && modeOf(space)) ?? SpaceMode.closed;
    const verdict: Verdict = { member: ownMemberOf(authority.device), role: Role.relay, mode };
    const rowAt = (seq: number): EntryRow => {
      const place = at ?? seq;
      const receipt = authority.seal(receiptBytes(entry.id, { place, received, verdict }));
      return { type: 'entry', seq, place, received, verdict, receipt, entry: entry.bytes };
    };
    batch.append(room, { entry, content, rowAt });
  }
}
