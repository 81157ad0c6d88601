/** Who may use a route: the only place that decides it. */
import { ApiError } from '../../../shared/api/route/api-error.ts';
import type { Rights, Signing } from '../../../shared/api/route/route.ts';
import { concatBytes, textToBytes } from '../../../shared/bytes.ts';
import { domainPrefix } from '../../../shared/domain.ts';
import { textBytes } from '../../../shared/hash.ts';
import type { DeviceKey, Fingerprint } from '../../../shared/ids.ts';
import type { Member } from '../../core/ports/people.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { runsOffice } from '../../features/members/members.ts';

/** Who asks. */
export type Caller =
  | { readonly type: 'nobody' }
  /** A member of the desk, by their session. */
  | { readonly type: 'desk'; readonly member: Member }
  | { readonly type: 'command-line' };

/** @throws {ApiError} if they may not. A signed request is checked by its signature: `checkSignature`. */
export function checkRights(rights: Rights, caller: Caller): void {
  switch (rights) {
    case 'anyone':
    case 'signed':
      return;
    case 'desk':
      if (caller.type !== 'desk') throw new ApiError('no-session', 'Open a session first.');
      return;
    case 'office':
      if (caller.type === 'command-line') return;
      if (caller.type !== 'desk') throw new ApiError('no-session', 'Open a session first.');
      if (!runsOffice(caller.member))
        throw new ApiError('forbidden', 'The office is for managers of all spaces.');
  }
}

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
