/**
 * Who is typing, and how far each side has read. This is told on the conversation's channel and never
 * becomes rows.
 */
import { type Side, encodeChannelMessage } from '../../../shared/protocol/channel.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { Feature, Reader } from '../../core/feature.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Readers } from '../../core/readers.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import { ReadPositions } from './read-positions.ts';
import type { ReadStorage } from './reading-storage.ts';
import { typing } from './typing.ts';

export interface ReadingOptions {
  readonly storage: ReadStorage;
  readonly rooms: Pick<RoomStorage, 'head'>;
  readonly readers: Readers;
  readonly clock: Clock;
  readonly memory?: Memory | undefined;
  readonly log: Log;
}

export function readingFeature(options: ReadingOptions): Feature {
  const { rooms, readers, clock, memory } = options;
  const positions = new ReadPositions(options);

  /** Passers-by hear nothing, and nothing they send counts: they are on neither side. */
  const tell = (reader: Reader, side: Side, seq: number): void => {
    if (reader.side !== null && seq >= 0)
      reader.send(encodeChannelMessage({ type: 'read', side, seq }));
  };

  return {
    name: 'reading',
    channel: {
      typing: typing(readers, clock.steady, memory),
      async joined(reader) {
        if (reader.side === null) return;
        const read = await positions.of(reader.conversation);
        for (const side of ['asker', 'desk'] as const) tell(reader, side, read[side]);
      },
      /** The author learns that it was read. The reader's other devices learn how far. */
      async read({ seq }, { conversation, side, caller }) {
        if (side === null) return;
        // Storage knows without reading the conversation, which may have left memory.
        const { next } = await rooms.head(conversationRoom(conversation));
        const known = Math.min(seq, next - 1);
        const before = await positions.of(conversation);
        positions.mark(conversation, caller.member, side, known);
        if (known <= before[side]) return;
        for (const reader of readers.of(conversation)) tell(reader, side, known);
      },
    },
    stop: () => positions.flush(),
  };
}
