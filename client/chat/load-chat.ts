/** Imports the lazy part, again as often as the visitor asks. */
import { retryingImport } from './retrying-import.ts';

export const loadChat = retryingImport(() => import('../roots/chat.ts'));
