/** Sizes and counts that every side observes. Text lengths are in UTF-16 code units. */
export const Limits = {
  /** A message's text. A composer takes no more either. */
  textLength: 4_000,
  urlLength: 2_000,
  titleLength: 300,
  /** A person's shown name. */
  nameLength: 40,
  grantBytes: 1_024,
  /** A whole entry: the longest text in UTF-8, the page, the header and the signature. */
  entryBytes: 24_576,
  /** Entries in one submit message. */
  submitEntries: 50,
  /** One frame on the socket. */
  frameBytes: 1_048_576,
  /** Entries in a conversation; after that only `retract` and `close`. */
  conversationEntries: 20_000,
  /** Channels open at once on one socket. */
  channels: 256,
  /** Of these, such as follow one room: a client needs one, and a second one while it opens it again. */
  channelsPerRoom: 4,
  /** Conversations in an inbox; others wait for a free place. */
  inboxRecords: 500,
  /** A member's private record (canned reply, setting, marker): its JSON text. */
  recordLength: 8_000,
  /** Private records of one member. */
  memberRecords: 500,
  /** A visitor's conversations that follow them to their other devices; the oldest are dropped. */
  talkRecords: 200,
  /** Devices of one member. */
  memberDevices: 20,
  /** Public questions that an open space lists; others wait for a free place. */
  publicQuestions: 50,
  /** What the brand's page tells helpers about a visitor: its JSON text. */
  attributesLength: 2_000,
  /** A helper's topics, and what they own: how many, and the length of each. */
  cardItems: 12,
  cardItemLength: 40,
  /** A photo as uploaded. */
  photoBytes: 5 * 1024 * 1024,
} as const;
