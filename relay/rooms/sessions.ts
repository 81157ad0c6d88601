/** The sessions there are, to reach the people at their other end. */
import type { DeviceKey, MemberId, SpaceId } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { Session } from './session.ts';

export class Sessions implements Iterable<Session> {
  readonly #all = new Set<Session>();

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): Iterator<Session> {
    return this.#all[Symbol.iterator]();
  }

  add(session: Session): void {
    this.#all.add(session);
  }

  /** Idempotent. */
  delete(session: Session): void {
    this.#all.delete(session);
  }

  /** Sends the member's devices to the door: they come back at once, as who they are by now. */
  reenter(member: MemberId): void {
    for (const session of Array.from(this.#all)) {
      if (session.member?.id === member) session.close(CloseCode.goingAway, 'member changed');
    }
  }

  /** Ends the sessions of a device that was cut off. */
  cut(device: DeviceKey): void {
    for (const session of Array.from(this.#all)) {
      if (session.device === device) session.close(CloseCode.removed, 'device removed');
    }
  }

  /** A space has closed: its public conversations are shut to those who neither asked nor sit at the desk. */
  shutOut(space: SpaceId): void {
    for (const session of this.#all) session.shutOut(space);
  }

  /** Tells everyone anew whether they may write. */
  tellBlocks(): void {
    for (const session of this.#all) session.tellBlocked();
  }
}
