/** The public face of a space: what the launcher shows before anyone clicks. */
import type { FaceResponse } from '../../../shared/api/spaces.ts';
import type { PublicSpace } from './spaces.ts';

const FACES = 3;

export function faceOf({ space, roster, cards }: PublicSpace): FaceResponse {
  const byMember = new Map(cards.map((card) => [card.member, card]));
  const order = [
    ...roster.here.map((member) => ({ member, here: true })),
    ...roster.seen.map(({ member }) => ({ member, here: false })),
  ];
  const faces = order.flatMap(({ member, here }) => {
    const card = byMember.get(member);
    return card ? [{ member, name: card.name, here }] : [];
  });
  return {
    name: space.name,
    here: roster.here.length,
    faces: faces.slice(0, FACES),
    promise: space.promise,
  };
}
