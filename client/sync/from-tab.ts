/** What the other tabs of this browser tell, taken to the part that it is about. */
import type { RoomName } from '../../shared/protocol/rooms.ts';
import type { Heard } from './contact/said.ts';
import type { TabMessage } from './contact/tab-message.ts';
import type { PageAttributes } from './member/page-attributes.ts';
import type { ReadMarkers } from './member/read-markers.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Sender } from './outbox/sender.ts';
import type { Rooms } from './rooms/rooms.ts';
import type { SyncHost } from './sync-part.ts';

export interface TabTargets extends SyncHost {
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  readonly sender: Sender;
  readonly markers: ReadMarkers;
  readonly attributes: PageAttributes;
  retry(): void;
  typing(room: RoomName, typing: boolean): void;
  lateHeard(message: Heard | null): void;
  dispose(): void;
}

/** Whether it is about a part that every surface has. */
export function receiveFromTab(to: TabTargets, message: TabMessage, from: string): boolean {
  switch (message.type) {
    case 'watch':
      to.rooms.watchFor(from, message.room, message.vector);
      break;
    case 'unwatch':
      to.rooms.unwatchFor(from, message.room);
      break;
    case 'room':
      if (message.to === undefined || message.to === to.contact.tab) void to.rooms.receive(message);
      break;
    case 'outbox':
      to.outbox.mirror(message.put, message.drop);
      if (message.put.length > 0) to.contact.wanted();
      to.sender.sendDue(false);
      break;
    case 'me':
      void to.credentials.load().then(() => to.watchMember());
      break;
    case 'asked':
      to.member.add(message.asked);
      break;
    case 'typing':
      if (to.contact.leads) to.typing(message.room, message.typing);
      break;
    case 'attributes':
      to.attributes.heard(message.json);
      break;
    case 'read':
      to.markers.mirror(message.conversation, message.seq);
      break;
    case 'retry':
      if (to.contact.leads) to.retry();
      break;
    case 'heard':
      to.lateHeard(message.message);
      break;
    case 'erase':
      to.dispose();
      to.contact.end(message.why ?? 'forbidden');
      break;
    default:
      return false;
  }
  return true;
}
