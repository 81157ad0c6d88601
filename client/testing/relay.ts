/** A real relay for browser tests, in a process of its own. */
import { executeServerCommand } from '@web/test-runner-commands';
import { type Fingerprint, parseFingerprint } from '../../shared/ids.ts';

export interface TestRelay {
  readonly url: string;
  readonly community: Fingerprint;
  /** Code of the invitation that the first start printed. */
  readonly invitation: string;
  /** Ends the process at once. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  boot(): Promise<void>;
}

interface Started {
  readonly port: number;
  readonly url: string;
  readonly fingerprint: string;
  readonly invitation: string;
}

export async function startRelay(): Promise<TestRelay> {
  const started = await executeServerCommand<Started, object>('relay', {
    act: 'start',
    origin: location.origin,
  });
  const { port, url, fingerprint, invitation } = started;
  return {
    url,
    community: parseFingerprint(fingerprint),
    invitation,
    async kill() {
      await executeServerCommand('relay', { act: 'kill', port });
    },
    async boot() {
      await executeServerCommand('relay', { act: 'boot', port });
    },
  };
}
