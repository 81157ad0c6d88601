/** All that either end may say, for the relay: a page that only chats is not sent the code for decisions. */
import type { FromDevice } from './control.ts';
import {
  type SaidByDevice,
  type SaidByRelay,
  decodeDecisionMessage,
  encodeDecisionMessage,
  isDecisionMessage,
} from './decision-messages.ts';
import { decodeDeviceMessage } from './device-messages.ts';
import { encodeRelayMessage } from './relay-messages.ts';

export const encodeSaidByRelay = (message: SaidByRelay): Uint8Array<ArrayBuffer> =>
  isDecisionMessage(message) ? encodeDecisionMessage(message) : encodeRelayMessage(message);

/**
 * Null for a message of a later protocol, which is ignored.
 * @throws on invalid bytes: the caller closes with 4400.
 */
export function decodeSaidByDevice(bytes: Uint8Array): SaidByDevice | null {
  const usual: FromDevice | null = decodeDeviceMessage(bytes);
  if (usual) return usual;
  const message = decodeDecisionMessage(bytes);
  return message?.type === 'decisionSeen' || message?.type === 'appeal' ? message : null;
}
