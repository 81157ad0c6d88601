/** A part of sync that one surface has and another has not, and what it is given. */
import type { Row } from '../../shared/conversation/row.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import type { Contact } from './contact/contact.ts';
import type { TabMessage } from './contact/tab-message.ts';
import type { Credentials } from './credentials.ts';
import type { Identity } from './identity.ts';
import type { MemberRoom } from './member/member-room.ts';
import type { Database } from './storage/database.ts';

export interface SyncPart {
  /** Reads what earlier visits left. */
  load(): Promise<void>;
  /** After each hello, in the tab that has the socket. */
  welcomed(): void;
  /** The rows of the member's room. */
  memberRows(rows: readonly Row[]): void;
  /** What another tab tells. */
  fromTab(message: TabMessage): void;
}

export interface SyncHost {
  readonly community: Fingerprint;
  readonly database: Database;
  readonly identity: Identity;
  readonly credentials: Credentials;
  readonly contact: Contact;
  readonly member: MemberRoom;
  /** The member that this device is may have changed. */
  watchMember(): void;
}
