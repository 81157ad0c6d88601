/** Keeps the focus inside an element when an update takes away what had it: it must not fall to the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * @param rest puts the focus where it may rest
 * @param leaves whether this update shows something else, so that the focus moves in any case
 */
export function keepFocus(
  host: ReactiveControllerHost & Element,
  rest: () => void,
  leaves: () => boolean = () => false,
): void {
  let inside = false;
  const controller: ReactiveController = {
    hostUpdate() {
      inside = host.matches(':focus-within');
    },
    hostUpdated() {
      if (inside && (leaves() || !host.matches(':focus-within'))) rest();
    },
  };
  host.addController(controller);
}
