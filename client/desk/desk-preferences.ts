/** What this helper chose on this device beyond what the store holds. Kept by the page's root. */
import type { Readable } from '../signals/readable.ts';

export interface DeskPreferences {
  /** Whether one-key shortcuts are on. @default true */
  readonly singleKeys: Readable<boolean>;
  setSingleKeys(on: boolean): void;
}
