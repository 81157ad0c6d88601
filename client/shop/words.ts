/** The demo shop's own words, in both of its languages. */
import type { Text } from './catalogue.ts';

export const words = {
  shop: { fr: 'Le Comptoir du bricolage', en: 'The Fixing Counter' },
  /** After a page's own name, in the browser's tab. */
  tab: { fr: 'Boutique de démo', en: 'Demo shop' },
  demo: {
    fr: 'Démo\u00a0: boutique inventée, rien n’y est à vendre.',
    en: 'Demo: a made-up shop, nothing is for sale.',
  },
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  departments: { fr: 'Rayons', en: 'Departments' },
  language: { fr: 'Langue', en: 'Language' },
  ask: { fr: 'Poser une question', en: 'Ask a question' },
  askHint: {
    fr: 'Des clients et l’équipe répondent ici même.',
    en: 'Customers and the team answer right here.',
  },
  same: { fr: 'Dans le même rayon', en: 'From the same department' },
  facts: { fr: 'Caractéristiques', en: 'Details' },
  missing: { fr: 'Cette page n’existe pas', en: 'There is no such page' },
  missingHint: { fr: 'Retour aux murs et cloisons', en: 'Back to walls' },
  foot: {
    fr: 'Cette page montre Comptoir sur un site. Les produits, les prix et les textes sont inventés.',
    en: 'This page shows Comptoir on a site. Products, prices and texts are made up.',
  },
} as const satisfies Record<string, Text>;
