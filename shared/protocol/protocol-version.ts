/** Version of the wire: hello carries it. Raised when an old client could not go on. */
export const PROTOCOL_VERSION = 1;
/** The oldest client this relay serves; below it the socket is closed with 4426. */
export const MIN_PROTOCOL_VERSION = 1;
