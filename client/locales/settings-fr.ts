/** The words of the widget's settings, and of what is said beside them, in French. */
import type { DeviceEnd } from '../store/sync-port.ts';
import { listText } from './format.ts';

const lang = 'fr';

export const settingsFr = {
  // Settings
  language: 'Langue',
  languages: { auto: 'Auto', fr: 'Français', en: 'English' },
  sound: 'Un son quand on vous répond',
  closeConversation: 'Terminer cette conversation',
  reopenConversation: 'Rouvrir cette conversation',
  print: 'Imprimer cette conversation',
  printed: (day: string): string => `imprimé le ${day}`,
  notSent: 'pas encore envoyé',
  device: 'Sur cet appareil',
  erase: 'Effacer ce qui est gardé ici',
  eraseHow:
    'Vos conversations, brouillons et réglages quittent cet appareil. Ce qui n’a pas encore été envoyé est perdu, et vous ne pourrez plus rouvrir ces conversations.',
  eraseSure: 'Tout effacer',
  cancel: 'Garder',
  devices: 'Mes appareils',
  noCharter: 'La charte s’affichera ici après la première connexion au comptoir.',
  // What the page says of the visitor
  attributes: 'Ce que le site indique sur vous',
  attributesShort: (names: readonly string[]): string =>
    `Le site indique aussi au comptoir\u00a0: ${listText(lang, names)}.`,
  attributesHow:
    'Seules les personnes du comptoir qui vous répondent le voient. Rien n’en est gardé.',
  // After this device forgot what it held
  ended: {
    removed: 'Cet appareil n’est plus relié.',
    'other-member': 'Une autre personne est connectée au site.',
    'signed-out': 'La session sur le site est terminée.',
  } satisfies Record<DeviceEnd, string>,
  endedHow: 'Ce qui était gardé ici est effacé.',
  understood: 'Compris',
};

/** The catalogue's shape: other languages have all of it. */
export type SettingsWords = typeof settingsFr;
