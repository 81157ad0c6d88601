/** The other end of a session: a WebSocket, or a test's pair. */
export interface Transport {
  send(bytes: Uint8Array): void;
  /** Ends the connection; nothing is received after it. Idempotent. */
  close(code: number, reason: string): void;
  /** Bytes that the network has not taken yet. */
  bufferedBytes(): number;
}

/** A reader this far behind is dropped. It comes back and reads from storage. */
export const MOST_BUFFERED_BYTES = 4 * 1024 * 1024;
