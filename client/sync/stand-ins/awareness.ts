/**
 * Stands in for y-protocols' awareness, which we do not run: the relay tells presence, because clients
 * could spoof it. This has what y-websocket calls, without a timer for each room.
 */
const nothing = (): void => {};

export class Awareness {
  readonly clientID = 0;
  readonly #states = new Map<number, object>();

  getStates(): Map<number, object> {
    return this.#states;
  }

  /** Null: there is nothing to tell, so providers send nothing. */
  getLocalState(): null {
    return null;
  }

  readonly setLocalState = nothing;
  readonly on = nothing;
  readonly off = nothing;
  readonly destroy = nothing;
}

export const applyAwarenessUpdate = nothing;
export const removeAwarenessStates = nothing;
export const encodeAwarenessUpdate = (): Uint8Array => new Uint8Array([0]);
