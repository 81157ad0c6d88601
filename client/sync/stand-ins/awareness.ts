/**
 * Stands in for y-protocols' awareness, which is not run: presence is the relay's to tell, and a
 * client's word for it could be spoofed. It has what y-websocket calls, without a timer per room.
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
