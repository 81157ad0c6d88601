/** The devices of the visitor: linking another, by a picture or a code, and removing one. */
export { deviceList } from './device-list.ts';
