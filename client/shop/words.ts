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
  delivery: { fr: 'Livraison et retours', en: 'Delivery and returns' },
  deliveryIntro: {
    fr: 'Chez vous, ou au comptoir quand cela vous arrange.',
    en: 'To your door, or at the counter when it suits you.',
  },
  back: { fr: '← Retour aux rayons', en: '← Back to the shop' },
  home: { fr: 'À domicile', en: 'To your door' },
  homeHow: {
    fr: 'Deux à trois jours ouvrés, 4,90\u00a0€, offerts dès 60\u00a0€. Un escabeau ou une échelle part par transporteur\u00a0: comptez cinq jours.',
    en: 'Two to three working days, €4.90, free from €60. A ladder goes by carrier: allow five days.',
  },
  counter: { fr: 'Au comptoir', en: 'At the counter' },
  counterHow: {
    fr: 'Prêt en deux heures pour tout ce qui est en rayon, gardé cinq jours à votre nom.',
    en: 'Ready in two hours for whatever is on the shelf, kept five days in your name.',
  },
  returns: { fr: 'Changer d’avis', en: 'Changing your mind' },
  returnsHow: {
    fr: 'Trente jours, même ouvert. Les peintures teintées à la demande ne sont pas reprises.',
    en: 'Thirty days, even opened. Paint mixed to order cannot be returned.',
  },
  foot: {
    fr: 'Cette page montre Comptoir sur un site. Les produits, les prix et les textes sont inventés.',
    en: 'This page shows Comptoir on a site. Products, prices and texts are made up.',
  },
} as const satisfies Record<string, Text>;
