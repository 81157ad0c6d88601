/**
 * What an entry does to its conversation, in the few words that the reducer knows. Each can be taken
 * away again without knowing what came after: that is what makes an erasure cheap.
 */
import type { EntryId, MemberId, SpaceId } from '../../ids.ts';
import type { HiddenQuestion, Page } from './field.ts';

export interface Effect {
  /** It is the question, if it is the first. */
  readonly asks?: { readonly space: SpaceId; readonly page: Page; readonly lang: string };
  /** It is a message. The asker's makes the conversation wait and open; another's may answer it. */
  readonly says?: string;
  /** The author takes the conversation, unless somebody has it. */
  readonly claims?: true;
  /** Nobody has the conversation any more. */
  readonly frees?: true;
  readonly closes?: true;
  readonly reopens?: true;
  /** That message is taken back, whether it comes before or after this. Not the question. */
  readonly withdraws?: EntryId;
  /** That claim holds no more, whether it comes before or after this. */
  readonly ends?: EntryId;
  /** That message is hidden; of a question, what is left. The last of this and `unhides` counts. */
  readonly hides?: { readonly target: EntryId; readonly question?: HiddenQuestion };
  /** That message may be seen again. */
  readonly unhides?: EntryId;
  /** Both are one person, known as the second. */
  readonly unites?: { readonly from: MemberId; readonly to: MemberId };
}
