/** A conversation of many megabytes. */
import type { ConversationId } from '../../shared/ids.ts';
import { Limits } from '../../shared/limits.ts';
import type { TestDevice } from './test-device.ts';

/** Three bytes each in UTF-8. */
const TEXT = '\u{2014}'.repeat(Limits.textLength);
const ENTRY_BYTES = TEXT.length * 3;

/** Asks, and says the longest texts there are until so many bytes are written. Needs a relay that takes them. */
export async function askAtLength(visitor: TestDevice, bytes: number): Promise<ConversationId> {
  const { conversation } = await visitor.ask('Why is this so long?');
  for (let left = Math.ceil(bytes / ENTRY_BYTES); left > 0; left -= Limits.submitEntries) {
    const entries = await Promise.all(
      Array.from({ length: Math.min(left, Limits.submitEntries) }, () =>
        visitor.identity.entry(visitor.community, conversation, { kind: 'say', text: TEXT }),
      ),
    );
    const outcomes = await visitor.submit(...entries);
    if (outcomes.some(({ type }) => type !== 'durable')) throw new Error('it was not taken');
  }
  return conversation;
}
