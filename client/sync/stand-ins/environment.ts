/**
 * Stands in for lib0's environment in builds. lib0 finds out where it runs and reads settings; here it is
 * always a page or its worker, without settings.
 */
export const isNode = false;
export const isBrowser = true;
export const getVariable = (): null => null;
