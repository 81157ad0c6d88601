/** Cards and photos by HTTP: one's own, everybody's, and those that wait for a manager. */
import type { OwnCard, cardRoutes } from '../../../shared/api/cards.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { timeKeyText } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { MemberId } from '../../../shared/ids.ts';
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

    async photo({ params, member, refuse }) {
      const photo = await cards.photo(params.name);
      const maySee = member && (member.id === photo?.member || member.role === Role.manager);
      if (!photo || (photo.held && !maySee)) throw refuse('not-found', 'There is no such photo.');
      return { bytes: photo.bytes, contentType: 'image/webp', isPrivate: photo.held };
    },

    async held({ query }) {
      const { items, next } = await cards.held(query);
      return { items, next: next && timeKeyText(next) };
    },

    async show({ params, act, refuse }) {
      if (!(await cards.show(params.name, act.on(`photo:${params.name}`))))
        throw refuse('not-found', 'There is no such photo.');
      return undefined;
    },

    async refuse({ params, act, refuse }) {
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
