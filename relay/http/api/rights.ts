/** Who may use a route: the only place that decides it. */
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { HeldRight } from '../../../shared/api/route/office-right.ts';
import type { Route, Signing } from '../../../shared/api/route/route.ts';
import { concatBytes, textToBytes } from '../../../shared/bytes.ts';
import { domainPrefix } from '../../../shared/domain.ts';
import { textBytes } from '../../../shared/hash.ts';
import type { DeviceKey, Fingerprint } from '../../../shared/ids.ts';
import type { Member } from '../../core/ports/people.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { Role, answersAtDesk } from '../../../shared/grant/roles.ts';

/** Who asks. */
export type Caller =
  | { readonly type: 'nobody' }
  /** By their session: a member of the desk, or whoever holds a right in the office. */
  | {
      readonly type: 'desk';
      readonly member: Member;
      readonly office: readonly HeldRight[];
    }
  | { readonly type: 'command-line' };

/** @throws {ApiError} if they may not. A signed request is checked by its signature: `checkSignature`. */
export function checkRights(
  { rights, also = [] }: Pick<Route, 'rights' | 'also'>,
  caller: Caller,
): void {
  switch (rights) {
    case 'anyone':
    case 'signed':
      return;
    case 'desk':
      if (caller.type !== 'desk') throw new ApiError('no-session', 'Open a session first.');
      if (!answersAtDesk(caller.member.role))
        throw new ApiError('forbidden', 'This is for those who answer at the desk.');
      return;
    case 'guard':
      if (caller.type === 'command-line') return;
      if (caller.type !== 'desk') throw new ApiError('no-session', 'Open a session first.');
      if (!guardsByRole(caller.member) && !caller.office.some(guards))
        throw new ApiError('forbidden', 'This is for guardians and those who moderate.');
      return;
    case 'office':
      if (caller.type === 'command-line') return;
      if (caller.type !== 'desk') throw new ApiError('no-session', 'Open a session first.');
      if (!caller.office.some(({ right }) => right === 'manager' || also.includes(right)))
        throw new ApiError('forbidden', 'You have no right to this in the office.');
  }
}

/** Whether whoever holds it decides about people's words. */
export const guards = ({ right }: HeldRight): boolean => right !== 'analyst';

/** Whether somebody decides about people's words where their role holds. */
export const guardsByRole = ({ role }: Pick<Member, 'role'>): boolean =>
  role === Role.guardian || role === Role.manager;

/** A body that a device signed. */
export interface SignedBody {
  readonly device: DeviceKey;
  readonly signature: Uint8Array;
}

/**
 * @param host of the page that asks, for what is signed for one
 * @throws {ApiError} when the device did not sign it.
 */
export async function checkSignature(
  { purpose, text }: Signing,
  body: SignedBody,
  host: string,
  { community, platform }: { readonly community: Fingerprint; readonly platform: Platform },
): Promise<void> {
  const signed = concatBytes(
    domainPrefix(purpose, community),
    textBytes(text(body as never, host)),
  );
  if (!(await platform.verify(textToBytes(body.device, 32), body.signature, signed)))
    throw new ApiError('bad-signature', 'The device did not sign this.');
}
