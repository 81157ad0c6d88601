/** What the demo shop pretends to sell. Every text is made up for the demo. */
export type Lang = 'fr' | 'en';
export type Text = Readonly<Record<Lang, string>>;

export interface Department {
  readonly id: string;
  readonly name: Text;
  readonly intro: Text;
}

export interface Product {
  /** Names its drawing too: `#draw-<id>` in index.html. */
  readonly id: string;
  readonly department: string;
  readonly name: Text;
  /** In cents. */
  readonly price: number;
  readonly detail: Text;
  readonly about: Text;
  readonly facts: readonly (readonly [Text, Text])[];
}

const same = (text: string): Text => ({ fr: text, en: text });
const label = {
  size: { fr: 'Dimensions', en: 'Size' },
  material: { fr: 'Matière', en: 'Material' },
  use: { fr: 'Pour', en: 'For' },
  cover: { fr: 'Couvre', en: 'Covers' },
  dry: { fr: 'Séchage', en: 'Drying' },
  load: { fr: 'Charge', en: 'Load' },
  power: { fr: 'Puissance', en: 'Power' },
  box: { fr: 'Dans la boîte', en: 'In the box' },
} as const satisfies Record<string, Text>;

export const departments: readonly Department[] = [
  {
    id: 'murs',
    name: { fr: 'Murs et cloisons', en: 'Walls' },
    intro: {
      fr: 'De quoi percer, fixer, mesurer. Un doute sur une cheville\u202f? Posez la question au comptoir, en bas de l’écran.',
      en: 'Drill, fix, measure. Not sure about a plug? Ask at the foot of the page.',
    },
  },
  {
    id: 'peinture',
    name: { fr: 'Peinture', en: 'Paint' },
    intro: {
      fr: 'Des couleurs mates, de bons rouleaux et de quoi atteindre le plafond.',
      en: 'Matt colours, good rollers, and something to reach the ceiling with.',
    },
  },
  {
    id: 'electricite',
    name: { fr: 'Électricité', en: 'Electrics' },
    intro: {
      fr: 'Interrupteurs et lumière. Coupez le courant au tableau avant de commencer.',
      en: 'Switches and light. Cut the power at the board before you start.',
    },
  },
  {
    id: 'eau',
    name: { fr: 'Salle de bain', en: 'Bathroom' },
    intro: {
      fr: 'Robinets et joints. Fermez l’arrivée d’eau, gardez un seau à côté.',
      en: 'Taps and sealant. Close the stop valve and keep a bucket near.',
    },
  },
  {
    id: 'jardin',
    name: { fr: 'Jardin', en: 'Garden' },
    intro: {
      fr: 'Arroser, planter, tailler, à l’échelle d’un balcon ou d’un potager.',
      en: 'Water, plant and prune, for a balcony or a kitchen garden.',
    },
  },
];

export const products: readonly Product[] = [
  {
    id: 'perceuse',
    department: 'murs',
    name: { fr: 'Perceuse-visseuse 18\u00a0V', en: '18\u00a0V drill driver' },
    price: 8900,
    detail: { fr: 'Deux batteries', en: 'Two batteries' },
    about: {
      fr: 'Deux vitesses et vingt réglages de couple\u00a0: assez douce pour une plaque de plâtre, assez forte pour un chevron. La poignée est étroite, la mèche s’éclaire.',
      en: 'Two speeds and twenty torque settings: gentle enough for plasterboard, strong enough for a rafter. A slim grip and a lit bit.',
    },
    facts: [
      [label.power, same('18\u00a0V · 50\u00a0N m')],
      [
        label.box,
        {
          fr: '2 batteries 2\u00a0Ah, chargeur, coffret',
          en: '2 batteries of 2\u00a0Ah, charger, case',
        },
      ],
      [label.use, { fr: 'bois, métal, plâtre', en: 'wood, metal, plaster' }],
    ],
  },
  {
    id: 'chevilles',
    department: 'murs',
    name: { fr: 'Chevilles à expansion', en: 'Cavity wall anchors' },
    price: 720,
    detail: { fr: 'M5 × 52, boîte de 12', en: 'M5 × 52, box of 12' },
    about: {
      fr: 'Métalliques, vis comprises. La cheville s’ouvre derrière la plaque et ne ressort plus\u00a0: repérez d’abord les rails.',
      en: 'Metal, screws included. The anchor opens behind the board and stays there: find the studs first.',
    },
    facts: [
      [
        label.load,
        {
          fr: '8\u00a0kg par point dans une BA13',
          en: '8\u00a0kg each in 13\u00a0mm plasterboard',
        },
      ],
      [
        label.size,
        { fr: 'M5 × 52\u00a0mm, perçage 10\u00a0mm', en: 'M5 × 52\u00a0mm, 10\u00a0mm hole' },
      ],
      [label.use, { fr: 'plaque de plâtre, brique creuse', en: 'plasterboard, hollow brick' }],
    ],
  },
  {
    id: 'niveau',
    department: 'murs',
    name: { fr: 'Niveau à bulle 60\u00a0cm', en: 'Spirit level, 60\u00a0cm' },
    price: 1850,
    detail: { fr: 'Aluminium, trois fioles', en: 'Aluminium, three vials' },
    about: {
      fr: 'Un profil d’aluminium raboté, trois fioles\u00a0: horizontale, verticale et 45°. Les embouts amortissent les chutes.',
      en: 'A milled aluminium profile with three vials: level, plumb and 45°. End caps take the falls.',
    },
    facts: [
      [label.size, same('60 × 5 × 2\u00a0cm')],
      [label.material, { fr: 'aluminium', en: 'aluminium' }],
      [label.use, { fr: 'étagères, rails, carrelage', en: 'shelves, rails, tiles' }],
    ],
  },
  {
    id: 'metre',
    department: 'murs',
    name: { fr: 'Mètre ruban 5\u00a0m', en: 'Tape measure, 5\u00a0m' },
    price: 650,
    detail: { fr: 'Arrêt automatique', en: 'Locks by itself' },
    about: {
      fr: 'Le ruban reste où vous le laissez et revient d’une pression. Le crochet tient seul au bord d’une plaque.',
      en: 'The tape stays where you leave it and comes back at a press. The hook holds the edge of a board by itself.',
    },
    facts: [
      [label.size, { fr: '5\u00a0m, ruban de 19\u00a0mm', en: '5\u00a0m, 19\u00a0mm tape' }],
      [label.material, { fr: 'acier, boîtier gainé', en: 'steel, rubber case' }],
    ],
  },
  {
    id: 'peinture',
    department: 'peinture',
    name: { fr: 'Peinture murale, mat', en: 'Wall paint, matt' },
    price: 3490,
    detail: { fr: '2,5\u00a0L, blanc cassé', en: '2.5\u00a0L, off-white' },
    about: {
      fr: 'À l’eau, peu d’odeur. Deux couches suffisent sur un mur propre\u202f; une sous-couche d’abord sur du plâtre neuf.',
      en: 'Water-based, little smell. Two coats do on a clean wall; prime first on new plaster.',
    },
    facts: [
      [label.cover, { fr: '25\u00a0m² par couche', en: '25\u00a0m² a coat' }],
      [label.dry, { fr: '4\u00a0h entre deux couches', en: '4\u00a0h between coats' }],
      [label.use, { fr: 'murs et plafonds, pièces sèches', en: 'walls and ceilings, dry rooms' }],
    ],
  },
  {
    id: 'rouleau',
    department: 'peinture',
    name: { fr: 'Rouleau anti-gouttes', en: 'No-drip roller' },
    price: 990,
    detail: { fr: 'Manche et manchon 180\u00a0mm', en: 'Handle and 180\u00a0mm sleeve' },
    about: {
      fr: 'Poils de 12\u00a0mm\u00a0: le rouleau garde la peinture et la rend d’un trait. Il se rince à l’eau tiède.',
      en: 'A 12\u00a0mm nap holds the paint and lays it in one stroke. Rinses in warm water.',
    },
    facts: [
      [label.size, { fr: '180\u00a0mm, poils de 12\u00a0mm', en: '180\u00a0mm, 12\u00a0mm nap' }],
      [label.use, { fr: 'peintures à l’eau', en: 'water-based paint' }],
    ],
  },
  {
    id: 'escabeau',
    department: 'peinture',
    name: { fr: 'Escabeau trois marches', en: 'Three-step ladder' },
    price: 4900,
    detail: { fr: 'Acier, plateau large', en: 'Steel, wide top' },
    about: {
      fr: 'Des marches profondes, un arceau pour les genoux et un plateau pour le pot. Plié, il tient derrière une porte.',
      en: 'Deep steps, a rail for the knees and a tray for the pot. Folded, it stands behind a door.',
    },
    facts: [
      [label.load, same('150\u00a0kg')],
      [label.size, { fr: '142\u00a0cm ouvert, 5,8\u00a0kg', en: '142\u00a0cm open, 5.8\u00a0kg' }],
    ],
  },
  {
    id: 'interrupteur',
    department: 'electricite',
    name: { fr: 'Interrupteur va-et-vient', en: 'Two-way switch' },
    price: 890,
    detail: { fr: 'Complet, à encastrer', en: 'Complete, flush' },
    about: {
      fr: 'Mécanisme, support et plaque. Les bornes se serrent sans vis\u00a0: dénudez douze millimètres, poussez.',
      en: 'Mechanism, frame and plate. Terminals without screws: strip twelve millimetres and push.',
    },
    facts: [
      [label.power, same('10\u00a0A · 230\u00a0V')],
      [label.box, { fr: 'mécanisme, support, plaque', en: 'mechanism, frame, plate' }],
    ],
  },
  {
    id: 'ampoule',
    department: 'electricite',
    name: { fr: 'Ampoule E27, blanc chaud', en: 'E27 bulb, warm white' },
    price: 450,
    detail: { fr: '806\u00a0lm, 7\u00a0W', en: '806\u00a0lm, 7\u00a0W' },
    about: {
      fr: 'L’équivalent d’une ancienne 60\u00a0W, sans clignotement. Convient à un variateur récent.',
      en: 'As bright as an old 60\u00a0W bulb, without flicker. Works with a recent dimmer.',
    },
    facts: [
      [label.power, same('7\u00a0W · 806\u00a0lm · 2 700\u00a0K')],
      [label.size, same('60 × 108\u00a0mm')],
    ],
  },
  {
    id: 'robinet',
    department: 'eau',
    name: { fr: 'Robinet mitigeur', en: 'Mixer tap' },
    price: 6400,
    detail: { fr: 'Évier, bec orientable', en: 'Sink, swivel spout' },
    about: {
      fr: 'Un bec haut qui laisse passer une marmite, une cartouche céramique qui se change en dix minutes.',
      en: 'A spout high enough for a stock pot, and a ceramic cartridge that changes in ten minutes.',
    },
    facts: [
      [
        label.size,
        { fr: 'perçage 35\u00a0mm, hauteur 32\u00a0cm', en: '35\u00a0mm hole, 32\u00a0cm high' },
      ],
      [label.box, { fr: 'flexibles, clé de serrage', en: 'hoses, tightening key' }],
    ],
  },
  {
    id: 'joint',
    department: 'eau',
    name: { fr: 'Mastic sanitaire', en: 'Bathroom sealant' },
    price: 790,
    detail: { fr: '310\u00a0ml, translucide', en: '310\u00a0ml, clear' },
    about: {
      fr: 'Silicone traité contre les moisissures. Retirez tout l’ancien joint, remplissez la baignoire avant de poser.',
      en: 'Silicone treated against mould. Take all the old seal off, and fill the bath before you lay the new one.',
    },
    facts: [
      [
        label.dry,
        { fr: '24\u00a0h avant la première douche', en: '24\u00a0h before the first shower' },
      ],
      [label.use, { fr: 'baignoire, douche, évier', en: 'bath, shower, sink' }],
    ],
  },
  {
    id: 'arrosoir',
    department: 'jardin',
    name: { fr: 'Arrosoir 8\u00a0L', en: 'Watering can, 8\u00a0L' },
    price: 1690,
    detail: { fr: 'Pomme amovible', en: 'Rose comes off' },
    about: {
      fr: 'Le bec long verse au pied sans courber le dos\u202f; la pomme fait une pluie fine pour les semis.',
      en: 'The long spout pours at the root without bending; the rose makes a fine rain for seedlings.',
    },
    facts: [
      [label.size, { fr: '8\u00a0L, 62\u00a0cm', en: '8\u00a0L, 62\u00a0cm' }],
      [label.material, { fr: 'acier galvanisé', en: 'galvanised steel' }],
    ],
  },
  {
    id: 'semis',
    department: 'jardin',
    name: { fr: 'Pots de semis', en: 'Seedling pots' },
    price: 540,
    detail: { fr: 'Terre cuite, lot de 3', en: 'Terracotta, set of 3' },
    about: {
      fr: 'Percés, avec leurs soucoupes. La terre cuite respire\u00a0: arrosez un peu plus souvent qu’en plastique.',
      en: 'With a hole and a saucer each. Terracotta breathes: water a little more often than plastic.',
    },
    facts: [
      [label.size, { fr: '11\u00a0cm de haut', en: '11\u00a0cm high' }],
      [label.material, { fr: 'terre cuite', en: 'terracotta' }],
    ],
  },
];
