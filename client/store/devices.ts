/** The devices of this device's member, for the screens of visitors and helpers alike. */
import type { DeviceActs, DevicesState } from './chat-state.ts';
import type { Sync } from './sync-port.ts';

export const devicesOf = (sync: Sync): DevicesState => ({
  own: sync.me.get().device,
  all: sync.devices.get(),
  online: sync.link.get().status === 'online',
});

export const deviceActs = (sync: Sync): DeviceActs => ({
  // By this device's clock, as screens count: the relay's may be another.
  code: async (label) => {
    const { code, expires } = await sync.linkCode(label);
    return { code, expires: expires - sync.now() + Date.now() };
  },
  join: (code, label) => sync.joinByCode(code, label),
  remove: (device) => sync.removeDevice(device),
});
