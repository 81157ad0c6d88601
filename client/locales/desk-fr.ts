/** The desk in French. Narrow no-break spaces before ? ! ; and no-break ones before colons. */
import type { LaterWhy } from '../../shared/protocol/outcome.ts';
import { deskArrivalFr } from './desk-arrival-fr.ts';
import { deskBlockFr } from './desk-block-fr.ts';
import { deskCardFr } from './desk-card-fr.ts';
import type { DeskWords } from './desk-words.ts';

const some = (count: number, one: string, many: string): string =>
  count < 2 ? `${count}\u00a0${one}` : `${count}\u00a0${many}`;

/** By number: too much, the relay’s fault, after its question, from this network, not said. */
const laterWhy: Readonly<Record<LaterWhy, string>> = [
  'trop d’envois à la fois',
  'le comptoir n’a pas pu l’enregistrer',
  'la question n’est pas encore partie',
  'trop d’envois depuis ce réseau',
  'pas encore pris',
];

export const deskFr: DeskWords = {
  lang: 'fr',
  visitor: 'Visiteur',
  nav: {
    label: 'Comptoir',
    inbox: 'Boîte',
    waiting: (count) => `${count} en attente`,
    canned: 'Réponses',
    unsent: 'À envoyer',
    settings: 'Réglages',
    keys: 'Raccourcis clavier',
  },
  arrival: deskArrivalFr,
  roles: {
    visitor: 'visiteur',
    helper: 'aide',
    guardian: 'gardien',
    staff: 'membre de l’équipe du magasin',
    expert: 'expert',
    manager: 'responsable',
  },
  available: {
    on: 'Disponible',
    off: 'En pause',
    label: 'Disponible pour de nouvelles questions, sur tous vos appareils',
    awayTitle: 'Vous êtes en pause.',
    away: 'Les visiteurs ne vous voient plus ici\u202f; vos conversations restent les vôtres.',
    stillShown: 'Les visiteurs peuvent encore vous voir ici un moment.',
  },
  network: {
    offlineSince: (time) => `Hors ligne depuis ${time}.`,
    offline: 'Hors ligne.',
    awaySince: (time) => `Le comptoir est injoignable depuis ${time}.`,
    leaving: (count) =>
      count < 2 ? '1\u00a0envoi partira au retour.' : `${count}\u00a0envois partiront au retour.`,
    nothingLeaving: 'Vous pouvez lire et répondre\u00a0: tout partira au retour.',
    validUntil: (time) => `Vous pouvez continuer jusqu’à ${time}.`,
    conversationOffline: 'Vos réponses sont gardées ici et partiront dans l’ordre.',
    reload: 'Une version plus récente est prête. Rien ne sera perdu.',
    reloadAction: 'Recharger',
    refused: 'Le comptoir n’accepte pas cet appareil.',
    refusedText: 'Ce qui est gardé ici reste lisible.',
    ended: {
      removed: 'Cet appareil n’est plus relié',
      'other-member': 'Cet appareil est à quelqu’un d’autre',
      'signed-out': 'La session est terminée',
    },
    endedText:
      'Ce que l’espace des aides gardait ici est effacé. Rien ne manque sur vos autres appareils.',
    endedAction: 'Recommencer',
  },
  welcome: {
    step: (at, of) => `Étape ${at} sur ${of}`,
    titles: ['Ce que vous connaissez', 'Votre photo', 'Vos alertes'],
    texts: [
      'Les visiteurs le lisent en touchant votre nom. Deux ou trois mots suffisent.',
      'Un visage met en confiance. Vous pourrez changer ou retirer la photo.',
      'L’espace des aides peut vous prévenir quand une question arrive.',
    ],
    save: 'Enregistrer et continuer',
    next: 'Continuer',
    done: 'Ouvrir l’espace des aides',
    skip: 'Passer cette étape',
    later: 'Plus tard',
  },
  storage: {
    failed: 'Ce navigateur ne garde rien.',
    failedText:
      'Navigation privée, peut-être\u00a0: votre texte reste dans la zone de saisie, ne fermez pas l’onglet.',
    full: 'Cet appareil n’a plus de place.',
    fullText: 'Votre texte reste dans la zone de saisie.',
  },
  grant: {
    expired: 'Votre accès a expiré.',
    expiredText: 'Vous pouvez lire. Vos réponses partiront dès qu’il sera renouvelé.',
  },
  inbox: {
    title: 'Boîte',
    tabs: { waiting: 'En attente', mine: 'Les miennes', closed: 'Terminées' },
    tools: {
      search: 'Chercher',
      order: 'Trier et filtrer',
      sort: 'Ordre',
      sorts: { list: 'Ordre habituel', turned: 'Ordre inverse', page: 'Par page' },
      page: 'Page',
      allPages: 'Toutes les pages',
      unread: 'Non lues',
      none: 'Aucun résultat.',
    },
    questions: (count) => `${count}\u00a0questions`,
    more: (count) => `Voir ses ${count}\u00a0autres questions`,
    tabsLabel: 'Conversations',
    held: (count, limit) => `${count} sur ${limit}`,
    atOnce: (limit) => `Jusqu’à ${limit}\u00a0à la fois.`,
    hadIt: 'vous y répondiez',
    others: 'Autres en cours',
    claim: 'Prendre',
    claimThis: (text) => `Prendre\u00a0: ${text}`,
    claimThisAgain: (text) => `Reprendre\u00a0: ${text}`,
    saidOnly: (limit) =>
      `Vous avez répondu sans prendre la conversation\u00a0: vous en avez déjà ${limit}.`,
    limit: (limit) =>
      `Vous avez déjà ${limit}\u00a0conversations, le maximum. Passez la main ou terminez-en une pour en prendre une autre.`,
    yourTurn: 'à vous de répondre',
    answered: 'répondu',
    public: 'publique',
    claimedBy: (name) => `prise par ${name}`,
    keptHere: (count) => `${some(count, 'réponse gardée', 'réponses gardées')} ici`,
    claimKept: 'Prise sur cet appareil, les autres ne le savent pas encore',
    youSaid: (text) => `Vous\u00a0: ${text}`,
    unread: 'non lue',
    noPage: 'Sans page',
    empty: {
      waiting: {
        title: 'Personne n’attend',
        text: 'Les questions arriveront ici, la plus ancienne en haut.',
      },
      mine: {
        title: 'Aucune conversation à vous',
        text: 'Prenez une question en attente\u00a0: elle viendra ici.',
      },
      closed: {
        title: 'Aucune conversation terminée',
        text: 'Une fois terminées, elles se relisent ici.',
      },
    },
    emptyOffline: 'Hors ligne, cet appareil ne sait pas qui attend.',
    loading: 'Ouverture de la boîte',
  },
  wait: {
    duration: (seconds) => {
      if (seconds < 60) return `${seconds}\u00a0s`;
      const minutes = Math.floor(seconds / 60);
      const two = (value: number): string => String(value).padStart(2, '0');
      if (minutes < 10) return `${minutes}\u00a0min\u00a0${two(seconds % 60)}`;
      if (minutes < 60) return `${minutes}\u00a0min`;
      const hours = Math.floor(minutes / 60);
      return hours < 24
        ? `${hours}\u00a0h\u00a0${two(minutes % 60)}`
        : `${Math.floor(hours / 24)}\u00a0j`;
    },
    soon: (duration, target) => `${duration}, bientôt ${target}\u00a0s`,
    late: (duration) => `${duration}, en retard`,
    label: (words) => `attend depuis ${words}`,
  },
  conversation: {
    label: 'Conversation',
    back: 'Retour à la boîte',
    claim: 'Prendre',
    release: 'Passer la main',
    close: 'Terminer',
    reopen: 'Rouvrir',
    context: 'Contexte',
    pickTitle: 'Choisissez une conversation',
    pick: 'Elle s’ouvrira ici. La plus ancienne attend en haut de la boîte.',
    onPage: (page) => `sur la page ${page}`,
    presenceUnknown: 'présence inconnue',
    claimMineKept: 'Prise sur cet appareil, les autres ne le savent pas encore.',
    claimMineKeptText: 'Sans réseau, quelqu’un d’autre peut la prendre aussi.',
    claimOther: (name) => `${name} répond.`,
    claimOtherText: 'Vous pouvez répondre aussi\u00a0: la personne verra les deux.',
    claimNone: 'Personne ne l’a prise.',
    claimNoneText: 'Prenez-la pour que les autres le sachent.',
    claimLost: 'Personne ne l’a plus.',
    claimLostText: 'Vous y avez répondu\u00a0: reprenez-la pour que les autres le sachent.',
    claimAgain: 'Reprendre',
    contested: (name, title) =>
      `${name} avait pris «\u00a0${title}\u00a0» avant vous. Vos réponses restent visibles.`,
    closed: 'Cette conversation est terminée.',
    closedText: 'Vous pouvez la rouvrir\u202f; le prochain message du visiteur la rouvrira aussi.',
    answer: 'Votre réponse',
    answerOffline: 'Répondre, même hors ligne',
    canned: 'Réponses prêtes (/)',
    full: 'Cette conversation est pleine\u00a0: on peut encore la lire, mais plus y écrire.',
    refused: 'Cette conversation ne vous est pas ouverte',
    refusedText: 'D’autres personnes peuvent la lire, mais pas vous.',
    loading: 'Ouverture de la conversation',
  },
  undo: {
    withdrawn: 'Réponse retirée.',
    closed: 'Conversation terminée.',
    reopened: 'Conversation rouverte.',
    released: 'Vous avez passé la main.',
    undo: 'Annuler',
    dismiss: 'Fermer',
  },
  context: {
    title: 'Contexte',
    label: 'Contexte de la conversation',
    from: 'Question posée sur',
    attributes: 'Ce que le site indique',
    noPage: 'Page inconnue.',
    opens: 's’ouvre dans un nouvel onglet',
    earlier: 'Autres questions de cette personne',
    noEarlier: 'C’est sa première question ici.',
    canned: 'Réponses prêtes',
    noCanned: 'Aucune pour l’instant.',
    manage: 'Les gérer',
    hide: 'Masquer ce volet',
  },
  ids: {
    title: 'Identifiants',
    intro: 'Pour les commandes du serveur.',
    names: {
      member: 'Personne',
      device: 'Son appareil',
      conversation: 'Conversation',
      space: 'Espace',
    },
    copy: 'Copier',
    copied: 'Copié',
  },
  block: deskBlockFr,
  unsent: {
    title: 'À envoyer',
    count: (count) =>
      count < 2
        ? 'envoi en attente, gardé sur cet appareil. Rien n’est perdu si vous fermez.'
        : 'envois en attente, gardés sur cet appareil. Rien n’est perdu si vous fermez.',
    inOrder: 'Dans l’ordre',
    stopped: 'Pas partis',
    retry: 'Essayer maintenant',
    none: 'Tout est parti',
    noneText: 'Ce que vous écrivez sans réseau attendra ici.',
    here: 'Ici, sans réseau',
    conversations: 'Conversations',
    canned: 'Réponses prêtes',
    card: 'Votre accès',
    until: (time) => `jusqu’à ${time}`,
    acts: {
      say: 'Réponse',
      claim: 'Prise',
      release: 'Main passée',
      close: 'Fin',
      reopen: 'Réouverture',
      retract: 'Retrait',
      report: 'Signalement',
      other: 'Action',
    },
    later: (time, why = 0) => `${laterWhy[why] ?? laterWhy[4]}, repart à ${time}`,
    held: 'en attente de validation',
    refused: 'non publié',
    edit: 'Modifier',
    withdraw: 'Retirer',
  },
  canned: {
    title: 'Réponses prêtes',
    intro:
      'Tapez / dans une réponse, ou touchez l’éclair. Elles vous suivent sur tous vos appareils.',
    add: 'Ajouter',
    shortcut: 'Raccourci',
    shortcutHint: 'ce qui suit la barre, par exemple bonjour',
    text: 'Texte',
    save: 'Enregistrer',
    cancel: 'Annuler',
    edit: (shortcut) => `Modifier /${shortcut}`,
    remove: (shortcut) => `Retirer /${shortcut}`,
    removed: (shortcut) => `/${shortcut} retirée.`,
    empty: 'Écrivez une fois ce que vous répétez souvent.',
    missing: 'Il faut un raccourci et un texte.',
    taken: 'Ce raccourci sert déjà.',
    insert: 'Insérer',
    inserted: 'Texte ajouté.',
    pickLabel: 'Réponses prêtes',
    pickHint: '↑ ↓ choisir · ↵ insérer · Échap fermer',
    none: 'Aucun résultat',
    chosen: (shortcut, text, at, of) => `${shortcut}, ${text}, ${at} sur ${of}`,
  },
  card: deskCardFr,
  settings: {
    title: 'Réglages',
    card: 'Votre accès\u00a0:',
    until: (time) => `valable jusqu’à ${time}, renouvelé à chaque connexion`,
    alerts: 'Me prévenir',
    sound: 'Un son quand quelqu’un vous attend',
    soundHint: 'Deux notes douces.',
    notify: 'Une notification quand l’onglet est caché',
    notifyHint: 'Le navigateur demandera votre accord.',
    notifyBlocked: 'Refusées dans les réglages du navigateur.',
    notifyAbsent: 'Ce navigateur n’en a pas.',
    language: 'Langue',
    systemLanguage: 'Celle du navigateur',
    keyboard: 'Clavier',
    singleKeys: 'Raccourcis à une touche',
    singleKeysHint: 'Jamais pendant que vous écrivez.',
    showKeys: 'Voir les raccourcis',
    device: 'Cet appareil',
    deviceHint: (kept) =>
      kept < 2
        ? `${kept}\u00a0conversation gardée ici pour être lue sans réseau.`
        : `${kept}\u00a0conversations gardées ici pour être lues sans réseau.`,
    erase: 'Quitter l’espace des aides sur cet appareil',
    eraseTitle: 'Tout effacer de cet appareil\u202f?',
    eraseText: (unsent) =>
      `${
        unsent === 0
          ? ''
          : unsent === 1
            ? '1\u00a0envoi n’est pas encore parti et serait perdu. '
            : `${unsent}\u00a0envois ne sont pas encore partis et seraient perdus. `
      }La clé, les conversations et les brouillons gardés ici disparaissent. Il faudra une nouvelle invitation pour revenir.`,
    eraseConfirm: 'Tout effacer',
    cancel: 'Rester',
    erasing: 'Effacement',
  },
  keys: {
    writing: (modifier) => `Pendant que vous écrivez\u00a0: ${modifier} et la même touche.`,
    title: 'Raccourcis clavier',
    close: 'Fermer',
    off: 'Les raccourcis à une touche sont désactivés dans les réglages.',
    rows: [
      [['j', 'k'], 'suivante, précédente (ou les flèches dans la boîte)'],
      [['↵'], 'ouvrir'],
      [['n'], 'la plus ancienne en attente'],
      [['t'], 'prendre'],
      [['r'], 'passer la main'],
      [['c'], 'terminer ou rouvrir'],
      [['1', '2', '3'], 'en attente, les miennes, terminées'],
      [['/'], 'réponses prêtes'],
      [['Échap'], 'revenir à la boîte'],
      [['?'], 'cette liste'],
    ],
  },
  bell: { question: 'Nouvelle question', message: 'Nouveau message' },
};
