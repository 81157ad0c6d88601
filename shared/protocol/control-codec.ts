/** Control messages of both sides, for tests and for tools that watch the wire. */
import { type Control, ControlType, type FromDevice } from './control.ts';
import { decodeDeviceMessage, encodeDeviceMessage } from './device-messages.ts';
import { decodeRelayMessage, encodeRelayMessage } from './relay-messages.ts';

/** What a device sends; the relay sends the rest. */
export const deviceTypes: Record<FromDevice['type'], true> = {
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
};
const isDevices = (type: string): boolean => type in deviceTypes;
const names = new Map(
  Object.entries(ControlType).map(([name, number]) => [number as number, name]),
);

export function encodeControl(message: Control): Uint8Array<ArrayBuffer> {
  return isDevices(message.type)
    ? encodeDeviceMessage(message as FromDevice)
    : encodeRelayMessage(message as Exclude<Control, FromDevice>);
}

/** Null for one of a later protocol. @throws if the bytes are not a control message. */
export function decodeControl(bytes: Uint8Array): Control | null {
  return isDevices(names.get(bytes[0] ?? -1) ?? '')
    ? decodeDeviceMessage(bytes)
    : decodeRelayMessage(bytes);
}
