/** The demo space: data like any other space. */
import { SpaceMode } from '../shared/space-mode.ts';
import { parseSpaceId } from '../shared/ids.ts';
import type { SpaceRecord } from '../shared/protocol/records.ts';

export const demoSpace: SpaceRecord = {
  id: parseSpaceId('demo'),
  name: { fr: 'Le Comptoir du bricolage (démo)', en: 'The DIY counter (demo)' },
  mode: SpaceMode.closed,
  greeting: { fr: 'Bonjour, on en parle\u202f?', en: 'Hello, shall we talk?' },
  intro: {
    fr: 'Des clients bricoleurs et l’équipe du magasin répondent ici.',
    en: 'Customers who build and mend, and the shop’s team, answer here.',
  },
  suggestions: [
    {
      fr: 'Quelle cheville pour une cloison en plâtre\u202f?',
      en: 'Which wall plug for plasterboard?',
    },
    {
      fr: 'Cette perceuse suffit-elle pour du béton\u202f?',
      en: 'Is this drill enough for concrete?',
    },
    { fr: 'Combien de peinture pour une chambre\u202f?', en: 'How much paint for a bedroom?' },
  ],
  charter: {
    fr: 'Restons courtois. Ne donnez ni adresse, ni téléphone, ni numéro de commande.',
    en: 'Be kind. Give no address, telephone or order number.',
  },
  promise: {},
};
