/** How one comes to the desk, in French. */
import type { DeskWords } from './desk-words.ts';

export const deskArrivalFr: DeskWords['arrival'] = {
  loading: 'Ouverture de ce qui est gardé ici',
  invitedTitle: 'Bienvenue derrière le comptoir',
  invitedAs: (role, by) => `${by || 'On'} vous invite à répondre aux visiteurs comme ${role}.`,
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
  unsupportedTitle: 'Ce navigateur ne convient pas',
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
};
