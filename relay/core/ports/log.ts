/** Where the relay logs what happened: never message text, secrets of keys, tokens or codes. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, error: unknown): void;
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };
