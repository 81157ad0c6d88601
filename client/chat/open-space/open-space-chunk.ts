/** What an open space asks its visitors: the questions of others, and the invitation to help. */
import { openSpaceStyles } from './open-space-styles.ts';

export { openSpacePart } from '../../store/chat/open-space.ts';
export { LauncherInvitation } from './launcher-invitation.ts';
export { openSection } from './open-section.ts';

/** What the panel adopts with them. */
export const styles = [openSpaceStyles];
