/**
 * Values of keyed records, by room. They travel as JSON text in rows of `space`, `inbox` and
 * `member` rooms. Readers ignore fields they do not know.
 */
import type { ConversationId, MemberId, SpaceId } from '../ids.ts';
import type { Page } from '../entry/schema/field.ts';
import type { Role } from '../grant/roles.ts';
import type { SpaceMode } from '../space-mode.ts';

/** Key of a public question in its space's room; without an id, how such keys begin. */
export const questionKey = (conversation: ConversationId | ''): string =>
  `question/${conversation}`;

/** A text by BCP 47 language; readers fall back to `fr`, then to any. */
export type LocalText = Readonly<Record<string, string>>;

/** Room `space/<id>`, key `space`: what the space is. */
export interface SpaceRecord {
  readonly id: SpaceId;
  readonly name: LocalText;
  readonly mode: SpaceMode;
  /** Title of the welcome screen. */
  readonly greeting: LocalText;
  /** One sentence below it: who answers here. */
  readonly intro: LocalText;
  /** Questions often asked, offered on the welcome screen. */
  readonly suggestions: readonly LocalText[];
  /** The rules of the house, plain text. */
  readonly charter: LocalText;
  /** When to expect an answer if nobody is here, such as "d'ordinaire avant 9 h 30". */
  readonly promise: LocalText;
  /** Names of what the brand's page may tell helpers about a visitor, who sees them; absent: nothing. */
  readonly attributes?: readonly string[];
  /** Whether readers make links of phone numbers and addresses of e-mail in messages; absent: no. */
  readonly contacts?: boolean;
  /** How many different members' reports hide a message by themselves, 0: none do; absent: 2. */
  readonly hideAfter?: number;
  /** `before`: what visitors and helpers write there is held until somebody has read it; absent: it is published. */
  readonly publish?: 'before' | 'after';
}

/** Room `space/<id>`, key `question/<conversation id>`: a question that anyone here may answer. Open spaces only. */
export interface QuestionRecord {
  readonly conversation: ConversationId;
  /** The question's first words, at most 200 characters. */
  readonly text: string;
  readonly lang: string;
  readonly asker: MemberId;
  /** ms since the epoch. */
  readonly askedAt: number;
  /** Since when the asker has been waiting; null if the last message is not theirs. */
  readonly waitingSince: number | null;
  /** How many people answered. */
  readonly answerers: number;
}

/** Room `space/<id>`, key `card/<member>`: who a helper is. */
export interface CardRecord {
  readonly member: MemberId;
  readonly name: string;
  readonly role: Role;
  /** What they know, in a word or two. */
  readonly topics: readonly string[];
  /** ms since the epoch. */
  readonly since: number;
  /** Their store, or where they live; absent if they gave none. */
  readonly store?: string;
  /** Which of the brand's products they own, and so know. */
  readonly owns?: readonly string[];
  /** Their photo's name, at `/api/photos/<name>`; absent without a photo, or until a manager has seen it. */
  readonly photo?: string;
}

/** Room `space/<id>`, key `roster`: who of the desk is here. It changes every few seconds at most. */
export interface RosterRecord {
  /** Connected and available. */
  readonly here: readonly MemberId[];
  /** Gone or away: when they were last here, ms since the epoch; only within the last day. */
  readonly seen: readonly { readonly member: MemberId; readonly at: number }[];
}

/** Room `inbox/<space>`, key `<conversation id>`: a waiting conversation. It never holds a retracted text. */
export interface InboxRecord {
  readonly conversation: ConversationId;
  /** The question's first words, at most 200 characters. */
  readonly text: string;
  readonly page: Page;
  readonly lang: string;
  readonly asker: MemberId;
  readonly askedAt: number;
  /** Who has it, and since when. */
  readonly claim: { readonly member: MemberId; readonly at: number } | null;
  /** Since when the asker has been waiting; null if the last message is the desk's. */
  readonly waitingSince: number | null;
  /** Time of the last entry. */
  readonly lastAt: number;
  /** When the relay got the asker's newest message. Absent in records of an older relay. */
  readonly askerAt?: number;
  /** Start of the last message, at most 120 characters, and whose. */
  readonly last: { readonly text: string; readonly member: MemberId };
  readonly closed: boolean;
  /** Asked while the space was open: it is public whenever the space is open. */
  readonly public?: boolean;
}

/** Keys of private records in `member/<id>`; values are JSON of the types below. */
export const MemberKey = {
  /** `canned/<id>` → CannedReply */
  canned: 'canned/',
  /** `setting/<name>` → any JSON; `setting/available` → whether the member takes questions, on all their devices */
  setting: 'setting/',
  /** `talk/<conversation id>` → TalkRecord. Only the relay writes these and the next. */
  talk: 'talk/',
  /** `device/<key>` → DeviceRecord */
  device: 'device/',
} as const;

/** A conversation that a visitor started, or said something in, on any device. */
export interface TalkRecord {
  readonly space: SpaceId;
  /** Since when, ms since the epoch. */
  readonly at: number;
}

/** One of the member's devices. */
export interface DeviceRecord {
  /** Its name for itself, such as "Chrome, Android"; empty until it has given one. */
  readonly label: string;
  /** When it joined, ms since the epoch. */
  readonly since: number;
}

/** A member's ready-made answer, offered when they type `/`. */
export interface CannedReply {
  /** What follows the slash. */
  readonly shortcut: string;
  readonly text: string;
}

/** A private record as its room's row holds it. */
export interface StoredPrivateRecord {
  readonly value: string;
  readonly time: number;
  readonly device: string;
}

/** A private record dated further ahead than this would win for ever. */
export const RECORD_AHEAD_MS = 60_000;

/** When one was written, as it counts. One from before the relay's clock was put back gives way to any other. */
export const countedTime = (time: number, now: number): number =>
  time > now + RECORD_AHEAD_MS ? 0 : time;
