/** The desk in French. Narrow no-break spaces before ? ! ; and no-break ones before colons. */
import type { LaterWhy } from '../../shared/protocol/outcome.ts';
import type { DeskWords } from './desk-words.ts';
import { momentText } from './format.ts';

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
  arrival: {
    loading: 'Ouverture de ce qui est gardé ici',
    invitedTitle: 'Bienvenue derrière le comptoir',
    invitedAs: (role) => `On vous invite à répondre aux visiteurs comme ${role}.`,
    backTitle: (name) => `Bon retour, ${name}`,
    backAs: (role) =>
      `Ce lien relie cet appareil à votre place\u00a0: vous répondez de nouveau comme ${role}, avec vos conversations et vos réponses prêtes.`,
    expires: (when) => `Invitation valable jusqu’au ${when}, pour une seule personne.`,
    checking: 'Vérification de l’invitation',
    name: 'Votre nom',
    nameHint: 'C’est le nom que les visiteurs verront. Un prénom suffit.',
    nameMissing: 'Choisissez un nom pour continuer.',
    join: 'Entrer',
    joining: 'On vous ouvre',
    kept: 'Une clé est créée dans ce navigateur et n’en sort pas\u00a0: elle signe vos réponses.',
    again: 'Réessayer',
    unsupportedTitle: 'Ce navigateur ne sait pas signer',
    unsupported:
      'L’espace des aides signe chaque réponse avec une clé que ce navigateur ne sait pas créer. Une version récente de Firefox, Chrome, Edge ou Safari convient.',
    storageTitle: 'Ce navigateur ne garde rien',
    storage:
      'L’espace des aides garde vos réponses sur l’appareil avant de les envoyer. Ouvrez-le hors navigation privée, avec un peu de place libre.',
    outsideTitle: 'Il vous faut une invitation',
    endedTitle: 'Votre place au comptoir est terminée',
    ended:
      'Merci pour vos réponses. Ce que cet espace gardait des conversations est effacé de cet appareil. Si c’est une erreur, adressez-vous à la personne qui anime la communauté.',
    outside:
      'L’espace des aides s’ouvre par un lien à usage unique. Demandez-le à la personne qui anime la communauté, puis ouvrez-le dans ce navigateur.',
    problems: {
      used: {
        title: 'Cette invitation a déjà servi',
        text: 'Un lien ne sert qu’une fois. Si c’était vous, sur un autre appareil, demandez-en un second.',
      },
      expired: {
        title: 'Cette invitation a expiré',
        text: 'Demandez un nouveau lien à la personne qui anime la communauté.',
      },
      unknown: {
        title: 'Cette invitation n’existe pas',
        text: 'Le lien est peut-être coupé\u00a0: copiez-le en entier, ou demandez-en un autre.',
      },
      blocked: {
        title: 'Cet appareil est bloqué pour l’instant',
        text: 'L’invitation reste valable\u00a0: elle s’ouvrira une fois le blocage levé. Adressez-vous à la personne qui anime la communauté.',
      },
      offline: {
        title: 'Pas de réseau pour l’instant',
        text: 'L’invitation reste valable. Réessayez une fois en ligne\u00a0: rien n’est perdu.',
      },
      away: {
        title: 'Le comptoir est injoignable',
        text: 'L’invitation reste valable. Réessayez dans un moment\u00a0: rien n’est perdu.',
      },
      later: {
        title: 'Trop d’essais depuis ce réseau',
        text: 'L’invitation reste valable. Attendez une minute, puis réessayez.',
      },
      busy: {
        title: 'Le comptoir n’a pas pu répondre',
        text: 'Il fonctionne, mais quelque chose lui manque. L’invitation reste valable\u00a0: réessayez dans un moment.',
      },
      moderated: { title: 'Ce nom n’a pas sa place ici', text: 'Prenez-en un autre.' },
    },
  },
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
    label: 'Disponible pour de nouvelles questions',
    awayTitle: 'Vous êtes en pause.',
    away: 'Les visiteurs ne vous voient plus ici\u202f; vos conversations restent les vôtres.',
  },
  network: {
    offlineSince: (time) => `Hors ligne depuis ${time}.`,
    offline: 'Hors ligne.',
    awaySince: (time) => `Le comptoir est injoignable depuis ${time}.`,
    leaving: (count) =>
      count < 2 ? '1\u00a0action partira au retour.' : `${count}\u00a0actions partiront au retour.`,
    nothingLeaving: 'Vous pouvez lire et répondre\u00a0: tout partira au retour.',
    validUntil: (time) => `Carte valable jusqu’à ${time}.`,
    conversationOffline: 'Vos réponses sont gardées ici et partiront dans l’ordre.',
    reload: 'Une version plus récente est prête. Rien de ce qui attend n’est perdu.',
    reloadAction: 'Recharger',
    refused: 'Le comptoir ne laisse pas entrer cet appareil.',
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
    titles: ['Ce que vous connaissez', 'Votre photo', 'Quand on vous attend'],
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
    expired: 'Votre carte d’aide a expiré.',
    expiredText: 'Vous pouvez lire. Vos réponses partiront dès qu’elle sera renouvelée.',
  },
  inbox: {
    title: 'Boîte',
    tabs: { waiting: 'En attente', mine: 'Les miennes', closed: 'Closes' },
    tools: {
      search: 'Chercher',
      order: 'Trier et filtrer',
      sort: 'Ordre',
      sorts: { list: 'Ordre habituel', turned: 'Ordre inverse', page: 'Par page' },
      page: 'Page',
      allPages: 'Toutes les pages',
      unread: 'Non lues',
      none: 'Rien ne correspond.',
    },
    questions: (count) => `${count}\u00a0questions`,
    more: (count) => `Voir ses ${count}\u00a0autres questions`,
    tabsLabel: 'Conversations',
    others: 'Autres en cours',
    claim: 'Prendre',
    claimThis: (text) => `Prendre\u00a0: ${text}`,
    saidOnly: (limit) =>
      `Vous avez répondu sans prendre la conversation\u00a0: vous en avez déjà ${limit}.`,
    limit: (limit) =>
      `Vous avez déjà ${limit}\u00a0conversations. Pour en prendre une autre, il faut en libérer ou en clore une.`,
    yourTurn: 'à vous de répondre',
    answered: 'répondu',
    public: 'publique',
    claimedBy: (name) => `chez ${name}`,
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
        title: 'Rien à votre nom',
        text: 'Prenez une question en attente\u00a0: elle viendra ici.',
      },
      closed: {
        title: 'Aucune conversation close',
        text: 'Une fois closes, elles se relisent ici.',
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
    release: 'Libérer',
    close: 'Clore',
    reopen: 'Rouvrir',
    context: 'Contexte',
    pickTitle: 'Choisissez une conversation',
    pick: 'Elle s’ouvrira ici. La plus ancienne attend en haut de la boîte.',
    onPage: (page) => `sur la page ${page}`,
    presenceUnknown: 'présence inconnue',
    claimMineKept: 'Prise sur cet appareil, les autres ne le savent pas encore.',
    claimMineKeptText: 'Sans réseau, quelqu’un d’autre peut la prendre aussi.',
    claimOther: (name) => `${name} répond.`,
    claimOtherText: 'Ce que vous écrivez partira quand même, et se verra.',
    claimNone: 'Personne ne l’a prise.',
    claimNoneText: 'Prenez-la pour que les autres le sachent.',
    contested: (name, title) =>
      `${name} avait pris «\u00a0${title}\u00a0» avant vous. Vos réponses restent visibles.`,
    closed: 'Cette conversation est close.',
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
    closed: 'Conversation close.',
    reopened: 'Conversation rouverte.',
    released: 'Conversation libérée.',
    undo: 'Annuler',
    dismiss: 'Fermer',
  },
  context: {
    title: 'Contexte',
    label: 'Contexte de la conversation',
    from: 'Demandé depuis',
    attributes: 'Ce que le site indique',
    noPage: 'On ne sait pas de quelle page.',
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
  block: {
    open: 'Bloquer…',
    title: (name) => `Bloquer ${name}`,
    intro: 'Qui est bloqué peut encore lire, mais plus rien écrire.',
    whom: 'Qui bloquer',
    choices: {
      member: { name: 'Cette personne', hint: 'Sur tous ses appareils.' },
      device: { name: 'Cet appareil seulement', hint: 'Celui d’où vient son dernier message.' },
      network: { name: 'Tout son réseau' },
    },
    touches: ({ networks, others, spared }) => {
      if (networks === 0) return 'Aucune adresse n’est gardée pour cette personne.';
      const people =
        others === null
          ? 'On ne sait pas combien de personnes écrivent de là.'
          : others === 0
            ? 'Personne d’autre n’a écrit de là cette semaine.'
            : others === 1
              ? '1\u00a0autre personne a écrit de là cette semaine, et serait bloquée aussi.'
              : `${others}\u00a0autres personnes ont écrit de là cette semaine, et seraient bloquées aussi.`;
      return spared === 0 ? people : `${people} Les aides de ce réseau peuvent continuer.`;
    },
    touchesUnknown: 'On ne sait pas qui d’autre écrit de là.',
    counting: 'On compte qui d’autre écrit de là.',
    howLong: 'Pour combien de temps',
    lengths: ['1\u00a0heure', '24\u00a0heures', '7\u00a0jours', 'Sans limite'],
    reason: 'Motif, pour s’en souvenir',
    confirm: 'Bloquer',
    cancel: 'Annuler',
    close: 'Fermer',
    done: {
      member: 'Personne bloquée\u00a0: ses messages ne passent plus.',
      device: 'Appareil bloqué\u00a0: ses messages ne passent plus.',
      network: 'Réseau bloqué\u00a0: ses messages ne passent plus.',
    },
    held: (count) => (count < 2 ? 'Un blocage en cours' : `${count}\u00a0blocages en cours`),
    subjects: {
      member: (who) => `Personne ${who}`,
      device: (which) => `Appareil ${which}`,
      address: (width) => `Réseau ${width}`,
    },
    until: (at) => `jusqu’au ${momentText('fr', at)}`,
    forGood: 'sans limite',
    lift: 'Lever',
    lifted: 'Blocage levé.',
    liftThis: (what) => `Lever le blocage\u00a0: ${what}`,
    problems: {
      offline: 'Il faut le réseau pour cela.',
      forbidden: 'Seuls les responsables de tous les espaces peuvent bloquer.',
      'not-found': 'Aucune adresse n’est gardée pour cette personne.',
      'no-session': 'Ce navigateur n’est plus reconnu. Rechargez la page.',
      'too-many': 'Trop de changements à la fois. Réessayez dans une minute.',
      unavailable: 'Cela n’a pas abouti. Réessayez dans un instant.',
      'bad-request': 'Le motif contient des signes qui ne s’affichent pas.',
    },
    problemElse: 'Cela n’a pas abouti. Rechargez la page pour savoir pourquoi.',
  },
  unsent: {
    title: 'À envoyer',
    count: (count) =>
      count < 2
        ? 'action en attente, gardée sur cet appareil. Rien n’est perdu si vous fermez.'
        : 'actions en attente, gardées sur cet appareil. Rien n’est perdu si vous fermez.',
    inOrder: 'Dans l’ordre',
    stopped: 'Pas partis',
    retry: 'Essayer maintenant',
    none: 'Tout est parti',
    noneText: 'Ce que vous écrivez sans réseau attendra ici.',
    here: 'Ici, sans réseau',
    conversations: 'Conversations',
    canned: 'Réponses prêtes',
    card: 'Votre carte d’aide',
    until: (time) => `jusqu’à ${time}`,
    acts: {
      say: 'Réponse',
      claim: 'Prise',
      release: 'Libération',
      close: 'Clôture',
      reopen: 'Réouverture',
      retract: 'Retrait',
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
    intro: 'Tapez / dans une réponse pour les retrouver. Elles vous suivent sur vos appareils.',
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
    pickLabel: 'Réponses prêtes',
    pickHint: '↑ ↓ choisir · ↵ insérer · Échap fermer',
    none: 'Aucune ne correspond',
    chosen: (shortcut, text, at, of) => `${shortcut}, ${text}, ${at} sur ${of}`,
  },
  card: {
    title: 'Ma carte',
    open: 'Ma carte',
    back: 'Retour aux réglages',
    intro: 'Les visiteurs la voient en touchant votre nom. Plus elle en dit, plus on s’y fie.',
    photo: 'Photo',
    photoHint:
      'Un visage qu’on reconnaît. La photo est réduite et recadrée en carré\u202f; rien d’autre n’en est gardé.',
    choose: 'Choisir une photo',
    replace: 'Remplacer',
    removePhotoSure: 'Retirer pour de bon',
    keepPhoto: 'La garder',
    removePhoto: 'Retirer',
    sending: 'Envoi',
    held: 'En attente de validation. D’ici là, personne d’autre ne la voit.',
    name: 'Nom affiché',
    nameHint: 'Un prénom suffit.',
    nameMissing: 'Il faut un nom.',
    topics: 'Ce que je connais',
    topicsHint: 'Un mot ou deux, puis Entrée\u00a0: carrelage, chaussures de marche.',
    store: 'Mon magasin, ou ma ville',
    owns: 'Ce que j’ai',
    ownsHint: 'Ce que vous utilisez vous-même, et dont vous pouvez parler.',
    full: (most) => `${most} au plus\u00a0: retirez-en un pour en ajouter un autre.`,
    remove: (item) => `Retirer ${item}`,
    added: (item) => `${item} ajouté.`,
    removed: (item) => `${item} retiré.`,
    save: 'Enregistrer',
    saving: 'Enregistrement',
    saved: 'Enregistré',
    unsaved: 'Pas encore enregistré, gardé sur cet appareil.',
    loading: 'Ouverture de votre carte',
    keptHere: 'Ce que vous avez écrit est gardé ici.',
    problems: {
      offline: 'Il faut le réseau pour cela.',
      'too-big': 'Cette photo dépasse 5\u00a0Mo. Une plus petite suffit.',
      'not-an-image': 'Ce fichier n’est pas une photo lisible\u00a0: JPEG, PNG, WebP ou AVIF.',
      'too-many': 'Trop de changements à la fois. Réessayez dans une minute.',
      unavailable: 'L’enregistrement n’a pas abouti. Réessayez dans un instant.',
      forbidden: 'Cet appareil n’a plus sa place dans l’espace des aides.',
      'bad-request':
        'Ce n’est pas enregistré\u00a0: quelque chose est trop long, ou ne s’affiche pas.',
      moderated: 'Pas enregistré\u00a0: un mot ou un numéro n’a pas sa place ici.',
      'no-session': 'Ce navigateur n’est plus reconnu. Rechargez la page.',
      'bad-signature': 'La clé de cet appareil n’est pas reconnue.',
      'forbidden-origin': 'Cela ne se fait que depuis l’adresse de l’espace des aides.',
      'not-found': 'Il n’y a pas de carte à votre nom.',
    },
    problemElse: 'Ce n’est pas enregistré. Rechargez la page pour savoir pourquoi.',
  },
  settings: {
    title: 'Réglages',
    card: 'Carte d’aide\u00a0:',
    until: (time) => `valable jusqu’à ${time}, renouvelée à chaque contact`,
    alerts: 'Prévenir',
    sound: 'Un son quand on vous attend',
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
            ? '1\u00a0action n’est pas encore partie et serait perdue. '
            : `${unsent}\u00a0actions ne sont pas encore parties et seraient perdues. `
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
      [['r'], 'libérer'],
      [['c'], 'clore ou rouvrir'],
      [['1', '2', '3'], 'en attente, les miennes, closes'],
      [['/'], 'réponses prêtes'],
      [['Échap'], 'revenir à la boîte'],
      [['?'], 'cette liste'],
    ],
  },
  bell: { question: 'Nouvelle question', message: 'Nouveau message' },
};
