/** A member's devices let others in, and cut each other off. */
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import type { Feature } from '../../core/feature.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Merge } from '../../core/ports/people.ts';
import type { Devices } from './devices.ts';

export interface LinkingOptions {
  readonly devices: Devices;
  /** Tells two members' conversations that both are one. */
  readonly settle: (merge: Merge) => Promise<void>;
  readonly log: Log;
}

export const linkingFeature = ({ devices, settle, log }: LinkingOptions): Feature => ({
  name: 'linking',
  control: {
    async linkWanted({ label }, { member, device, address, blockedUntil, say }) {
      // Somebody blocked would go on writing from the other device.
      if (blockedUntil() > 0) return say({ type: 'linkCode', code: '', expires: 0 });
      say({ type: 'linkCode', ...(await devices.code(member, device, label, address)) });
    },
    async link({ code, label }, { device, address, say, close }) {
      try {
        const { outcome, merge } = await devices.link(code, device, label, address);
        say({ type: 'linked', outcome });
        if (merge) await settle(merge);
        // Settling sends the devices of who changed to the door; this one goes in any case.
        if (outcome === 'linked') close(CloseCode.goingAway, 'member changed');
      } catch (error) {
        log.error('a device could not be linked', error);
        say({ type: 'linked', outcome: 'later' });
      }
    },
    async removeDevice(message, { member }) {
      await devices.remove(member, message.device);
    },
  },
});
