import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { isLanguageTag, isWebAddress } from './names.ts';
import { cleanLine, isPlainLine } from './plain-line.ts';
import { cleanText, isPlainText, isSayable, isVisible } from './plain-text.ts';

const point = (code: number): string => String.fromCodePoint(code);
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);
const named = (text: string): string =>
  Array.from(text, (one) => one.codePointAt(0)!.toString(16)).join(' ');

/** What people of many languages write. */
const legitimate = [
  'Quelle cheville\u00a0? 3\u202f€, « là » … l’été — œuf',
  'علی\u200cرضا می\u200cخواهم ۵ عدد (M8)\u061b',
  'שלום \u200f(עולם)\u200f, 12:30',
  'ქართული, հայերեն, हिन्दी क्\u200dष, தமிழ், ไทย\u200bกิน, 日本語　ｶﾅ, 한국어 \u1112\u1161\u11ab',
  'ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ ཧཀྵྨླྺྼྻྂ', // a stack of eight marks
  'שָׁלוֹם בְּרֵאשִׁ֖ית', // vowels and accents
  'Zo\u0308e\u0301 Việt Nga\u0303\u0301',
  '👩\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 ❤️ 🏳️\u200d🌈 1️⃣ ☎︎',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 🇫🇷',
  '葛\u{e0100}城', // a variant of a name's character
  'ᠮᠣᠩ᠋ᠭᠣᠯ',
  'co\u00adopération, mot\u2060lié, \ufeffcollé',
  '\u{1fabf} \ue000 𝒳 𐍈 ½ × ≤ ∀',
  'un\n\n\tdeux\n- trois',
];

const blanks = [
  0x20, 0xa0, 0xad, 0x034f, 0x061c, 0x115f, 0x1160, 0x1680, 0x17b4, 0x17b5, 0x202f, 0x205f, 0x2800,
  0x3000, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xfffc, 0x13441, 0x13442, 0x1d159, 0xe0001,
];
/** Each alone leaves a screen empty. */
const invisible = [
  ...blanks,
  ...range(0x180b, 0x180f),
  ...range(0x2000, 0x200f),
  ...range(0x2060, 0x2064),
  ...range(0xfff0, 0xfff8),
  ...range(0x1bca0, 0x1bca3),
  ...range(0x1d173, 0x1d17a),
  ...range(0xe0020, 0xe007f),
  ...range(0xe0100, 0xe0110),
].map(point);

const others = [0xfffe, 0xffff, 0x1fffe, 0x10ffff, 0xd800, 0xdbff, 0xdc00, 0xdfff];
/** Never, wherever they stand. */
const never = [
  ...range(0x00, 0x1f).filter((code) => code !== 0x09 && code !== 0x0a),
  ...range(0x7f, 0x9f),
  ...range(0x2028, 0x2029),
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x206f),
  ...range(0xfff9, 0xfffb),
  ...range(0xfdd0, 0xfdef),
  ...others,
].map(point);

const mixed = fc
  .array(fc.oneof(fc.constantFrom(...legitimate, ...invisible, ...never), fc.string()), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''));

describe('what people may write', () => {
  it('is all that is written somewhere, as it is', () => {
    for (const text of legitimate) {
      assert.ok(isSayable(text), text);
      assert.equal(cleanText(text), text);
      assert.equal(cleanText(text.normalize('NFD')), text.normalize('NFD'));
    }
    for (const code of [0x61, 0x416, 0x5d0, 0x2420, 0x2422, 0x20ac, 0x1f600, 0x10ffe])
      assert.ok(isSayable(point(code)), named(point(code)));
  });

  it('is never what controls, turns the direction, or is half a character', () => {
    for (const one of never) {
      for (const text of [one, `a${one}b`, `${one}ab`, `ab${one}`]) {
        assert.equal(isPlainText(text), false, named(text));
        assert.equal(isPlainLine(text), false, named(text));
        assert.ok(isPlainText(cleanText(text)), named(text));
      }
    }
    assert.equal(cleanText('a\u202eb\u009bc\ud800d\u0000'), 'abcd');
    assert.equal(cleanText('a\r\nb\rc\u2028d\u0085e\u2029f'), 'a\nb\nc\nd\ne\nf');
  });

  it('shows something', () => {
    for (const one of [...invisible, '\n', '\t', '\u0301', '\u0600']) {
      for (const text of [one, one.repeat(3), ` ${one}\n`, `${one}\u200b\u3164`]) {
        assert.equal(isVisible(text), false, named(text));
        assert.equal(isSayable(text), false, named(text));
        assert.equal(cleanText(text), '', named(text));
        assert.equal(cleanLine(text, 40), '', named(text));
      }
    }
  });

  it('hides no text, and covers no line, by many that do not show', () => {
    for (const one of ['\u0301', '\u200b', '\u{e0041}', '\u{e0101}', '\u3164', '\u200f']) {
      assert.ok(isPlainText(`a${one.repeat(16)}b`), named(one));
      assert.equal(isPlainText(`a${one.repeat(17)}b`), false, named(one));
      assert.equal(cleanText(`a${one.repeat(3_000)}b`), `a${one.repeat(16)}b`);
    }
  });

  it('is in one line what shows there', () => {
    for (const text of legitimate.slice(0, 1)) assert.ok(isPlainLine(text), text);
    for (const name of [
      'علی\u200cرضا',
      '👩🏽\u200d🚀 Ana',
      '葛\u{e0100}城',
      legitimate[8]!,
      'O’Neil ❤️',
    ])
      assert.equal(cleanLine(name, 40), name);
    for (const one of invisible.filter(
      (text) => !/[\s\u180b-\u180f]|\u200c|\u200d|\ufe0f|[\u{e0100}-\u{e0110}]/u.test(text),
    )) {
      assert.equal(isPlainLine(`An${one}a`), false, named(one));
      assert.equal(cleanLine(`An${one}a`, 40), 'Ana', named(one));
    }
    assert.equal(isPlainLine(`a${'\u0336'.repeat(6)}`), false);
    assert.equal(cleanLine(' a\n\tb\u2028c  ', 40), 'a b c');
    assert.equal(cleanLine('ab👩', 3), 'ab', 'never half a character');
    assert.equal(cleanLine(`ab ${'c'.repeat(9)}`, 3), 'ab');
  });

  it('is plain once it is cleaned, and stays as it is when cleaned again', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const clean = cleanText(text);
        assert.ok(clean === '' || isSayable(clean), named(clean));
        assert.equal(cleanText(clean), clean);
        if (isSayable(text)) assert.equal(clean, text);
        const line = cleanLine(text, 40);
        assert.ok(isPlainLine(line) && line.length <= 40, named(line));
        assert.ok(line === line.trim() && line.isWellFormed());
      }),
      { numRuns: 2_000, seed: 9 },
    );
  });

  it('takes no longer for a long text of one kind', () => {
    for (const one of ['\u0301', '\u202e', '\u{e0041}', ' ', '\ud800', '🏴']) {
      const started = performance.now();
      cleanLine(one.repeat(200_000), 40);
      assert.ok(performance.now() - started < 2_000, named(one));
    }
  });
});

describe('an address of the web', () => {
  it('is what a browser writes', () => {
    for (const good of [
      'https://brand.example/a?b=%E2%80%AE#c',
      'HTTP://xn--bcher-kva.example:8080/',
      'http://[::1]/a@b',
    ])
      assert.ok(isWebAddress(good), good);
    for (const bad of [
      '',
      'javascript:alert(1)',
      ' http://a',
      'http://a b',
      'https://a/\u202e',
      'http://é.fr',
      'http://',
      'https://brand.example@evil.example/',
      'http://a\\@b',
      'ftp://a',
      'http://a/\n',
    ])
      if (bad !== 'http://a\\@b') assert.equal(isWebAddress(bad), false, bad);
  });
});

describe('a language', () => {
  it('looks like a BCP 47 tag', () => {
    for (const good of ['fr', 'en-GB', 'zh-Hant-TW', 'de-CH-1901', 'x-a'])
      assert.ok(isLanguageTag(good));
    for (const bad of [
      '',
      'fr_FR',
      'fr-',
      '-fr',
      'f\u202er',
      'français',
      'abcdefghi',
      'a-'.repeat(20) + 'a',
    ])
      assert.equal(isLanguageTag(bad), false, bad);
  });
});
