/** One clock for every relative time on a page: elements that show one update together. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const EVERY_MS = 10_000;
const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.visibilityState === 'hidden') return;
  for (const host of hosts) host.requestUpdate();
}

/** Updates `host` with the clock while it is connected. */
export function followClock(host: ReactiveControllerHost): void {
  const controller: ReactiveController = {
    hostConnected() {
      hosts.add(host);
      timer ??= setInterval(tick, EVERY_MS);
    },
    hostDisconnected() {
      hosts.delete(host);
      if (hosts.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
  host.addController(controller);
}
