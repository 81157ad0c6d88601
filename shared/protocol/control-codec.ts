/** Control messages of both sides, for tests and for tools that watch the wire. */
import { type Control, ControlType, type FromDevice } from './control.ts';
import {
  type DecisionMessage,
  type SaidByDevice,
  decodeDecisionFromDevice,
  decodeDecisionFromRelay,
  encodeDecisionMessage,
  isDecisionMessage,
} from './decision-messages.ts';
import { decodeDeviceMessage, encodeDeviceMessage } from './device-messages.ts';
import { decodeRelayMessage, encodeRelayMessage } from './relay-messages.ts';

/** What a device sends; the relay sends the rest. */
export const deviceTypes: Record<SaidByDevice['type'], true> = {
  hello: true,
  submit: true,
  available: true,
  put: true,
  offer: true,
  tokenWanted: true,
  linkWanted: true,
  link: true,
  removeDevice: true,
  attributes: true,
  ping: true,
  decisionSeen: true,
  appeal: true,
};
const isDevices = (type: string): boolean => type in deviceTypes;
const names = new Map(
  Object.entries(ControlType).map(([name, number]) => [number as number, name]),
);

/** A message of either side. */
export type AnyMessage = Control | DecisionMessage;

export function encodeControl(message: AnyMessage): Uint8Array<ArrayBuffer> {
  if (isDecisionMessage(message)) return encodeDecisionMessage(message);
  return isDevices(message.type)
    ? encodeDeviceMessage(message as FromDevice)
    : encodeRelayMessage(message as Exclude<Control, FromDevice>);
}

/** Null for one of a later protocol. @throws if the bytes are not a control message. */
export function decodeControl(bytes: Uint8Array): AnyMessage | null {
  const about = decodeDecisionFromRelay(bytes) ?? decodeDecisionFromDevice(bytes);
  if (about) return about;
  return isDevices(names.get(bytes[0] ?? -1) ?? '')
    ? decodeDeviceMessage(bytes)
    : decodeRelayMessage(bytes);
}
