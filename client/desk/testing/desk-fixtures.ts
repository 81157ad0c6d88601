/** States of the desk for tests, typed by the stores' contracts. Names and texts are made up. */
import type { ConversationId, DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { AskSummary, DeskState, DeskStore, Unsent } from '../../store/desk/desk-state.ts';
import { EVERYTHING } from '../../store/desk/list/inbox-choice.ts';
import type { CardFields, OwnCardState } from '../../store/desk/card/own-card.ts';
import { type Writable, createWritable } from '../../signals/readable.ts';
import type {
  ThreadItem,
  ThreadMessage,
  ThreadState,
} from '../../store/conversation/thread-state.ts';
import type { Person } from '../../store/person.ts';

/** A fixed moment, so that a screen is the same each time. */
export const AT = new Date(2026, 9, 14, 14, 31, 20).getTime();
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const conversation = (name: string): ConversationId => name as ConversationId;

export const person = (name: string, given: Partial<Person> = {}): Person => ({
  member: `member-${name}` as MemberId,
  name,
  role: name ? 'helper' : 'visitor',
  hue: name ? name.length % 12 : null,
  initials: name.slice(0, 2).toUpperCase(),
  topics: [],
  photo: '',
  card: undefined,
  presence: { type: 'here' },
  ...given,
});

export const me = person('Yann', { hue: 9 });
export const asker = person('');
export const maud = person('Maud', { hue: 5 });

/** Each by somebody else, unless told. */
export const ask = (id: string, given: Partial<AskSummary> = {}): AskSummary => ({
  id: conversation(id),
  text: 'Va-et-vient : mon interrupteur a trois fils, lequel est la phase ?',
  page: { url: 'https://boutique.example/electricite', title: 'Électricité' },
  asker: { ...asker, member: `asker-${id}` as MemberId },
  askedAt: AT - 20 * SECOND,
  wait: { since: AT - 20 * SECOND, tone: 'fresh' },
  claim: null,
  last: { text: '', mine: false, by: asker },
  lastAt: AT - 20 * SECOND,
  toldAt: AT - 20 * SECOND,
  closed: false,
  public: false,
  kept: 0,
  unread: false,
  ...given,
});

export const message = (id: string, given: Partial<ThreadMessage> = {}): ThreadMessage => ({
  type: 'message',
  id,
  mine: false,
  from: asker,
  text: 'Quelle cheville pour une étagère de 20 kg sur du placo ?',
  quoted: null,
  time: AT - 3 * MINUTE,
  delivery: null,
  retractable: false,
  ...given,
});

export const threadItems: readonly ThreadItem[] = [
  message('m1'),
  {
    type: 'note',
    id: 'n1',
    note: 'claimed',
    mine: true,
    from: me,
    time: AT - 2.8 * MINUTE,
    numbered: true,
  },
  message('m2', {
    mine: true,
    from: me,
    text: 'Bonjour, des chevilles métalliques à expansion, quatre suffisent.',
    time: AT - 2 * MINUTE,
    delivery: { type: 'read' },
  }),
  message('m3', {
    mine: true,
    from: me,
    text: 'Repérez d’abord les rails avec un aimant : dessus, une vis à bois tient mieux.',
    time: AT - 1.9 * MINUTE,
    delivery: { type: 'read' },
  }),
  message('m4', { text: 'Merci ! Et pour une plaque de 13 mm ?', time: AT - 30 * SECOND }),
];

export const thread = (given: Partial<ThreadState> = {}): ThreadState => ({
  status: 'ready',
  id: conversation('shelf'),
  title: 'Quelle cheville pour une étagère de 20 kg sur du placo ?',
  page: { url: 'https://boutique.example/murs/plaque', title: 'Plaque de plâtre BA13' },
  public: false,
  guest: false,
  items: threadItems,
  unreadFrom: null,
  unread: 0,
  typing: [],
  contacts: false,
  claim: { by: me, mine: true, numbered: true, time: AT - 2.8 * MINUTE },
  answerers: [me],
  asker,
  closed: false,
  full: false,
  kept: 0,
  ...given,
});

export const unsent = (id: string, given: Partial<Unsent> = {}): Unsent => ({
  id,
  conversation: conversation('shelf'),
  title: 'Étagère sur du placo',
  text: 'Les vis sont fournies avec la cheville : rien à choisir.',
  what: 'say',
  time: AT - 60 * SECOND,
  state: { type: 'waiting' },
  ...given,
});

const mineClaim = { by: me, mine: true, numbered: true };

export const ownCard = (given: Partial<OwnCardState> = {}): OwnCardState => ({
  status: 'known',
  fields: { name: 'Yann', topics: ['Murs', 'Peinture'], store: 'Lyon', owns: ['Perceuse P18'] },
  changed: false,
  save: 'idle',
  problem: null,
  photo: { url: '', held: false, busy: false, problem: null },
  ...given,
});

/** A quiet desk: inside, online, nobody waits. */
export const deskState = (given: Partial<DeskState> = {}): DeskState => ({
  access: {
    status: 'inside',
    grantExpires: new Date(2026, 9, 14, 19, 0).getTime(),
    expired: false,
  },
  at: AT,
  me,
  card: ownCard(),
  available: true,
  network: { type: 'online' },
  ahead: 0,
  storage: 'ok',
  tab: 'waiting',
  choice: EVERYTHING,
  waiting: [],
  mine: [],
  others: [],
  closed: [],
  had: [],
  canClaim: true,
  limit: 3,
  selected: null,
  thread: null,
  draft: '',
  quotes: '',
  search: { text: '', inside: new Set() },
  earlier: [],
  canned: [],
  unsent: [],
  notices: [],
  lost: null,
  keptConversations: 0,
  devices: { own: 'A'.repeat(43) as DeviceKey, all: [], online: true },
  ids: null,
  blocking: null,
  attributes: {},
  welcome: null,
  sound: true,
  notify: false,
  lang: 'fr',
  bell: null,
  ...given,
});

/** A busy one: four wait, two are mine, one is open. */
export const busyState = (given: Partial<DeskState> = {}): DeskState =>
  deskState({
    waiting: [
      ask('radiator', {
        text: 'Mon radiateur fait un bruit d’eau depuis que je l’ai purgé, c’est grave ?',
        page: { url: 'https://boutique.example/chauffage', title: 'Chauffage · Radiateurs' },
        wait: { since: AT - 70 * SECOND, tone: 'late' },
      }),
      ask('wallpaper', {
        text: 'Peut-on peindre directement sur du papier peint intissé ?',
        page: { url: 'https://boutique.example/peinture', title: 'Peinture · Murs' },
        wait: { since: AT - 38 * SECOND, tone: 'soon' },
      }),
      ask('switch'),
      ask('tile', {
        text: 'bjr jcherche 1 truc pr recoller du carelage',
        page: { url: 'https://boutique.example/', title: '' },
        wait: { since: AT - 4 * SECOND, tone: 'fresh' },
      }),
    ],
    mine: [
      ask('shelf', {
        text: 'Quelle cheville pour une étagère de 20 kg sur du placo ?',
        page: { url: 'https://boutique.example/murs', title: 'Plaque de plâtre BA13' },
        claim: mineClaim,
        wait: { since: AT - 30 * SECOND, tone: 'soon' },
        last: { text: 'Merci ! Et pour une plaque de 13 mm ?', mine: false, by: asker },
        unread: true,
      }),
      ask('floor', {
        text: 'Carrelage sur plancher chauffant : quelle colle ?',
        page: { url: 'https://boutique.example/sols', title: 'Sols' },
        claim: mineClaim,
        wait: null,
        last: { text: 'une colle C2S1, et du temps.', mine: true, by: me },
      }),
    ],
    others: [
      ask('joint', {
        text: 'Comment refaire un joint de baignoire proprement ?',
        page: { url: 'https://boutique.example/eau', title: 'Mastic sanitaire' },
        claim: { by: maud, mine: false, numbered: true },
        wait: null,
        last: { text: 'Retirez tout l’ancien joint d’abord.', mine: false, by: maud },
      }),
    ],
    closed: [
      ask('tap', {
        text: 'Mon mitigeur goutte, faut-il le changer ?',
        closed: true,
        wait: null,
        last: { text: 'Un joint neuf a suffi, merci', mine: false, by: asker },
        lastAt: AT - 26 * 60 * MINUTE,
      }),
    ],
    selected: conversation('shelf'),
    thread: thread(),
    earlier: [
      ask('primer', { text: 'Sous-couche ou pas ?', askedAt: AT - 11 * 24 * 60 * MINUTE }),
      ask('valve', {
        text: 'Robinetterie thermostatique ancienne : ça se règle ?',
        askedAt: AT - 16 * 24 * 60 * MINUTE,
      }),
    ],
    canned: [
      { id: 'b', shortcut: 'bonjour', text: 'Bonjour et bienvenue au comptoir.' },
      { id: 'm', shortcut: 'magasin', text: 'Le plus simple est de passer au magasin.' },
      { id: 'p', shortcut: 'photo', text: 'Pouvez-vous décrire le mur : il sonne creux ?' },
    ],
    keptConversations: 24,
    ...given,
  });

/** The same with no network, three answers kept. */
export const offlineState = (given: Partial<DeskState> = {}): DeskState =>
  busyState({
    network: {
      type: 'offline',
      since: new Date(2026, 9, 14, 10, 12).getTime(),
      browser: true,
      waiting: 3,
    },
    thread: thread({
      asker: { ...asker, presence: { type: 'unknown' } },
      kept: 2,
      items: [
        ...threadItems,
        message('m5', {
          mine: true,
          from: me,
          text: 'Les vis sont fournies avec la cheville : rien à choisir.',
          time: AT,
          delivery: { type: 'kept' },
          retractable: true,
        }),
      ],
    }),
    unsent: [
      unsent('u1'),
      unsent('u2', { text: 'Serrez jusqu’à sentir la plaque se bloquer, sans forcer.' }),
      unsent('u3', {
        conversation: conversation('floor'),
        title: 'Carrelage sur plancher chauffant',
        text: '',
        what: 'claim',
      }),
    ],
    ...given,
  });

/** The same for a manager of all spaces, who may block whoever asked. */
export const managerState = (given: Partial<DeskState> = {}): DeskState =>
  busyState({
    me: { ...me, role: 'manager' },
    ids: {
      space: 'demo' as SpaceId,
      conversation: conversation('shelf'),
      member: 'M'.repeat(22) as MemberId,
      device: 'D'.repeat(43) as DeviceKey,
    },
    blocking: {
      reach: { networks: 1, others: 3, spared: 1 },
      held: [],
      busy: false,
      problem: null,
    },
    ...given,
  });

type Call = readonly [name: string, ...args: readonly unknown[]];

/** A store that holds what a test gives it and remembers what it was asked. */
export interface FixtureStore extends DeskStore {
  readonly state: Writable<DeskState>;
  readonly calls: Call[];
}

export function fixtureStore(initial: DeskState): FixtureStore {
  const state = createWritable(initial);
  const calls: Call[] = [];
  const patch = (given: Partial<DeskState>): void => state.set({ ...state.get(), ...given });
  const noted =
    <Args extends readonly unknown[]>(name: string, act?: (...args: Args) => void) =>
    async (...args: Args): Promise<void> => {
      calls.push([name, ...args]);
      act?.(...args);
    };
  const notedNow =
    <Args extends readonly unknown[]>(name: string, act?: (...args: Args) => void) =>
    (...args: Args): void => {
      calls.push([name, ...args]);
      act?.(...args);
    };
  return {
    state,
    calls,
    devices: {
      code: () => Promise.resolve({ code: 'ABCD234567', expires: Date.now() + 300_000 }),
      join: async (code) => {
        calls.push(['join', code]);
        return 'linked';
      },
      remove: noted('remove'),
    },
    present: noted('present'),
    redeem: noted('redeem'),
    setTab: notedNow('setTab', (tab) => patch({ tab })),
    choose: notedNow('choose', (choice) => patch({ choice })),
    search: notedNow('search', (text) => patch({ search: { text, inside: new Set() } })),
    select: notedNow('select', (selected) =>
      patch({ selected, thread: selected ? thread({ id: selected }) : null }),
    ),
    setVisible: notedNow('setVisible'),
    setAvailable: noted('setAvailable', (available) => patch({ available })),
    claim: async (id) => {
      calls.push(['claim', id]);
      const { canClaim, mine } = state.get();
      const taken = canClaim || mine.some((one) => one.id === id);
      if (taken) patch({ selected: id, thread: thread({ id }) });
      return taken;
    },
    release: noted('release'),
    setClosed: noted('setClosed', (_id, closed) => {
      const open = state.get().thread;
      if (open) patch({ thread: { ...open, closed } });
    }),
    setDraft: notedNow('setDraft', (draft) => patch({ draft })),
    quote: notedNow('quote', (quotes) => patch({ quotes })),
    send: async (text) => {
      calls.push(['send', text]);
      patch({ draft: '', quotes: '' });
      return state.get().canClaim || state.get().thread?.claim !== null;
    },
    report: noted('report'),
    moderation: {
      givenBack: new Set(),
      seen: notedNow('moderation.seen'),
      dismiss: notedNow('moderation.dismiss'),
      appeal: noted('moderation.appeal'),
      takeBack: noted('moderation.takeBack'),
    },
    withdraw: noted('withdraw'),
    edit: noted('edit'),
    saveCanned: noted('saveCanned'),
    removeCanned: noted('removeCanned'),
    told: noted('told', () => patch({ lost: null })),
    retry: notedNow('retry'),
    setWelcome: noted('setWelcome', (welcome) => patch({ welcome })),
    setSound: noted('setSound', (sound) => patch({ sound })),
    setNotify: noted('setNotify', (notify) => patch({ notify })),
    setLang: noted('setLang', (lang) => patch({ lang })),
    card: {
      open: noted('card.open'),
      edit: notedNow('card.edit', (fields: CardFields) =>
        patch({ card: { ...state.get().card, fields, changed: true } }),
      ),
      save: noted('card.save'),
      setPhoto: noted('card.setPhoto'),
      removePhoto: noted('card.removePhoto'),
    },
    blocking: {
      look: noted('blocking.look'),
      block: async (draft) => {
        calls.push(['blocking.block', draft]);
        return state.get().blocking?.problem ? null : ['b1', 'b2'];
      },
      lift: noted('blocking.lift'),
    },
    erase: noted('erase'),
    dispose: notedNow('dispose'),
  };
}
