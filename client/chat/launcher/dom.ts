/** Builds plain elements: the loader carries no library, and no text is ever parsed as HTML. */

type Child = Node | string | null;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  // Scripts may have put names on every object.
  for (const name in attributes) if (!(name in {})) made.setAttribute(name, attributes[name]!);
  fill(made, children);
  return made;
}

/** Puts these in the place of what is in `made`. */
export function fill(made: Element, children: readonly Child[]): void {
  made.textContent = '';
  for (let at = 0; at < children.length; at++) {
    const child = children[at];
    if (child) made.append(child);
  }
}

const SVG = 'http://www.w3.org/2000/svg';

/** A Lucide icon (ISC, see ui/LICENSE-icons.txt) of one path. */
export function icon(path: string): SVGElement {
  const made = document.createElementNS(SVG, 'svg');
  made.setAttribute('class', 'icon');
  made.setAttribute('viewBox', '0 0 24 24');
  made.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  made.append(shape);
  return made;
}

export const crossPath = 'M18 6 6 18M6 6l12 12';
/** Closes from below the panel, whose bar has the cross. */
export const chevronPath = 'm6 9 6 6 6-6';
