/** The devices of this device's member, for the screens of visitors and helpers alike. */
import type { DeviceActs, DevicesState } from './chat-state.ts';
import type { Sync } from './sync-port.ts';

export const devicesOf = (sync: Sync): DevicesState => ({
  own: sync.me.get().device,
  all: sync.devices.get(),
  online: sync.link.get().status === 'online',
});

export const deviceActs = (sync: Sync): DeviceActs => ({
  code: (label) => sync.linkCode(label),
  join: (code, label) => sync.joinByCode(code, label),
  remove: (device) => sync.removeDevice(device),
});
