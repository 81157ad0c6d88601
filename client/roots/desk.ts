/** The desk's page, put together: sync, store, element, and what only a page has (title, icon, sound). */
import { parseFingerprint } from '../../shared/ids.ts';
import { Chime } from '../desk/alerts/chime.ts';
import { DeskAlerts } from '../desk/alerts/desk-alerts.ts';
import { PageBadge } from '../desk/alerts/page-badge.ts';
import '../desk/desk/desk.ts';
import type { ComptoirDesk } from '../desk/desk/desk.ts';
import type { DeskPreferences } from '../desk/desk-preferences.ts';
import { arrivalLink } from '../desk/page/arrival-link.ts';
import quietIcon from '../desk/page/icon.svg?url';
import waitingIcon from '../desk/page/icon-waiting.svg?url';
import { registerServiceWorker } from '../desk/page/service-worker.ts';
import '../locales/all-packs.ts';
import { deskWords } from '../locales/desk.ts';
import { colours } from '../styles/sheets.ts';
import { createDeskStore } from '../store/desk/desk-store.ts';
import { relayAddress } from '../signals/page.ts';
import { createWritable } from '../signals/readable.ts';
import type { DeskSync } from '../store/sync-port.ts';
import { createDeskSync } from '../sync/create-desk-sync.ts';
import { UnsupportedError } from '../sync/identity.ts';

const SINGLE_KEYS = 'desk-single-keys';
/** The relay that serves this page. */
const RELAY = relayAddress('');

/** Kept with everything else of this device, so that erasing takes it too. */
function devicePreferences(sync: DeskSync): DeskPreferences {
  const singleKeys = createWritable(true);
  const failed = (error: unknown): void => console.warn('Comptoir: a choice was not kept', error);
  sync.readSetting<boolean>(SINGLE_KEYS).then((on) => singleKeys.set(on ?? true), failed);
  return {
    singleKeys,
    setSingleKeys(on) {
      singleKeys.set(on);
      sync.writeSetting(SINGLE_KEYS, on).catch(failed);
    },
  };
}

async function start(desk: ComptoirDesk): Promise<void> {
  // At once: a code must not stay in the address bar, the history, or a screenshot.
  const { invitation, link, address } = arrivalLink(new URL(location.href));
  history.replaceState(history.state, '', address);
  document.documentElement.lang = deskWords(navigator.language).lang;
  document.body.append(desk);

  const community =
    document.querySelector<HTMLMetaElement>('meta[name="comptoir-community"]')?.content ?? '';
  const sync = await createDeskSync({ relay: RELAY, community: parseFingerprint(community) });
  const store = createDeskStore(sync, { relay: RELAY, pageLang: () => navigator.language });
  const alerts = new DeskAlerts({
    badge: new PageBadge({
      page: document,
      name: 'Comptoir',
      icons: { quiet: quietIcon, waiting: waitingIcon },
    }),
    chime: new Chime(),
    open: (conversation) => desk.open(conversation),
  });
  const tell = (): void => {
    const state = store.state.get();
    const words = deskWords(state.lang ?? navigator.language);
    document.documentElement.lang = words.lang;
    alerts.tell(state, words);
  };
  store.state.subscribe(tell);
  desk.preferences = devicePreferences(sync);
  desk.invitation = invitation;
  desk.linkCode = link;
  desk.store = store;
  tell();
  if (invitation !== null) await store.present(invitation);
}

const desk = document.createElement('comptoir-desk');
colours().catch((error: unknown) => console.warn('comptoir:', error));
start(desk).catch((error: unknown) => {
  console.error('Comptoir: the desk could not open', error);
  desk.failure = error instanceof UnsupportedError ? 'unsupported' : 'storage';
});
if (import.meta.env.PROD) void registerServiceWorker();
