/**
 * Stands in for lib0's logging in builds. Yjs uses only a printer for its own debugging and warnings of
 * wrong use.
 */
const quiet = (): void => {};
export const print = quiet;
export const warn = quiet;
export const BOLD = '';
export const UNBOLD = '';
export const RED = '';
export const ORANGE = '';
