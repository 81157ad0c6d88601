/** How long the check of an entry's signature takes on this machine: what no relay can do without. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';

const ENTRY_BYTES = 300;
const CHECKS = 2_000;

/** µs a check, of processor time. */
export function signatureCheckUs(): number {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const message = Buffer.alloc(ENTRY_BYTES, 1);
  const signature = sign(null, message, privateKey);
  const check = (): void => {
    for (let count = 0; count < CHECKS; count++) verify(null, message, publicKey, signature);
  };
  check();
  const before = process.cpuUsage();
  check();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CHECKS;
}
