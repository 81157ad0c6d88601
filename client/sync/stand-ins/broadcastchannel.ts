/**
 * Stands in for lib0's broadcast channel. y-websocket's providers would use it between tabs; ours run with
 * that off, because tabs follow a leader (tabs.ts).
 */
const nothing = (): void => {};
export const publish = nothing;
export const subscribe = nothing;
export const unsubscribe = nothing;
