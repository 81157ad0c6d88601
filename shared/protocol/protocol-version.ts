/** The version of the wire, which hello carries. It is raised when an old client could not go on. */
export const PROTOCOL_VERSION = 1;
/** The oldest client that this relay serves. It closes the socket of an older one with 4426. */
export const MIN_PROTOCOL_VERSION = 1;
