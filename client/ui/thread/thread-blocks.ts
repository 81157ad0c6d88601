/** Turns a thread's items into blocks: days, groups of bubbles, lines. */
import { dayKey } from '../../locales/day-text.ts';
import type {
  ThreadHidden,
  ThreadItem,
  ThreadMessage,
  ThreadNote,
  ThreadUnreadable,
} from '../../store/conversation/thread-state.ts';

export type Block =
  | { readonly type: 'day'; readonly key: string; readonly time: number }
  | { readonly type: 'unread'; readonly key: string }
  | {
      readonly type: 'line';
      readonly key: string;
      readonly item: ThreadNote | ThreadHidden | ThreadUnreadable;
    }
  /** Messages of one person, one after the other. */
  | { readonly type: 'group'; readonly key: string; readonly messages: readonly ThreadMessage[] };

/** After this pause the same person's next message shows its time again. */
const PAUSE_MS = 5 * 60_000;

/** Of one person's messages, however fast they come: what is laid out is counted in groups. */
const MOST_IN_GROUP = 25;

/** Whether a message has something of its own to show under it. */
const standsAlone = ({ delivery, decision }: ThreadMessage): boolean =>
  decision !== undefined ||
  delivery?.type === 'held' ||
  delivery?.type === 'refused' ||
  delivery?.type === 'later';

function follows(message: ThreadMessage, last: ThreadMessage): boolean {
  return (
    message.mine === last.mine &&
    message.from.member === last.from.member &&
    message.time - last.time < PAUSE_MS &&
    !standsAlone(message) &&
    !standsAlone(last)
  );
}

/** @param now a thread that starts today shows no day */
export function threadBlocks(
  items: readonly ThreadItem[],
  unreadFrom: string | null,
  now = Date.now(),
): Block[] {
  const blocks: Block[] = [];
  const first = items.find((item) => 'time' in item);
  const today = dayKey(now);
  let day = first && 'time' in first && dayKey(first.time) === today ? today : 0;
  let group: ThreadMessage[] | null = null;
  for (const item of items) {
    // A refused message stays at the end although it is older: it must not set the day back.
    if ('time' in item && dayKey(item.time) > day) {
      day = dayKey(item.time);
      blocks.push({ type: 'day', key: `day-${day}`, time: item.time });
      group = null;
    }
    if (item.id === unreadFrom) {
      blocks.push({ type: 'unread', key: 'unread' });
      group = null;
    }
    if (item.type !== 'message') {
      blocks.push({ type: 'line', key: item.id, item });
      group = null;
      continue;
    }
    const last = group?.at(-1);
    if (group && last && group.length < MOST_IN_GROUP && follows(item, last)) {
      group.push(item);
      continue;
    }
    group = [item];
    blocks.push({ type: 'group', key: item.id, messages: group });
  }
  return blocks;
}
