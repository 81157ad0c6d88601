/** How a platform checks signatures: WebCrypto in browsers, node:crypto on the relay. */

/** Checks an Ed25519 signature (RFC 8032) over `message` by the raw 32-byte `key`. */
export type Verify = (
  key: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
) => Promise<boolean> | boolean;
