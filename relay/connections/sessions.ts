/** The sessions there are, to reach the people at their other end. */
import type { DeviceKey, MemberId, SpaceId } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import type { Member } from '../core/ports/people.ts';
import type { Session } from './session.ts';

/** A connection of a device: a session, or a reader at a room's own path. */
export interface Connected {
  /** Null until they are known. */
  readonly device: DeviceKey | null;
  readonly member: Member | null;
  /** Idempotent. */
  close(code: CloseCode, reason: string): void;
}

export class Sessions implements Iterable<Session> {
  readonly #all = new Set<Session>();
  readonly #readers = new Set<Connected>();

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

  addReader(reader: Connected): void {
    this.#readers.add(reader);
  }

  /** Idempotent. */
  deleteReader(reader: Connected): void {
    this.#readers.delete(reader);
  }

  /** Sends the member's devices to the door: they come back at once, as who they are by now. */
  reenter(member: MemberId): void {
    for (const connected of this.#everyone())
      if (connected.member?.id === member) connected.close(CloseCode.goingAway, 'member changed');
  }

  /** Sends a device to the door that acts for that member by now, wherever it is still another. */
  moved(device: DeviceKey, member: MemberId): void {
    for (const connected of this.#everyone())
      if (connected.device === device && connected.member?.id !== member)
        connected.close(CloseCode.goingAway, 'member changed');
  }

  /** Ends the connections of a device that was cut off. */
  cut(device: DeviceKey): void {
    for (const connected of this.#everyone())
      if (connected.device === device) connected.close(CloseCode.removed, 'device removed');
  }

  /** A space has closed: its public conversations are shut to those who neither asked nor sit at the desk. */
  shutOut(space: SpaceId): void {
    for (const session of this.#all) session.shutOut(space);
  }

  /** Tells everyone anew whether they may write. */
  tellBlocks(): void {
    for (const session of this.#all) session.tellBlocked();
  }

  /** As they are now: closing takes them out. */
  #everyone(): readonly Connected[] {
    return [...this.#all, ...this.#readers];
  }
}
