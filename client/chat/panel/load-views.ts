/** Fetches the later screens once, right after the first one shows. */
import { retryingImport } from '../../ui/retrying-import.ts';
import type * as laterViews from './later-views.ts';

export type LaterViews = typeof laterViews;

const load = retryingImport(() => import('./later-views.ts'));
let loading: Promise<LaterViews> | undefined;

/** Rejects when they cannot be had now; the next call tries again. */
export function loadViews(): Promise<LaterViews> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
