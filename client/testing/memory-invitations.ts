/** Invitations of the memory relay, behind the same interface as the relay's HTTP API. */
import { bytesToText, concatBytes, textToBytes } from '../../shared/bytes.ts';
import { domainPrefix } from '../../shared/domain.ts';
import { Role } from '../../shared/grant/roles.ts';
import { textBytes } from '../../shared/hash.ts';
import { parseDeviceKey } from '../../shared/ids.ts';
import type { InvitationApi } from '../store/desk/entrance/invitation-api.ts';
import { verifySignature } from './memory-key.ts';
import type { MemoryRelay } from './memory-relay.ts';

export interface MemoryInvitations extends InvitationApi {
  /** Makes a single-use code. */
  invite(role?: Role, lasts?: number): string;
  /** Whether the API answers at all. */
  reachable: boolean;
}

export function createMemoryInvitations(relay: MemoryRelay): MemoryInvitations {
  const codes = new Map<string, { role: Role; expires: number; used: boolean }>();
  const check = (code: string) => {
    const found = codes.get(code);
    if (!invitations.reachable) return { ok: false, problem: 'offline' } as const;
    if (!found) return { ok: false, problem: 'unknown' } as const;
    if (found.used) return { ok: false, problem: 'used' } as const;
    if (found.expires <= relay.now()) return { ok: false, problem: 'expired' } as const;
    return { ok: true, found } as const;
  };
  const invitations: MemoryInvitations = {
    reachable: true,
    invite(role = Role.helper, lasts = 3_600_000) {
      const code = bytesToText(crypto.getRandomValues(new Uint8Array(12)));
      codes.set(code, { role, expires: relay.now() + lasts, used: false });
      return code;
    },
    look(code) {
      const checked = check(code);
      if (!checked.ok) return Promise.resolve(checked);
      const { role, expires } = checked.found;
      const value = { role, spaces: [relay.space], community: relay.community, expires, name: '' };
      return Promise.resolve({ ok: true, value });
    },
    async redeem({ code, name, device, signature }) {
      const checked = check(code);
      if (!checked.ok) return checked;
      const said = concatBytes(
        domainPrefix('redeem', relay.community),
        textBytes(`${code}\n${name}`),
      );
      const key = textToBytes(device, 32).slice();
      if (!(await verifySignature(key, textToBytes(signature, 64).slice(), said))) {
        return { ok: false, problem: 'unknown' };
      }
      checked.found.used = true;
      const grant = await relay.enrol(parseDeviceKey(device), name, checked.found.role);
      const value = {
        member: grant.member,
        grant: bytesToText(grant.bytes),
        key: bytesToText(relay.key),
        space: relay.space,
      };
      return { ok: true, value };
    },
  };
  return invitations;
}
