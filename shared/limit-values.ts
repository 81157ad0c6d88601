/** Sizes and counts that every side observes. Text lengths are in UTF-16 code units. Import `Limits`. */

/** A message's text. A composer takes no more either. */
export const textLength = 4_000;
/** What a person adds to an act, such as a report. */
export const noteLength = 300;
export const urlLength = 2_000;
export const titleLength = 300;
/** A person's shown name. */
export const nameLength = 40;
export const grantBytes = 1_024;
/** A whole entry: the longest text in UTF-8, the page, the header and the signature. */
export const entryBytes = 24_576;
/** Entries in one submit message. */
export const submitEntries = 50;
/** One frame on the socket. */
export const frameBytes = 1_048_576;
/** Entries in a conversation; after that only `retract` and `close`. */
export const conversationEntries = 20_000;
/** Channels open at once on one socket. */
export const channels = 256;
/** Of these, such as follow one room: a client needs one, and a second one while it opens it again. */
export const channelsPerRoom = 4;
/** Conversations in an inbox; others wait for a free place. */
export const inboxRecords = 500;
/** A member's private record (canned reply, setting, marker): its JSON text. */
export const recordLength = 8_000;
/** Private records of one member. */
export const memberRecords = 500;
/** All that a member's room says together, in UTF-16 units. */
export const memberLength = 1_000_000;
/** A visitor's conversations that follow them to their other devices; the oldest are dropped. */
export const talkRecords = 200;
/** Devices of one member. */
export const memberDevices = 20;
/** Public questions that an open space lists; others wait for a free place. */
export const publicQuestions = 50;
/** What the brand's page tells helpers about a visitor: its JSON text. */
export const attributesLength = 2_000;
/** A helper's topics, and what they own: how many, and the length of each. */
export const cardItems = 12;
export const cardItemLength = 40;
/** A photo as uploaded. */
export const photoBytes = 5 * 1024 * 1024;
/** Bytes after an entry's fields that this build does not know: for what a later build adds. */
export const unreadBytes = 256;
/** What a conversation's entries take together; after that only `retract` and `close`. */
export const conversationBytes = 33_554_432;
/** What a person writes about a decision: its reason, or an appeal. */
export const reasonLength = 500;
/** The code of a decision. */
export const codeLength = 40;
