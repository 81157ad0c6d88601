/**
 * Why a socket or a channel was closed. 4000 to 4499 are final: the peer must not dial again in the same
 * way. After any other it may try again after a wait.
 */
export const CloseCode = {
  /** Normal end. */
  normal: 1000,
  /** The relay is going down; try again. */
  goingAway: 1001,
  /** A frame over `Limits.frameBytes`. */
  tooBig: 1009,
  /** A frame that is not part of this protocol. */
  malformed: 4400,
  /** Hello not proved: signature, nonce, community or host. */
  unproved: 4401,
  /** This reader may not open this room. */
  forbidden: 4403,
  /** No such room: nothing was ever written in it. Channels only. */
  unknownRoom: 4404,
  /** Hello did not come in time. */
  helloTimeout: 4408,
  /** The member removed this device: it forgets everything it holds and starts as a new one. */
  removed: 4410,
  /** The brand names another customer than the one this device belongs to: the same. */
  otherMember: 4411,
  /** The token that opened a room at its own path has ended: get a new one. Stock providers only. */
  tokenEnded: 4412,
  /** A client older than the relay serves: reload the page; the outbox is kept. */
  reload: 4426,
  /** Too many channels or sockets; try again later. */
  tooMany: 4529,
  /** The reader does not read: it is dropped, not buffered without end. Try again. */
  slowReader: 4508,
  /** The room's generation changed, or its rows were rebuilt: open again. Channels only. */
  rebuilt: 4509,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** Whether a peer that was closed with this code must not dial again by itself. */
export const isFinal = (code: number): boolean => code >= 4400 && code < 4500;
