/** The other end of a session: a WebSocket, or a test's pair. */
export interface Transport {
  /** @param taken called once the network has taken these bytes; need not be if none are buffered. */
  send(bytes: Uint8Array, taken?: () => void): void;
  /** Ends the connection; nothing is received after it. Idempotent. */
  close(code: number, reason: string): void;
  /** Bytes that the network has not taken yet. */
  bufferedBytes(): number;
}
