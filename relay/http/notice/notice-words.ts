/** The words of the notice form, in French and English. */
import type { NoticeFault, NoticeField, NoticeKind } from './notice-form.ts';

export const noticeLangs = ['en', 'fr'] as const;
export type NoticeLang = (typeof noticeLangs)[number];

export interface NoticeWords {
  readonly title: string;
  readonly intro: string;
  readonly other: string;
  readonly choose: string;
  readonly labels: Readonly<Record<NoticeField, string>>;
  readonly hints: Readonly<Record<'place' | 'why' | 'who', string>>;
  readonly kinds: Readonly<Record<NoticeKind, string>>;
  readonly send: string;
  readonly wrong: string;
  readonly faults: Readonly<Record<NoticeFault, string>>;
  readonly thanks: string;
  readonly reference: string;
  readonly keep: string;
  readonly received: string;
  readonly tooMany: string;
  readonly tooLong: string;
}

export const noticeWords: Readonly<Record<NoticeLang, NoticeWords>> = {
  en: {
    title: 'Report unlawful content',
    intro:
      'For content in this chat that you believe is against the law. You need no account. Somebody reads each notice and answers with what was decided. In an emergency, call the police first.',
    other: 'Français',
    choose: 'Choose…',
    labels: {
      place: 'Where is it?',
      kind: 'What is it?',
      why: 'Why is it unlawful?',
      name: 'Your name',
      email: 'Your e-mail address',
      faith: 'I believe in good faith that what I say here is accurate and complete.',
    },
    hints: {
      place: 'The address of the page, the conversation or the message, as exactly as you can.',
      why: 'What it says, and which law or right it breaks.',
      who: 'You may leave this empty if it is about the sexual abuse of a child.',
    },
    kinds: {
      hate: 'Hate or incitement to violence',
      threat: 'A threat or harassment',
      'child-abuse': 'Sexual abuse of a child',
      fraud: 'Fraud or a scam',
      defamation: 'Defamation',
      privacy: 'Private data or images',
      property: 'Copyright or a trademark',
      other: 'Something else',
    },
    send: 'Send the notice',
    wrong: 'The notice was not sent. Please look at:',
    faults: {
      missing: 'Please fill this in.',
      long: 'This is too long.',
      plain: 'Please use plain text only.',
      email: 'This is no e-mail address.',
      who: 'The law asks for this, except for the sexual abuse of a child.',
    },
    thanks: 'Your notice was received',
    reference: 'Its reference',
    keep: 'Keep this reference. We will write to the address that you gave with what was decided.',
    received: 'Received',
    tooMany: 'Too many notices came at once. Yours was not sent: please try again in a while.',
    tooLong: 'This is too long. Your notice was not sent.',
  },
  fr: {
    title: 'Signaler un contenu illicite',
    intro:
      'Pour un contenu de ce chat que vous estimez contraire à la loi. Aucun compte n’est nécessaire. Quelqu’un lit chaque signalement et répond avec la décision. En cas d’urgence, appelez d’abord la police.',
    other: 'English',
    choose: 'Choisir…',
    labels: {
      place: 'Où se trouve-t-il ?',
      kind: 'De quoi s’agit-il ?',
      why: 'Pourquoi est-ce illicite ?',
      name: 'Votre nom',
      email: 'Votre adresse e-mail',
      faith: 'Je pense de bonne foi que ce que je déclare ici est exact et complet.',
    },
    hints: {
      place: 'L’adresse de la page, la conversation ou le message, le plus précisément possible.',
      why: 'Ce qui est dit, et la loi ou le droit qui n’est pas respecté.',
      who: 'Vous pouvez laisser ce champ vide s’il s’agit d’abus sexuels sur un enfant.',
    },
    kinds: {
      hate: 'Haine ou incitation à la violence',
      threat: 'Menace ou harcèlement',
      'child-abuse': 'Abus sexuels sur un enfant',
      fraud: 'Fraude ou arnaque',
      defamation: 'Diffamation',
      privacy: 'Données ou images privées',
      property: 'Droit d’auteur ou marque',
      other: 'Autre chose',
    },
    send: 'Envoyer le signalement',
    wrong: 'Le signalement n’a pas été envoyé. Merci de revoir :',
    faults: {
      missing: 'Merci de compléter.',
      long: 'C’est trop long.',
      plain: 'Merci d’utiliser du texte simple.',
      email: 'Ce n’est pas une adresse e-mail.',
      who: 'La loi le demande, sauf pour des abus sexuels sur un enfant.',
    },
    thanks: 'Votre signalement est reçu',
    reference: 'Sa référence',
    keep: 'Gardez cette référence. Nous écrirons à l’adresse que vous avez donnée pour dire ce qui a été décidé.',
    received: 'Reçu',
    tooMany:
      'Trop de signalements sont arrivés à la fois. Le vôtre n’a pas été envoyé : réessayez dans un moment.',
    tooLong: 'C’est trop long. Votre signalement n’a pas été envoyé.',
  },
};
