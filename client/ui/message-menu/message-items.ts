/** What can be done with one message. */
import type { ThreadWords } from '../../locales/thread-fr.ts';
import type { ThreadMessage } from '../../store/conversation/thread-state.ts';
import { copyIcon, flagIcon, replyIcon, undo2Icon } from '../more-icons.ts';
import type { MenuItem } from './message-menu.ts';

export interface MessageItemsOptions {
  readonly words: ThreadWords;
  /** Whether somebody may answer here. */
  readonly quotable: boolean;
  readonly quote: (messageId: string) => void;
  readonly copy: (text: string) => void;
  readonly withdraw: (messageId: string) => void;
  readonly report: (messageId: string) => void;
  /** What the item that reports says. */
  readonly reportLabel: string;
}

export function messageItems(
  { id, text, retractable, delivery, reportable = false }: ThreadMessage,
  { words, quotable, quote, copy, withdraw, report, reportLabel }: MessageItemsOptions,
): readonly MenuItem[] {
  const refused = delivery?.type === 'refused';
  const items: (MenuItem | false)[] = [
    // Nobody else has what was refused, or is held.
    quotable &&
      !refused &&
      delivery?.type !== 'held' && {
        name: 'quote',
        icon: replyIcon,
        label: words.quote,
        act: () => quote(id),
      },
    { name: 'copy', icon: copyIcon, label: words.copy, act: () => copy(text) },
    // What is withdrawn is erased everywhere.
    retractable &&
      !refused && {
        name: 'withdraw',
        icon: undo2Icon,
        label: words.withdraw,
        sure: words.withdrawSure,
        act: () => withdraw(id),
      },
    reportable && { name: 'report', icon: flagIcon, label: reportLabel, act: () => report(id) },
  ];
  return items.filter((item) => item !== false);
}
