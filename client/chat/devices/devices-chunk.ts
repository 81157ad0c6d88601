/** The devices of the visitor: linking another, by a picture or a code, and removing one. */
export { ComptoirDevices } from '../../ui/devices/comptoir-devices.ts';
