/** A conversation of many messages on a visitor's device: the first by their own screen, the rest by two of the desk. */
import type { Visitor } from '../../e2e/harness/visitor.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import { type ConversationId, parseSpaceId } from '../../shared/ids.ts';
import { inboxRoom } from '../../shared/protocol/rooms.ts';
import type { Shop } from './shop.ts';

const AT_ONCE = 50;

export const message = (number: number): string => `Message ${number} of the bench.`;

/**
 * Resolves when the visitor's device has all of them.
 *
 * @param more what each says besides its number
 */
export async function talkLong(
  shop: Shop,
  visitor: Visitor,
  messages: number,
  more = '',
): Promise<void> {
  await visitor.say(message(1));
  await visitor.received();
  const desk = [await shop.helper('Maud'), await shop.helper('Idris')];
  const inbox = await desk[0]!.open(inboxRoom(parseSpaceId('demo')));
  const conversation = [...inbox.records.keys()][0] as ConversationId;
  for (let number = 2, turn = 0; number <= messages; turn++) {
    const device = desk[turn % 2]!;
    const entries: Entry[] = [];
    for (
      let left = messages > 2_000 ? AT_ONCE : 1 + (turn % 3);
      left > 0 && number <= messages;
      left--
    ) {
      const content = { kind: 'say', text: message(number++) + more } as const;
      entries.push(await device.identity.entry(shop.community, conversation, content));
    }
    await device.submit(...entries);
  }
  await visitor.sees(message(messages));
  for (const device of desk) await device.close();
  // What came is on the device once a fresh page has it too.
  await visitor.page.goto(shop.url);
  await visitor.open();
  await visitor.sees(message(messages));
}
