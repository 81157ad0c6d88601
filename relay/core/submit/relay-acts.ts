/** The relay's own entries: signed by the community's key, judged by nobody. */
import { concatBytes } from '../../../shared/bytes.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { type EntryRow, type Verdict, receiptBytes } from '../../../shared/conversation/row.ts';
import type { ContentOf } from '../../../shared/entry/content.ts';
import { decodeEntry, encodeUnsigned, signedBytes } from '../../../shared/entry/entry.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { ownMemberOf } from '../../../shared/hash.ts';
import type { SpaceId } from '../../../shared/ids.ts';
import type { Authority } from '../ports/authority.ts';
import type { Batch } from '../rooms/batch.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationRoom } from '../rooms/room.ts';

export interface RelayActsOptions {
  readonly authority: Authority;
  readonly modeOf: (space: SpaceId) => SpaceMode | undefined;
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
}

export class RelayActs {
  readonly #options: RelayActsOptions;

  constructor(options: RelayActsOptions) {
    this.#options = options;
  }

  append(batch: Batch, room: ConversationRoom, content: ContentOf<'lapse' | 'merge'>): void {
    const { authority, modeOf, clock, random } = this.#options;
    const received = clock.now();
    const unsigned = encodeUnsigned({
      conversation: room.id,
      author: authority.device,
      time: received,
      content,
      nonce: random(8),
    });
    const signature = authority.sign(signedBytes(unsigned, authority.fingerprint));
    const entry = decodeEntry(concatBytes(unsigned, signature), authority.fingerprint);
    const space = room.state.space;
    const mode = (space && modeOf(space)) ?? SpaceMode.closed;
    const verdict: Verdict = { member: ownMemberOf(authority.device), role: Role.relay, mode };
    const rowAt = (seq: number): EntryRow => {
      const receipt = authority.seal(receiptBytes(entry.id, { place: seq, received, verdict }));
      return { type: 'entry', seq, place: seq, received, verdict, receipt, entry: entry.bytes };
    };
    batch.append(room, { entry, content, rowAt });
  }
}
