/** The visitor's conversations: their screens, and the code by which the store reads them. */
import { partsSheet } from '../../styles/parts-sheet.ts';
import { quoteStyles } from '../../ui/quote/quote-styles.ts';
import { noticeStyles } from '../../ui/moderation/notice-styles.ts';
import { conversationStyles } from './conversation-styles.ts';

export { conversationPart } from '../../store/chat/conversation-part.ts';
export { conversationListView } from './conversation-list-view.ts';
export { noticeList } from './notice-list.ts';
export { KeptPlace } from './kept-place.ts';
export { conversationView } from './conversation-view.ts';

/** What the panel adopts with them. */
export const styles = [partsSheet, quoteStyles, noticeStyles, conversationStyles];
