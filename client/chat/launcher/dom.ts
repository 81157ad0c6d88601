/** Builds plain elements: the loader carries no library, and no text is ever parsed as HTML. */

type Child = Node | string | null;
type Attributes = Readonly<Record<string, string>>;

export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => complete(document.createElement(tag), attributes, children);

function complete<Made extends Element>(
  made: Made,
  attributes: Attributes,
  children: readonly Child[],
): Made {
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
    // By the oldest way, which pages replace least.
    if (child) made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

/** A Lucide icon (ISC, see ui/LICENSE-icons.txt) of one path. */
export function icon(path: string): SVGElement {
  const at = (tag: 'svg' | 'path', attributes: Attributes, ...children: Child[]): SVGElement =>
    complete(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
  const box = { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' };
  return at('svg', box, at('path', { d: path }));
}

export const crossPath = 'M18 6 6 18M6 6l12 12';
/** Closes from below the panel, whose bar has the cross. */
export const chevronPath = 'm6 9 6 6 6-6';
