/** The words of an open space, in French. */

export const openSpaceFr = {
  // Questions of others
  questions: 'Questions qui attendent une réponse',
  noQuestions: 'Aucune autre question pour l’instant.',
  beforeCut: 'Telles qu’elles étaient avant la coupure.',
  moreQuestions: (count: number): string =>
    count > 1 ? `Voir les ${count}\u00a0autres` : 'Voir l’autre',
  answerersCount: (count: number): string => {
    if (count === 0) return 'sans réponse';
    return count > 1 ? `${count}\u00a0personnes ont répondu` : '1\u00a0personne a répondu';
  },
  // The invitation
  invitation: 'Pouvez-vous aider\u202f?',
  putAway: 'Masquer cette invitation',
};

/** The catalogue's shape: other languages have all of it. */
export type OpenSpaceWords = typeof openSpaceFr;
