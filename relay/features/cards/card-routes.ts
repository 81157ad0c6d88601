/** Cards and photos by HTTP: one's own, everybody's, and those that wait for a manager. */
import type { OwnCard, cardRoutes } from '../../../shared/api/cards.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import type { Scope } from '../../../shared/api/route/office-right.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import { type ReadByOthers, checkReadable } from '../words/read-by-others.ts';
import type { Written } from '../words/words.ts';
import type { CardFields } from './cards-storage.ts';
import type { Cards } from './cards.ts';

const BUSY_S = 10;

export function cardHandlers(
  cards: Pick<
    Cards,
    'own' | 'put' | 'setPhoto' | 'removePhoto' | 'photo' | 'held' | 'show' | 'refuse'
  >,
  words: ReadByOthers,
  /** Where a member's role holds. */
  spacesOf: (member: MemberId) => Promise<readonly SpaceId[]>,
): Handlers<typeof cardRoutes> {
  /** Their card as it is now. */
  async function told(
    member: MemberId,
    refuse: (code: 'not-found', message: string) => Error,
  ): Promise<OwnCard> {
    const card = await cards.own(member);
    if (!card) throw refuse('not-found', 'There is no such member.');
    return card;
  }

  /** A photo shows wherever its member answers. */
  async function checkPhoto(name: string, scope: Scope): Promise<void> {
    if (scope.spaces === null) return;
    const photo = await cards.photo(name);
    scope.check(...(photo ? await spacesOf(photo.member) : []));
  }

  return {
    own: ({ member, refuse }) => told(member.id, refuse),

    async put({ member, body, refuse }) {
      checkReadable(words, writtenIn(body), member, refuse);
      await cards.put(member.id, body);
      return told(member.id, refuse);
    },

    async putPhoto({ member, body, refuse }) {
      switch (await cards.setPhoto(member.id, body)) {
        case 'photo':
          return told(member.id, refuse);
        case 'not-an-image':
          throw refuse('not-an-image', 'Expected a JPEG, PNG, WebP or AVIF image.');
        case 'busy':
          throw refuse('unavailable', 'Too many photos at once. Try again.', {
            retryAfter: BUSY_S,
          });
      }
    },

    async dropPhoto({ member, refuse }) {
      await cards.removePhoto(member.id);
      return told(member.id, refuse);
    },

    async photo({ params, member, office, refuse }) {
      const photo = await cards.photo(params.name);
      const places = photo?.held && office.length > 0 ? await spacesOf(photo.member) : [];
      const decides = office.some(
        ({ right, spaces }) =>
          right !== 'analyst' &&
          (spaces.length === 0 ||
            (places.length > 0 && places.every((space) => spaces.includes(space)))),
      );
      const maySee =
        decides || member?.role === Role.manager || (member && member.id === photo?.member);
      if (!photo || (photo.held && !maySee)) throw refuse('not-found', 'There is no such photo.');
      return { bytes: photo.bytes, contentType: 'image/webp', isPrivate: photo.held };
    },

    async held({ query, scope }) {
      const { items, next } = await cards.held(query);
      const theirs = await Promise.all(items.map(({ member }) => spacesOf(member as MemberId)));
      const told = items.filter((_, index) => scope.covers(theirs[index] ?? []));
      return { items: told, next: next && timeKeyText(next) };
    },

    async show({ params, scope, act, refuse }) {
      await checkPhoto(params.name, scope);
      if (!(await cards.show(params.name, act.on(`photo:${params.name}`))))
        throw refuse('not-found', 'There is no such photo.');
      return undefined;
    },

    async refuse({ params, scope, act, refuse }) {
      await checkPhoto(params.name, scope);
      if (!(await cards.refuse(params.name, act.on(`photo:${params.name}`))))
        throw refuse('not-found', 'There is no such photo.');
      return undefined;
    },
  };
}

const writtenIn = ({ name, topics, store, owns }: CardFields): Written[] => [
  { field: 'name', text: name },
  { field: 'store', text: store },
  ...topics.map((text) => ({ field: 'topic' as const, text })),
  ...owns.map((text) => ({ field: 'owns' as const, text })),
];
