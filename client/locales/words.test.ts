import { expect } from '@open-wc/testing';
import { devicesWords } from '../ui/devices/devices-words.ts';
import { cardWords } from '../ui/person-card/card-words.ts';
import { chatEn } from './chat-en.ts';
import { chatFr } from './chat-fr.ts';
import { commonEn } from './common-en.ts';
import { commonFr } from './common-fr.ts';
import { agoText, shortDateText } from './format.ts';
import { deskEn } from './desk-en.ts';
import { deskFr } from './desk-fr.ts';
import { LINKS } from '../../shared/protocol/control.ts';
import { LaterWhy, REFUSALS } from '../../shared/protocol/outcome.ts';
import { dayText } from './day-text.ts';
import { conversationEn } from './conversation-en.ts';
import { conversationFr } from './conversation-fr.ts';
import { openSpaceEn } from './open-space-en.ts';
import { openSpaceFr } from './open-space-fr.ts';
import { settingsEn } from './settings-en.ts';
import { settingsFr } from './settings-fr.ts';
import { launcherWords } from './launcher-words.ts';
import { DECISIONS } from '../../shared/protocol/decision-messages.ts';
import { moderationEn } from './moderation-en.ts';
import { moderationFr } from './moderation-fr.ts';
import { threadEn } from './thread-en.ts';
import { threadFr } from './thread-fr.ts';
import { spaceView } from '../store/space.ts';

/** Every sentence of a catalogue; functions are called with sample values. */
function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] => {
    const at = `${path}/${name}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function')
      return [[at, (value as (a: unknown, b: unknown) => string)(sample(name), 2)]];
    return texts(value as object, at);
  });
}
const listed = new Set(['list', 'typing', 'someHere', 'calling', 'attributesShort']);
const sample = (name: string): unknown => (listed.has(name) ? ['Maud', 'Idris'] : 1);

describe('words', () => {
  it('says everything in both languages', () => {
    for (const [one, other] of [
      [commonFr, commonEn],
      [chatFr, chatEn],
      [conversationFr, conversationEn],
      [openSpaceFr, openSpaceEn],
      [settingsFr, settingsEn],
      [threadFr, threadEn],
      [moderationFr, moderationEn],
      [launcherWords(true), launcherWords(false)],
      [cardWords('fr'), cardWords('en')],
      [devicesWords('fr'), devicesWords('en')],
    ] as const) {
      const names = texts(one).map(([name]) => name);
      expect(texts(other).map(([name]) => name)).to.have.members(names);
      for (const [name, text] of [...texts(one), ...texts(other)])
        expect(text.trim(), name).to.not.equal('');
    }
  });

  it('gives each cause its own words, in both languages', () => {
    const each = (all: Readonly<Record<string, unknown>>, names: readonly string[]): void => {
      const said = names.map((name) => {
        const words = all[name];
        return typeof words === 'string' ? words : JSON.stringify(words);
      });
      for (const [at, text] of said.entries()) expect(text, names[at]).to.be.a('string');
      expect(new Set(said).size, said.join('\n')).to.equal(names.length);
    };
    const whys = Object.values(LaterWhy);
    for (const [thread, desk] of [
      [threadFr, deskFr],
      [threadEn, deskEn],
    ] as const) {
      each({ ...thread.refused, else: thread.refusedElse }, [...REFUSALS, 'else']);
      each(
        Object.fromEntries(whys.map((why) => [why, thread.later(5_000, why)])),
        whys.map(String),
      );
      each(
        Object.fromEntries(whys.map((why) => [why, desk.unsent.later('9:05', why)])),
        whys.map(String),
      );
      // What a relay of a later release says, and one of an earlier that says nothing.
      expect(thread.later(5_000, 77 as LaterWhy)).to.equal(thread.later(5_000, LaterWhy.unsaid));
      expect(thread.later(5_000)).to.equal(thread.later(5_000, LaterWhy.tooMuch));
      each(desk.arrival.problems, Object.keys(deskFr.arrival.problems));
      each({ ...desk.card.problems, else: desk.card.problemElse }, [
        ...Object.keys(deskFr.card.problems),
        'else',
      ]);
      each(settingsFr.ended, Object.keys(settingsFr.ended));
    }
    for (const words of [moderationFr, moderationEn]) {
      each(words.decided, [...DECISIONS, 'unknown']);
      each({ ...words.rules, else: words.ruleElse }, [...Object.keys(moderationFr.rules), 'else']);
    }
    for (const lang of ['fr', 'en']) each(devicesWords(lang).problems, LINKS.slice(1));
  });

  it('keeps French marks with their word', () => {
    for (const [name, text] of [
      ...texts(commonFr),
      ...texts(chatFr),
      ...texts(conversationFr),
      ...texts(openSpaceFr),
      ...texts(settingsFr),
      ...texts(threadFr),
      ...texts(moderationFr),
      ...texts(launcherWords(true)),
      ...texts(deskFr),
      ...texts(devicesWords('fr')),
      ...texts(cardWords('fr')),
      ...texts(spaceView(null, 'fr')),
    ]) {
      expect(text, name).to.not.match(/ [?!;:]|[^\u202f\u00a0 ][?!;]/u);
      expect(text, name).to.not.contain("'");
    }
  });

  it('groups the digits of a long number', () => {
    expect(commonFr.left(-6_080)).to.equal('6\u202f080\u00a0caractères de trop');
    expect(commonEn.left(-6_080)).to.equal('6,080 characters too many');
  });

  it('tells time as people do', () => {
    const now = new Date(2026, 9, 10, 12).getTime();
    const at = (day: number): number => new Date(2026, 9, day, 9, 5).getTime();
    expect(dayText('fr', at(10), now)).to.equal('Aujourd’hui');
    expect(dayText('fr', at(9), now)).to.equal('Hier');
    expect(dayText('en', at(3), now)).to.equal('Saturday, October 3');
    expect(shortDateText('fr', at(9), now)).to.equal('hier');
    expect(agoText('fr', now - 300_000, now)).to.match(/^il y a 5\smin$/u);
    expect(agoText('en', now - 300_000, now)).to.equal('5 min ago');
    expect(agoText('fr', now, now)).to.equal('à l’instant');
  });

  it('writes dates as the reader’s own country does', () => {
    const now = new Date(2026, 0, 20, 12).getTime();
    const then = new Date(2026, 0, 5, 9, 5).getTime();
    Object.defineProperty(navigator, 'languages', { configurable: true, value: ['de-AT', 'de'] });
    try {
      expect(dayText('de', then, now)).to.contain('Jänner');
      expect(shortDateText('de', then, now)).to.contain('Jän');
    } finally {
      Reflect.deleteProperty(navigator, 'languages');
    }
  });
});
