/** A relay with a helper, whom every trial shares; each trial has a conversation of its own. */
import { join } from 'node:path';
import type { Fingerprint } from '../../shared/ids.ts';
import { RelayProcess } from '../../relay/testing/machine/relay-process.ts';
import { TestIdentity, redeem } from '../../relay/testing/test-device.ts';
import { BundledRelay } from './bundled-relay.ts';
import { Ledger } from './ledger.ts';
import { type CrashPoint, nameOf } from './steps.ts';

const CRASH_POINTS = join(import.meta.dirname, 'crash-points.mjs');
const env = { COMPTOIR_ENTRIES_PER_MINUTE: '1000000', COMPTOIR_QUESTIONS_PER_HOUR: '1000000' };

export class Community {
  readonly relay: RelayProcess;
  readonly #bundle: BundledRelay;
  readonly #fingerprint: Fingerprint;
  readonly #helper: TestIdentity;

  private constructor(
    bundle: BundledRelay,
    relay: RelayProcess,
    fingerprint: Fingerprint,
    helper: TestIdentity,
  ) {
    this.#bundle = bundle;
    this.relay = relay;
    this.#fingerprint = fingerprint;
    this.#helper = helper;
  }

  /** Made and stopped again: a trial starts the relay in its own way. */
  static async start(more: Readonly<Record<string, string>> = {}): Promise<Community> {
    const bundle = await BundledRelay.build();
    const relay = await RelayProcess.start({ start: bundle.start, env: { ...env, ...more } });
    const fingerprint = await fingerprintOf(relay);
    const helper = new TestIdentity();
    await redeem(relay.url, fingerprint, helper, relay.invitation, 'Maud');
    await relay.kill();
    return new Community(bundle, relay, fingerprint, helper);
  }

  newLedger(): Ledger {
    return new Ledger(this.relay, this.#fingerprint, this.#helper);
  }

  /** A relay of another community, with an empty data folder; nothing runs yet. */
  stranger(): Promise<RelayProcess> {
    return RelayProcess.prepare({ start: this.#bundle.start, env });
  }

  /**
   * What makes a relay die at a moment.
   * @param from when the passes are counted: from its start, or once it is told.
   */
  dying(point: CrashPoint, from: 'start' | 'told'): Record<string, string> {
    return {
      NODE_OPTIONS: `--import ${CRASH_POINTS}`,
      CRASH_AT: nameOf(point),
      CRASH_WHEN: from,
    };
  }

  async dispose(): Promise<void> {
    await this.relay.dispose();
    await this.#bundle.remove();
  }
}

export async function fingerprintOf(relay: RelayProcess): Promise<Fingerprint> {
  const answer = await fetch(`${relay.url}/api/community`);
  return ((await answer.json()) as { fingerprint: Fingerprint }).fingerprint;
}
