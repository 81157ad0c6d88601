/** Why somebody reports a message. A number of a later build means `other`. */
export const ReportReason = {
  insult: 1,
  hate: 2,
  sexual: 3,
  /** A scam, or an advert. */
  scam: 4,
  /** Somebody's private data. */
  privateData: 5,
  unlawful: 6,
  other: 7,
} as const;
export type ReportReason = (typeof ReportReason)[keyof typeof ReportReason];
