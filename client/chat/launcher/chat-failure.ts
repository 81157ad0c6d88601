/** Why the chat does not open. */
export type ChatFailure = 'failed' | 'unsupported' | 'storage';
