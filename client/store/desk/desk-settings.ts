/** What this device keeps of a helper's desk. */
import type { ConversationId } from '../../../shared/ids.ts';
import { DeviceSettings } from '../device-settings.ts';
import type { DeskSync } from '../sync-port.ts';
import type { DeskTab } from './desk-state.ts';
import { EVERYTHING } from './list/inbox-choice.ts';

/** Up to when, by the relay's clock, this helper has seen each conversation on this device. */
export type SeenTimes = Readonly<Record<string, number>>;

const defaults = {
  sound: true,
  notify: false,
  lang: null as string | null,
  'desk-welcome': null as number | null,
  // Apart: a tab chosen while these are being read leaves the open conversation alone.
  'desk-tab': 'waiting' as DeskTab,
  'desk-choice': EVERYTHING,
  'desk-selected': null as ConversationId | null,
  'desk-seen': {} as SeenTimes,
  // What this helper has, or had and may have again.
  'desk-had': [] as readonly ConversationId[],
  // Up to when it knew what was answered, or closed, here without a network.
  'desk-blind': {} as SeenTimes,
};

export type DeskSettings = DeviceSettings<typeof defaults>;

export const createDeskSettings = (sync: DeskSync, changed: () => void): DeskSettings =>
  new DeviceSettings(sync, defaults, changed);
