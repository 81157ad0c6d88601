/** States to show elements with, in tests and previews. Invented for a demo, plainly. */
import type { ConversationId, DeviceKey, MemberId } from '../../shared/ids.ts';
import type { ChatState, ChatStore, Identification } from '../store/chat/chat-state.ts';
import type { SpaceView } from '../store/space.ts';
import type { DeviceActs, DevicesState } from '../store/devices.ts';
import { type Writable, createWritable } from '../signals/readable.ts';
import { Drafts, NEW_DRAFT } from '../store/drafts.ts';
import type { ModerationActs, Reporting } from '../store/moderation/moderation-state.ts';
import type { MemberDevice } from '../store/sync-port.ts';
import type { Composing } from '../store/conversation/unstored-draft.ts';
import type {
  Delivery,
  Quoted,
  ThreadItem,
  ThreadState,
} from '../store/conversation/thread-state.ts';
import type { Person } from '../store/person.ts';

export const memberId = (letter: string): MemberId => letter.repeat(21).concat('A') as MemberId;
export const conversationId = (letter: string): ConversationId =>
  letter.repeat(21).concat('A') as ConversationId;

export function person(name: string, more: Partial<Person> = {}): Person {
  return {
    member: memberId(name.charAt(0) || 'v'),
    name,
    role: name ? 'helper' : 'visitor',
    hue: name ? name.length % 12 : null,
    initials: name.slice(0, 2).toUpperCase(),
    topics: [],
    photo: '',
    card: undefined,
    presence: { type: 'here' },
    ...more,
  };
}

export const maud = person('Maud', { hue: 5, topics: ['salle de bain'] });
/** A helper with all that a card holds. */
export const romane = person('Romane', {
  hue: 7,
  card: {
    member: 'romane' as MemberId,
    name: 'Romane',
    role: 1,
    topics: ['carrelage', 'joints'],
    since: Date.UTC(2025, 4, 12),
    store: 'Lyon',
    owns: ['une scie à eau'],
  },
});
export const idris = person('Idris', { hue: 1, topics: ['électricité'] });
export const solene = person('Solène', { hue: 10, role: 'expert', topics: ['peinture'] });
export const gaspard = person('Gaspard', {
  hue: 2,
  role: 'staff',
  presence: { type: 'seen', at: Date.now() - 300_000 },
});
export const visitor = person('');

let made = 0;

/** Something said `minutesAgo`. */
export function said(
  from: Person,
  text: string,
  minutesAgo: number,
  more: { readonly id?: string; readonly delivery?: Delivery; readonly quoted?: Quoted } = {},
): ThreadItem {
  const mine = from === visitor;
  return {
    type: 'message',
    id: more.id ?? `message-${++made}`,
    mine,
    from,
    text,
    quoted: more.quoted ?? null,
    time: Date.now() - minutesAgo * 60_000,
    delivery: more.delivery ?? (mine ? { type: 'received' } : null),
    retractable: mine,
  };
}

export function threadOf(
  items: readonly ThreadItem[],
  more: Partial<ThreadState> = {},
): ThreadState {
  return {
    status: 'ready',
    id: conversationId('c'),
    title: 'Étagère sur du placo',
    page: null,
    public: false,
    guest: false,
    items,
    unreadFrom: null,
    unread: 0,
    typing: [],
    contacts: false,
    claim: null,
    answerers: [],
    asker: visitor,
    closed: false,
    full: false,
    kept: 0,
    ...more,
  };
}

/** `count` messages of two people over some days. */
export function longThread(count: number): ThreadItem[] {
  return Array.from({ length: count }, (_, index) =>
    said(
      index % 3 === 0 ? visitor : maud,
      `Message ${index + 1} : une phrase assez longue pour tenir sur deux lignes dans le panneau.`,
      (count - index) * 7,
    ),
  );
}

export const space: SpaceView = {
  name: 'Démo',
  open: false,
  greeting: 'Bonjour, on peut vous aider\u202f?',
  intro: 'Ici, ce sont des clients qui s’y connaissent et l’équipe du magasin qui répondent.',
  suggestions: [
    'Quelle cheville pour une cloison en plaques de plâtre\u202f?',
    'Comment refaire un joint de baignoire\u202f?',
    'Peut-on peindre sur du papier peint\u202f?',
  ],
  charter: 'Restons courtois. Ne donnez ni adresse, ni téléphone.',
};

const deviceKey = (letter: string): DeviceKey => letter.repeat(42).concat('A') as DeviceKey;
export const laptop: MemberDevice = {
  device: deviceKey('A'),
  label: 'Firefox, Linux',
  since: Date.UTC(2026, 8, 1),
};
export const phone: MemberDevice = {
  device: deviceKey('B'),
  label: 'Chrome, Android',
  since: Date.UTC(2026, 9, 2),
};
/** Of a member who linked a phone to this laptop. */
export const twoDevices: DevicesState = {
  own: laptop.device,
  all: [laptop, phone],
  online: true,
};

export function chatState(more: Partial<ChatState> = {}): ChatState {
  return {
    status: 'ready',
    view: { type: 'welcome' },
    space,
    network: { type: 'online' },
    storage: 'ok',
    people: [maud, idris, solene, gaspard],
    here: 3,
    ahead: 0,
    conversations: [],
    notices: [],
    open: null,
    thread: null,
    draft: '',
    quotes: '',
    unread: 0,
    latestUnread: null,
    news: null,
    devices: { own: laptop.device, all: [], online: true },
    attributes: {},
    identity: 'none',
    sound: false,
    lang: null,
    ...more,
  };
}

/** A store whose state a test sets, and that notes what it is told. */
export class FixtureStore implements ChatStore {
  readonly state: Writable<ChatState>;
  /** How many watch the state. */
  watchers = 0;
  readonly calls: string[] = [];
  disposed = 0;
  /** What `send` waits for, to hold it open. */
  sending: Promise<void> = Promise.resolve();

  constructor(state: ChatState = chatState()) {
    const { get, set, subscribe } = createWritable(state);
    this.state = {
      get,
      set,
      subscribe: (changed) => {
        const undo = subscribe(changed);
        let watching = true;
        this.watchers++;
        return () => {
          if (watching) this.watchers--;
          watching = false;
          undo();
        };
      },
    };
  }

  /** Changes some of the state. */
  set(more: Partial<ChatState>): void {
    this.state.set({ ...this.state.get(), ...more });
  }

  #tell(what: string, ...more: readonly unknown[]): void {
    this.calls.push([what, ...more.map((one) => JSON.stringify(one))].join(' '));
  }

  show(view: ChatState['view']): void {
    this.#tell('show', view);
    this.set({ view });
  }
  setVisible(visible: boolean): void {
    this.#tell('setVisible', visible);
  }
  setDraft(text: string, quotes?: ChatState['quotes']): void {
    this.#tell('setDraft', text, ...(quotes === undefined ? [] : [quotes]));
    this.set({ draft: text, quotes: quotes ?? this.state.get().quotes });
  }
  async suggest(text: string): Promise<void> {
    this.#tell('suggest', text);
    this.set({ draft: text });
  }
  async send(text: string): Promise<boolean> {
    this.#tell('send', text);
    await this.sending;
    const { storage, view } = this.state.get();
    if (storage !== 'ok') return false;
    this.set({ draft: '', quotes: '' });
    return view.type !== 'thread';
  }
  async withdraw(messageId: string): Promise<void> {
    this.#tell('withdraw', messageId);
  }
  async edit(messageId: string): Promise<void> {
    this.#tell('edit', messageId);
  }
  readonly moderation: ModerationActs = {
    givenBack: new Set(),
    seen: (references) => this.#tell('seen', ...references),
    dismiss: (reference) => this.#tell('dismiss', reference),
    appeal: async (reference, text) => this.#tell('appeal', reference, text),
    takeBack: async (target) => this.#tell('takeBack', target),
  };
  async report(report: Reporting): Promise<void> {
    this.#tell('report', report);
  }
  async setClosed(closed: boolean): Promise<void> {
    this.#tell('setClosed', closed);
  }
  async setSound(sound: boolean): Promise<void> {
    this.#tell('setSound', sound);
    this.set({ sound });
  }
  async setLang(lang: string | null): Promise<void> {
    this.#tell('setLang', lang);
    this.set({ lang });
  }
  dismissInvitation(): void {
    this.#tell('dismissInvitation');
  }
  refresh(): void {
    this.#tell('refresh');
  }
  retry(): void {
    this.#tell('retry');
  }
  async identify(...who: Identification): Promise<void> {
    this.#tell('identify', ...who.filter((each) => each !== undefined));
  }
  /** A device whose writes never arrive. */
  readonly composer: Composing = {
    key: NEW_DRAFT,
    drafts: new Drafts(
      { readDraft: async () => '', writeDraft: () => new Promise(() => {}) },
      () => {},
    ),
  };
  readonly devices: DeviceActs = {
    code: async () => ({ code: 'ABCD2345', expires: Date.now() + 300_000 }),
    join: async (code) => {
      this.#tell('join', code);
      return 'linked';
    },
    remove: async (device) => this.#tell('remove', device),
  };
  async erase(): Promise<void> {
    this.#tell('erase');
  }
  dispose(): void {
    this.disposed++;
  }
}
