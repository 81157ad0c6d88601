/** Time as a test wants it: the clock of the whole page, relay and devices alike. */
const own = Date.now;
let ahead = 0;

/** So many ms pass at once. */
export function turnClock(ms: number): void {
  ahead += ms;
  Date.now = () => own() + ahead;
}

export function restoreClock(): void {
  ahead = 0;
  Date.now = own;
}
