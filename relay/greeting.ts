/**
 * What a relay prints when it starts: where to click, where its data is, and the fingerprint for the embed
 * snippet.
 */
import { resolve } from 'node:path';
import type { Relay } from './create-relay.ts';

export interface GreetingOptions {
  /** The data folder. */
  readonly data: string;
  /** Whether somebody reads it now. Other output ends up in a log, and an invitation is a secret. */
  readonly isTerminal: boolean;
}

export async function greeting(
  relay: Pick<Relay, 'url' | 'isFirstStart' | 'inviteLink' | 'core'>,
  { data, isTerminal }: GreetingOptions,
): Promise<string> {
  const invites = isTerminal || relay.isFirstStart;
  return (
    `Demo shop         ${relay.url}/\n` +
    `Helper invitation ${invites ? await relay.inviteLink() : 'npm run comptoir -- invite'}\n` +
    `Data              ${resolve(data)} (community ${relay.core.authority.fingerprint})\n`
  );
}
