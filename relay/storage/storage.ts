/** All ports an adapter implements, as one: what the contract suite runs on. */
import type { CardStorage } from '../features/cards/card-storage.ts';
import type { PeopleStorage } from '../features/members/people-storage.ts';
import type { ReadStorage } from '../features/reading/read-storage.ts';
import type { RoomStorage } from '../core/ports/room-storage.ts';

export interface Storage extends RoomStorage, PeopleStorage, CardStorage, ReadStorage {}

/** Names of the ports' methods. */
export const storageMethods = [
  'commit',
  'head',
  'range',
  'fates',
  'rooms',
  'reconciled',
  'check',
  'membersByDevice',
  'member',
  'members',
  'devicesOf',
  'removeDevice',
  'setMember',
  'merge',
  'pendingMerges',
  'mergeDone',
  'addInvitation',
  'invitation',
  'invitations',
  'renewInvitation',
  'revokeInvitation',
  'revokeInvitationsBy',
  'redeem',
  'addBlock',
  'blocks',
  'removeBlock',
  'sawAddresses',
  'sightingsOf',
  'forgetSightings',
  'card',
  'putCard',
  'putPhoto',
  'dropPhotoOf',
  'photo',
  'heldPhotos',
  'showPhoto',
  'dropPhoto',
  'markRead',
  'readPositions',
] as const satisfies readonly (keyof Storage)[];

export type StorageMethod = (typeof storageMethods)[number];
