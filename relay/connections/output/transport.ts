/** The other end of a session: a WebSocket, or a test's pair. */
export interface Transport {
  /** @param taken called once the network has taken these bytes; need not be if none are buffered. */
  send(bytes: Uint8Array, taken?: () => void): void;
  /**
   * Calls back once the reader has read all that was sent before this. Absent: nobody can know more than
   * what the network has taken.
   */
  probe?(read: () => void): void;
  /** Ends the connection; nothing is received after it. Idempotent. */
  close(code: number, reason: string): void;
  /** Bytes that the network has not taken yet. */
  bufferedBytes(): number;
}
