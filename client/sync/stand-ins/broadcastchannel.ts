/**
 * Stands in for lib0's broadcast channel: y-websocket's providers would talk between tabs with it, and
 * ours run with that off, since tabs follow a leader (tabs.ts).
 */
const nothing = (): void => {};
export const publish = nothing;
export const subscribe = nothing;
export const unsubscribe = nothing;
