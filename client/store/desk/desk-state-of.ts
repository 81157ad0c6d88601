/** Turns the parts of the helper's store into what the desk shows. */
import { Role } from '../../../shared/grant/roles.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { Moderation } from '../moderation/moderation.ts';
import { toldBeside } from '../conversation/moderated-items.ts';
import { titleOf } from '../conversation/title.ts';
import { devicesOf } from '../devices.ts';
import { clockAhead, networkOf } from '../network.ts';
import type { UiLanguage } from '../space.ts';
import type { DeskSync } from '../sync-port.ts';
import { cannedOf } from './canned.ts';
import type { LiveOwnCard } from './card/own-card.ts';
import type { DeskRooms } from './desk-rooms.ts';
import type { DeskSettings } from './desk-settings.ts';
import type { CommandIds, DeskState } from './desk-state.ts';
import type { DeskAccess } from './entrance/entrance.ts';
import type { InboxLists } from './inbox.ts';
import type { InboxView } from './inbox-view.ts';
import type { LiveBlocking } from './office/blocking.ts';
import { choiceOf } from './list/inbox-choice.ts';
import type { OpenConversation } from './open-conversation.ts';
import { lostClaimOf, unsentOf } from './unsent.ts';

export interface DeskSources {
  readonly sync: DeskSync;
  readonly rooms: DeskRooms;
  readonly settings: DeskSettings;
  readonly inbox: InboxView;
  /** The inbox's lists. */
  readonly lists: InboxLists;
  readonly open: OpenConversation;
  readonly card: LiveOwnCard;
  readonly blocking: LiveBlocking;
  readonly moderation: Moderation;
  readonly access: DeskAccess;
  readonly search: Pick<DeskState['search'], 'text' | 'inside'>;
  readonly canClaim: boolean;
  readonly limit: number;
  readonly lang: UiLanguage;
}

export function deskStateOf(sources: DeskSources): DeskState {
  const { sync, settings, inbox, lists, open, canClaim, limit, access } = sources;
  const { people } = sources.rooms;
  const me = sync.me.get();
  const ahead = clockAhead(sync.now());
  const title = (id: ConversationId): string =>
    titleOf(lists.all.find((ask) => ask.id === id)?.text ?? '');
  const chosen = lists.all.find(({ id }) => id === open.id);
  const asker = chosen?.asker.member ?? open.thread?.asker?.member;
  return {
    access,
    at: inbox.at,
    me: me.grant && people.person(me.member, me.grant.role),
    card: sources.card.state(people.person(me.member).card),
    available: sync.available.get(),
    network: networkOf(sync.link.get(), sync.outbox.get(), Date.now(), ahead, navigator.onLine),
    ahead,
    storage: sync.storage.get(),
    tab: settings.get('desk-tab'),
    choice: choiceOf(settings.get('desk-choice')),
    waiting: lists.waiting,
    mine: lists.mine,
    others: lists.others,
    closed: lists.closed,
    had: settings.get('desk-had'),
    canClaim,
    limit,
    selected: open.id,
    thread: open.headed(chosen),
    draft: open.draft,
    quotes: open.quotes,
    search: { text: sources.search.text, inside: sources.search.inside },
    earlier: lists.all
      .filter((ask) => ask.asker.member === asker && ask.id !== open.id)
      .toSorted((a, b) => b.askedAt - a.askedAt),
    canned: cannedOf(sync.privateRecords.get(), sources.lang),
    unsent: unsentOf(sync.outbox.get(), title),
    notices: toldBeside(open.thread, sources.moderation.view),
    lost: lostClaimOf(sync.outbox.get(), title, people),
    keptConversations: inbox.kept,
    devices: devicesOf(sync),
    ids: me.grant?.role === Role.manager ? idsOf(sources) : null,
    blocking:
      me.grant?.role === Role.manager && me.grant.spaces.length === 0
        ? sources.blocking.state
        : null,
    attributes: open.attributes,
    welcome: settings.get('desk-welcome'),
    sound: settings.get('sound'),
    notify: settings.get('notify'),
    lang: settings.get('lang'),
    bell: inbox.ring,
  };
}

function idsOf({ rooms, open }: DeskSources): CommandIds | null {
  const { space } = rooms;
  if (space === null || open.id === null) return null;
  const { member = null, device = null } = open.asker ?? {};
  return { space, conversation: open.id, member, device };
}
