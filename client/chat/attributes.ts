/** Reads the attributes of `<comptoir-chat>`. What is wrong with one is told to the developer, once. */
import type { ChatOptions } from './chat-module.ts';
import { addressOf, fits, table } from './launcher/plain.ts';

const warned = table<boolean>();

export function warn(name: string, value: string, allowed: string): void {
  const what = `${name}="${value}"`;
  if (warned[what]) return;
  warned[what] = true;
  console.error(`<comptoir-chat ${what}>: expected ${allowed}.`);
}

type Snippet = Pick<ChatOptions, 'relay' | 'community' | 'space'>;

/** Whether there is anything to connect to. */
export function canConnect(snippet: Snippet): boolean {
  const community = fits(/^[\w-]{22}$/, snippet.community);
  const space = fits(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, snippet.space);
  const relay = addressOf(snippet.relay) !== null;
  if (!community) warn('community', snippet.community, 'its fingerprint');
  if (!space) warn('space', snippet.space, 'a-z, 0-9, -');
  if (!relay) warn('relay', snippet.relay, 'an address');
  return community && space && relay;
}

/** An attribute that has two values, of which one is meant when there is none. */
export function oneOf<T extends string>(from: Element, name: string, usual: T, other: T): T {
  const value = from.getAttribute(name);
  if (value === other) return other;
  if (value !== null && value !== usual) warn(name, value, `${usual} or ${other}`);
  return usual;
}
