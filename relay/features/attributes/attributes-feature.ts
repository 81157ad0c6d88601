/** Passes what the brand's page tells about a visitor on to the desk that reads their conversation. */
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import { encodeChannelMessage } from '../../../shared/protocol/channel.ts';
import type { Feature, Reader } from '../../core/feature.ts';
import { sourcePath } from '../../core/limits/fair-memory.ts';
import type { Memory } from '../../core/memory/memory.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Readers } from '../../core/readers.ts';
import type { ReadByOthers } from '../words/read-by-others.ts';
import { VisitorAttributes } from './visitor-attributes.ts';

export interface AttributesOptions {
  readonly readers: Readers;
  readonly presence: { isHere(member: MemberId): boolean };
  /** Names that a space lets through. */
  readonly allowedIn: (space: SpaceId) => readonly string[];
  readonly words: ReadByOthers;
  readonly now: () => number;
  readonly memory?: Memory | undefined;
}

/** It goes to every helper who reads, so a page that changes it all the time is ignored. */
const TELLING = { burst: 60, perSecond: 1 };

export function attributesFeature(options: AttributesOptions): Feature {
  const { readers, presence, allowedIn, words, now, memory } = options;
  const isReadable = (text: string, space: SpaceId): boolean => {
    const found = words.refused([{ field: 'attribute', text }], { spaces: [space] });
    return found === undefined;
  };
  const attributes = new VisitorAttributes(allowedIn, isReadable, memory);
  const telling = new TokenBuckets(TELLING, now, memory);

  const tell = (reader: Reader, asker: MemberId): void => {
    const json = attributes.of(asker, reader.space);
    if (json !== null) reader.send(encodeChannelMessage({ type: 'attributes', json }));
  };

  return {
    name: 'attributes',
    control: {
      attributes({ json }, { member, device, address }) {
        const from = sourcePath({ address, connection: device });
        if (telling.take(member) > 0 || !attributes.set(member, json, from)) return;
        for (const reader of readers.atDeskOf(member)) tell(reader, member);
      },
    },
    channel: {
      joined(reader) {
        const asker = readers.askerOf(reader);
        if (reader.side === 'desk' && asker !== undefined) tell(reader, asker);
      },
    },
    events: {
      disconnected({ member }) {
        if (!presence.isHere(member.id)) attributes.forget(member.id);
      },
      // Their device comes back, and its page sends it again.
      'merge-settled': ({ from }) => attributes.forget(from),
    },
  };
}
