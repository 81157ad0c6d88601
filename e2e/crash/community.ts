/** A relay with a helper, whom every trial shares; each trial has a conversation of its own. */
import type { Fingerprint } from '../../shared/ids.ts';
import { TestIdentity, redeem } from '../../relay/testing/test-device.ts';
import { RelayProcess } from '../../relay/testing/machine/relay-process.ts';
import { Ledger } from './ledger.ts';

export class Community {
  readonly relay: RelayProcess;
  readonly #fingerprint: Fingerprint;
  readonly #helper: TestIdentity;

  private constructor(relay: RelayProcess, fingerprint: Fingerprint, helper: TestIdentity) {
    this.relay = relay;
    this.#fingerprint = fingerprint;
    this.#helper = helper;
  }

  /** Made and stopped again: a trial starts the relay in its own way. */
  static async start(): Promise<Community> {
    const relay = await RelayProcess.start({
      env: { COMPTOIR_ENTRIES_PER_MINUTE: '1000000', COMPTOIR_QUESTIONS_PER_HOUR: '1000000' },
    });
    const answer = await fetch(`${relay.url}/api/community`);
    const { fingerprint } = (await answer.json()) as { fingerprint: Fingerprint };
    const helper = new TestIdentity();
    await redeem(relay.url, fingerprint, helper, relay.invitation, 'Maud');
    await relay.kill();
    return new Community(relay, fingerprint, helper);
  }

  newLedger(): Ledger {
    return new Ledger(this.relay, this.#fingerprint, this.#helper);
  }

  dispose(): Promise<void> {
    return this.relay.dispose();
  }
}
