/** Messages of a room's channel, as y-websocket frames them: what a device sends, what the relay sends. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../../shared/encode.ts';
import {
  type ChannelMessage,
  ChannelType,
  readChannelMessage,
} from '../../shared/protocol/channel.ts';

const SyncStep = { stateVector: 0, diff: 1, update: 2 } as const;

/** A state vector names at most this many writers. Ours has one; a replica of another generation has two. */
const MAX_WRITERS = 64;

export type RoomMessage =
  /** Sync step 1: how many rows the replica holds of `writer`. */
  | { readonly type: 'step1'; readonly held: ReadonlyMap<number, number> }
  | Extract<ChannelMessage, { readonly type: 'typing' | 'read' }>
  /** Updates, awareness and whatever a later build sends: the relay does not read them. */
  | { readonly type: 'ignored' };

/** @throws on invalid bytes: the caller closes with 4400. */
export function readRoomMessage(bytes: Uint8Array): RoomMessage {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readVarUint(decoder);
  if (type === ChannelType.typing || type === ChannelType.read) {
    const message = readChannelMessage(type, decoder);
    return message?.type === 'typing' || message?.type === 'read' ? message : { type: 'ignored' };
  }
  if (type !== ChannelType.sync) return { type: 'ignored' };
  if (decoding.readVarUint(decoder) !== SyncStep.stateVector) return { type: 'ignored' };
  return { type: 'step1', held: readStateVector(decoding.readVarUint8Array(decoder)) };
}

function readStateVector(bytes: Uint8Array): Map<number, number> {
  const decoder = decoding.createDecoder(bytes);
  const held = new Map<number, number>();
  const writers = decoding.readVarUint(decoder);
  if (writers > MAX_WRITERS) throw new RangeError(`${writers} writers`);
  for (let index = 0; index < writers; index++) {
    const writer = decoding.readVarUint(decoder);
    held.set(writer, decoding.readVarUint(decoder));
  }
  return held;
}

/** Sync step 2: the answer to a state vector. */
export const step2Message = (update: Uint8Array): Uint8Array<ArrayBuffer> =>
  syncMessage(SyncStep.diff, update);

/** A live change. */
export const updateMessage = (update: Uint8Array): Uint8Array<ArrayBuffer> =>
  syncMessage(SyncStep.update, update);

function syncMessage(step: number, update: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, ChannelType.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, update);
  });
}
