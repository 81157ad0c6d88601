/** What tells about a new answer while the chat is closed: a preview beside the launcher, and a sound. */
export { attachChime } from './chime.ts';
export { LauncherPreview } from './launcher-preview.ts';
