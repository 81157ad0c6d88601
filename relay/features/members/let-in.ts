/** Who comes in: looked up, and if the brand's token made two members one, with their history first. */
import type { Merge, People } from '../../core/ports/people.ts';

export const letInBy =
  (
    people: Pick<People, 'greet' | 'membersOf'>,
    settle: (merge: Merge) => Promise<void>,
  ): People['greet'] =>
  async (device, token) => {
    const greeting = await people.greet(device, token);
    if (greeting.type !== 'member' || !greeting.merge) return greeting;
    await settle(greeting.merge);
    // Looked up again: who changed meanwhile had no connection yet to be told on.
    const member = (await people.membersOf([device])).get(device);
    return !member || member === 'removed' ? { type: 'removed' } : { ...greeting, member };
  };
