/** The devices of this device's member, for the screens of visitors and helpers alike. */
import type { DeviceKey } from '../../shared/ids.ts';
import type { LinkOutcome } from '../../shared/protocol/control.ts';
import type { LinkCode, MemberDevice, Sync } from './sync-port.ts';

/** The devices of a member, as a screen shows them. */
export interface DevicesState {
  readonly own: DeviceKey;
  /** Empty for a member who never linked another. */
  readonly all: readonly MemberDevice[];
  readonly online: boolean;
}

/** What one can do with them. Each rejects if there is no link. */
export interface DeviceActs {
  /** `label`: what this device calls itself. */
  code(label: string): Promise<LinkCode>;
  join(code: string, label: string): Promise<LinkOutcome>;
  remove(device: DeviceKey): Promise<void>;
}

export const devicesOf = (sync: Sync): DevicesState => ({
  own: sync.me.get().device,
  all: sync.devices.get(),
  online: sync.link.get().status === 'online',
});

export const deviceActs = (sync: Sync): DeviceActs => ({
  // By this device's clock, which screens use: the relay's may differ.
  code: async (label) => {
    const { code, expires } = await sync.linkCode(label);
    return { code, expires: expires - sync.now() + Date.now() };
  },
  join: (code, label) => sync.joinByCode(code, label),
  remove: (device) => sync.removeDevice(device),
});
