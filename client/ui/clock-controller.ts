/** One clock for every relative time on a page: elements that show one are updated together. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const EVERY_MS = 10_000;
const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.visibilityState === 'hidden') return;
  for (const host of hosts) host.requestUpdate();
}

export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    hosts.add(this.#host);
    timer ??= setInterval(tick, EVERY_MS);
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    if (hosts.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}
