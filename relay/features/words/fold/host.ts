/** A host, as browsers reach it and as people read it. */
import { fold } from './fold.ts';

export interface Host {
  /** As it is asked for: lower case, ASCII (`xn--…`), without what browsers pass over. */
  readonly name: string;
  /** Without accents and look-alikes: another host may look the same. */
  readonly looks: string;
}

/** Stops that browsers take for a dot. */
const STOPS = /[\u3002\uff0e\uff61]/g;

/** @param text a host without port; null if browsers take it for none. */
export function hostOf(text: string): Host | null {
  const name = URL.parse(`http://${text}`)?.hostname.replace(/\.$/, '');
  if (!name) return null;
  const looks = fold(text.replaceAll(STOPS, '.')).text.replaceAll('I', 'i').replace(/\.$/, '');
  return { name, looks };
}
