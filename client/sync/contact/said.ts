/** Control messages as the contact carries them: of some, only code that is fetched later knows the form. */
import type { FromDevice, FromRelay } from '../../../shared/protocol/control.ts';

/** To the relay: one of the usual messages, or the bytes of another. */
export type Said = FromDevice | Uint8Array<ArrayBuffer>;

/** From the relay: one of the usual messages, or the bytes of another. */
export type Heard = FromRelay | { readonly type: 'unread'; readonly bytes: Uint8Array };
