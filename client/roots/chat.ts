/** The widget's lazy part, put together: sync, store and panel. The loader imports it on first open. */
import { parseFingerprint, parseSpaceId } from '../../shared/ids.ts';
import { fetchConversation, fetchOpenSpace, fetchPreview, fetchWords } from '../chat/chunks.ts';
import { attachChat } from '../chat/attach-chat.ts';
import { told } from '../chat/failure-words.ts';
import { hasConversations } from '../chat/opened-flag.ts';
import type { AttachOptions, AttachedChat, ChatOptions } from '../chat/chat-module.ts';
import { createChatStore } from '../store/chat/chat-store.ts';
import type { ChatStore } from '../store/chat/chat-state.ts';
import { page, relayAddress } from '../signals/page.ts';
import { until } from '../signals/readable.ts';
import { colours } from '../styles/sheets.ts';
import { createSync } from '../sync/create-sync.ts';
import { ChatPool } from '../chat/chat-pool.ts';

async function open(latest: () => ChatOptions): Promise<ChatStore> {
  const { relay, community, space } = latest();
  parseSpaceId(space);
  const sync = await createSync({ relay, community: parseFingerprint(community) });
  const store = createChatStore(sync, {
    relay: relayAddress(relay), // what is drawn is in the page, which may have a `<base>`
    space,
    pageLang: () => latest().pageLang(),
    page: () => ({ url: pageUrl(), title: page.document.title }),
    parts: {
      conversation: () => fetchConversation().then(({ conversationPart }) => conversationPart),
      openSpace: () => fetchOpenSpace().then(({ openSpacePart }) => openSpacePart),
    },
  });
  // The first sound is an answer's: until there is a question its code may wait.
  until(store.state, ({ conversations }) => conversations.length > 0)
    .then(fetchPreview)
    .then(
      ({ attachChime }) => attachChime(store.state),
      () => {}, // without it the chat is silent
    );
  return store;
}

/** Where the question is asked from, without the fragment. */
function pageUrl(): string {
  return page.location.href.replace(/#.*/, '');
}

/** What takes less than this to read is shown at once: a skeleton that flashes by is worse than none. */
const FLASH_MS = 150;

const pool = new ChatPool({ open });

export async function attach(options: AttachOptions): Promise<AttachedChat> {
  // Beside the opening of storage, where it is known that it will be needed.
  if (hasConversations(`${options.community}/${options.space}`))
    fetchConversation().catch(() => {});
  const lang = options.pageLang();
  const words = Promise.all([fetchWords(lang), colours()]);
  const opening = pool.lease(options).catch(async (error: unknown) => {
    await words;
    throw told(error, lang);
  });
  const [lease] = await Promise.all([opening, words]).catch((error: unknown) => {
    opening.then(
      ({ release }) => release(),
      () => {},
    );
    throw error;
  });
  await Promise.race([
    until(lease.store.state, ({ status }) => status === 'ready'),
    new Promise((resolve) => setTimeout(resolve, FLASH_MS)),
  ]);
  return attachChat(lease, options, () => pool.lease(options));
}
