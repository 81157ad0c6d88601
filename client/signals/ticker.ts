/** Ticks once a second, only while something on the screen depends on time. */
export interface Ticker {
  /** Whether anything waits. Setting the same twice does nothing. */
  run(needed: boolean): void;
  /** Idempotent. */
  dispose(): void;
}

export function createTicker(tick: () => void, intervalMs = 1_000): Ticker {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    run(needed) {
      if (needed) timer ??= setInterval(tick, intervalMs);
      else stop();
    },
    dispose: stop,
  };
}
