/** Tells everyone else who follows the conversation who is typing. */
import { encodeChannelMessage } from '../../../shared/protocol/channel.ts';
import type { ChannelHandlers } from '../../core/feature.ts';
import type { Memory } from '../../core/memory/memory.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import type { Readers } from '../../core/readers.ts';

/** Each is a message to everybody else who reads. Clients send it every 3 s, so more is ignored. */
const TYPING = { burst: 4, perSecond: 1 };

export function typing(
  readers: Readers,
  now: () => number,
  memory?: Memory,
): NonNullable<ChannelHandlers['typing']> {
  const buckets = new TokenBuckets(TYPING, now, memory);
  return (message, from) => {
    const { conversation, caller } = from;
    if (caller.blockedUntil() > 0) return; // nobody is kept waiting for what will not come
    if (buckets.take(`${conversation} ${caller.member}`) > 0) return;
    const told = encodeChannelMessage({
      type: 'typing',
      member: caller.member,
      typing: message.typing,
    });
    for (const reader of readers.of(conversation)) if (reader !== from) reader.send(told);
  };
}
