/** All that either end may say: a page that only chats is not sent the code for decisions. */
import {
  type SaidByDevice,
  type SaidByRelay,
  decodeDecisionFromDevice,
  encodeDecisionMessage,
  isDecisionMessage,
} from '../../shared/protocol/decision-messages.ts';
import { decodeDeviceMessage } from '../../shared/protocol/device-messages.ts';
import { encodeRelayMessage } from '../../shared/protocol/relay-messages.ts';

export const encodeSaidByRelay = (message: SaidByRelay): Uint8Array<ArrayBuffer> =>
  isDecisionMessage(message) ? encodeDecisionMessage(message) : encodeRelayMessage(message);

/**
 * Null for a message of a later protocol, which is ignored.
 * @throws on invalid bytes: the caller closes with 4400.
 */
export const decodeSaidByDevice = (bytes: Uint8Array): SaidByDevice | null =>
  decodeDeviceMessage(bytes) ?? decodeDecisionFromDevice(bytes);
