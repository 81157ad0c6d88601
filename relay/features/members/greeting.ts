/** Who comes in: the member that a device acts for, or the customer that the brand says it is. */
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import type { Greeting } from '../../core/ports/people.ts';
import type { IdentityCheck } from '../identity/identity-token.ts';
import type { Members } from './members.ts';
import type { Merges } from './merges.ts';

export interface GreetingOptions {
  readonly members: Members;
  readonly merges: Pick<Merges, 'settle'>;
  /** Checks the brand's tokens; without it they are ignored. */
  readonly identify?: IdentityCheck | undefined;
}

export class Greetings {
  readonly #options: GreetingOptions;

  constructor(options: GreetingOptions) {
    this.#options = options;
  }

  /** The member at hello; `token` is the brand's statement of who it is, or empty. */
  async greet(device: DeviceKey, token: string): Promise<Greeting> {
    const { members, identify } = this.#options;
    const identity =
      token === '' || !identify ? ({ type: 'unavailable' } as const) : await identify(token);
    // After waiting for the brand's keys: whoever was cut off meanwhile could not be told.
    const member = await members.of(device);
    if (member === 'removed') return { type: 'removed' };
    if (identity.type === 'accepted' && identity.member !== member.id)
      return this.#signIn(device, identity.member);
    const told = identity.type === 'unavailable' ? 'none' : identity.type;
    return { type: 'member', member, identity: told };
  }

  async #signIn(device: DeviceKey, customer: MemberId): Promise<Greeting> {
    const { members, merges } = this.#options;
    const found = await members.turns.take(() => this.#nameCustomer(device, customer));
    if (!('merge' in found)) return found;
    await merges.settle(found.merge); // first, so that the history is there
    // Looked up again: who changed meanwhile had no session yet to be told in.
    const member = await members.of(device);
    return member === 'removed'
      ? { type: 'removed' }
      : { type: 'member', member, identity: 'accepted' };
  }

  async #nameCustomer(
    device: DeviceKey,
    customer: MemberId,
  ): Promise<Greeting | { readonly merge: { readonly from: MemberId; readonly to: MemberId } }> {
    const { members } = this.#options;
    const theirs = await members.member(customer);
    const member = await members.of(device);
    if (member === 'removed') return { type: 'removed' };
    // Whoever answers for the brand does so under their own name, whatever they buy; and what lets a
    // customer into the shop lets nobody in at the desk.
    if (answersAtDesk(member.role) || (theirs && answersAtDesk(theirs.role)))
      return { type: 'member', member, identity: 'refused' };
    if (member.id === customer) return { type: 'member', member, identity: 'accepted' };
    if ((await members.member(member.id))?.customer) return { type: 'other-member' };
    const merge = { from: member.id, to: customer };
    await members.merge({ ...merge, devices: [{ device, label: '' }], customer: true });
    return { merge };
  }
}
