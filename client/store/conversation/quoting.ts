/** What is shown of a message above an answer to it. */
import type { Author } from '../../../shared/conversation/fact.ts';
import type { ConversationView, Hidden, Message } from '../../../shared/conversation/view.ts';
import type { EntryId } from '../../../shared/ids.ts';
import { cutText } from '../../../shared/text/cut-text.ts';
import type { Person } from '../person.ts';
import type { Quoted, ThreadMessage } from './thread-state.ts';

const LINE_LENGTH = 120;

/** The first words of a message, on one line. */
function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0]!.trimEnd();
  const short = cutText(line, LINE_LENGTH);
  return short === line ? line : `${short.trimEnd()}…`;
}

/** A message as an answer shows it. */
export const quotedMessage = ({
  id,
  mine,
  from,
  text,
}: Pick<ThreadMessage, 'id' | 'mine' | 'from' | 'text'>): Quoted => ({
  type: 'message',
  id,
  mine,
  from,
  text: firstLine(text),
});

/** Finds what messages of a view answer. Nothing is shown of what this conversation does not have. */
export function quotesIn(
  { timeline, withdrawn }: ConversationView,
  isMine: (author: Author) => boolean,
  person: (author: Author) => Person,
): (message: Message) => Quoted | null {
  let messages: ReadonlyMap<EntryId, Message | Hidden> | undefined;
  return ({ quotes }) => {
    if (quotes === null) return null;
    messages ??= new Map(
      timeline.flatMap((item) =>
        item.type === 'message' || item.type === 'hidden' ? [[item.id, item] as const] : [],
      ),
    );
    const found = messages.get(quotes);
    if (found?.type === 'hidden') return { type: 'hidden' };
    if (!found) return { type: withdrawn.has(quotes) ? 'withdrawn' : 'absent' };
    const { id, author, text } = found;
    return quotedMessage({ id, mine: isMine(author), from: person(author), text });
  };
}
