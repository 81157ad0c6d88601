/** Reads the attributes of `<comptoir-chat>`. What is wrong with one is told to the developer, once. */
import type { ChatOptions } from './chat-module.ts';
import { addressOf, matches, table } from './launcher/plain.ts';

const warned = table<boolean>();

/** Tells the developer what an attribute should have been. @returns false */
export function warn(name: string, value: string, allowed: string): false {
  const what = `${name}="${value}"`;
  if (!warned[what]) console.error(`<comptoir-chat ${what}>: expected ${allowed}.`);
  return !(warned[what] = true);
}

type Snippet = Pick<ChatOptions, 'relay' | 'community' | 'space'>;

/** Whether there is anything to connect to. */
export function canConnect({ community, space, relay }: Snippet): boolean {
  const named =
    matches(community, '[\\w\\-]{22}') || warn('community', community, 'its fingerprint');
  const known =
    matches(space, '[a-z0-9]([a-z0-9\\-]{0,38}[a-z0-9])?') || warn('space', space, 'a-z, 0-9, -');
  const found = addressOf(relay) !== null || warn('relay', relay, 'an address');
  return named && known && found;
}

/** An attribute that has two values, of which one is meant when there is none. */
export function oneOf<T extends string>(from: Element, name: string, usual: T, other: T): T {
  const value = from.getAttribute(name);
  if (value === other) return other;
  if (value !== null && value !== usual) warn(name, value, `${usual} or ${other}`);
  return usual;
}
