/** The next event of a name, with its own class. */
export function eventOf<K extends keyof GlobalEventHandlersEventMap>(
  target: EventTarget,
  name: K,
): Promise<GlobalEventHandlersEventMap[K]> {
  return new Promise((resolve) => {
    const heard = (event: Event): void => resolve(event as GlobalEventHandlersEventMap[K]);
    target.addEventListener(name, heard, { once: true });
  });
}
