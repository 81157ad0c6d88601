// A room's document holds one array of binary items, some deleted, and nothing else; a device reads it and
// never writes it; everything sent and stored is in Yjs's first format. Yjs names the rest (other shared
// types and kinds of content, insertion, events, the second format) where the bundler cannot see that
// nobody uses it. Without that a visitor loads 9 KB less, and an update that claims to hold anything else
// is refused instead of built. See shared/decisions/0008-array-only-yjs.md.
const CUTS = [
  {
    what: 'the table of shared types',
    pattern: /const typeRefs = \[\s*readYArray,[^\]]*\]/,
    by: 'const typeRefs = [readYArray]',
  },
  {
    what: 'the table of contents',
    pattern: /const contentRefs = \[[\s\S]*?\n\];/,
    by: `const noContent = () => error.unexpectedCase();
const contentRefs = [noContent, readContentDeleted, noContent, readContentBinary,
  noContent, noContent, noContent, noContent, noContent, noContent, noContent];`,
  },
  ...['Text', 'Map', 'XmlElement', 'XmlFragment'].map((type) => ({
    what: `Doc.get${type}`,
    pattern: new RegExp(`\\n  get${type} \\(name = ''\\) \\{[\\s\\S]*?\\n  \\}`),
    by: '',
  })),
  {
    what: 'the array',
    pattern: /\nclass YArray extends AbstractType \{[\s\S]*?\n\}/,
    by: `
class YArray extends AbstractType {
  toArray () { return typeListToArray(this) }
  _copy () { return new YArray() }
  _write (encoder) { encoder.writeTypeRef(YArrayRefID); }
}`,
  },
  {
    what: 'what tidies formatted text',
    pattern: /\nconst cleanupYTextAfterTransaction = [\s\S]*?\n\};/,
    by: '\nconst cleanupYTextAfterTransaction = () => {};',
  },
  ...['DSDecoder', 'UpdateDecoder', 'DSEncoder', 'UpdateEncoder'].map((type) => ({
    what: `${type}V2`,
    pattern: new RegExp(`\\nclass ${type}V2 [\\s\\S]*?\\n\\}`),
    by: `\nconst ${type}V2 = ${type}V1;`,
  })),
  // The widget has its own Yjs in a frame of its own, beside whatever the page has.
  {
    what: 'the warning of a second Yjs',
    pattern:
      /\nif \(glo\[importIdentifier\] === true\) \{[\s\S]*?\n\}\nglo\[importIdentifier\] = true;/,
    by: '',
  },
  // No document holds another.
  ...[
    { what: 'Doc.load', pattern: /\n  load \(\) \{\n    const item = this\._item;[\s\S]*?\n  \}/ },
    { what: 'Doc.getSubdocs', pattern: /\n  getSubdocs \(\) \{[\s\S]*?\n  \}/ },
    { what: 'Doc.getSubdocGuids', pattern: /\n  getSubdocGuids \(\) \{[\s\S]*?\n  \}/ },
    {
      what: 'Doc.toJSON',
      pattern: /\n  toJSON \(\) \{(?:(?!\n  \})[\s\S])*this\.share\.forEach[\s\S]*?\n  \}/,
    },
    {
      what: 'the end of documents within',
      pattern:
        /\n    array\.from\(this\.subdocs\)[^\n]*\n    const item = this\._item;[\s\S]*?\n    \}(?=\n    \/\/ @ts-ignore)/,
    },
    {
      what: 'news of documents within',
      pattern: /\n      const \{ subdocsAdded, [\s\S]*?\n      \}/,
    },
    {
      what: 'what a transaction did to documents within',
      pattern:
        /(?:\n    \/\*\*\n     \* @type \{Set<Doc>\}\n     \*\/\n    this\.subdocs\w+ = new Set\(\);){3}/,
    },
  ].map((cut) => ({ ...cut, by: '' })),
  // Of the second format these are gone already; what they carry no kind of content above holds.
  {
    what: 'reading any value',
    pattern: /\n  readAny \(\) \{\n.*\n  \}/,
    by: '',
  },
  {
    what: 'writing any value',
    pattern: /\n  writeAny \(any\) \{\n.*\n  \}/,
    by: '',
  },
];

/** What Yjs comes with: other tabs are told by our own channel, and every browser knows UTF-8. */
const BESIDE = {
  '/y-websocket/src/y-websocket.js': [
    {
      what: 'the broadcast channel',
      pattern: /\n  connectBc \(\) \{[\s\S]*?\n  \}/,
      by: '\n  connectBc () {}',
    },
  ],
  '/lib0/decoding.js': [
    {
      what: 'reading text',
      pattern: /string\.utf8TextDecoder \? _readVarStringNative : _readVarStringPolyfill/,
      by: '_readVarStringNative',
    },
  ],
  '/lib0/encoding.js': [
    {
      what: 'writing text',
      pattern:
        /\(string\.utf8TextEncoder && .*\) \? _writeVarStringNative : _writeVarStringPolyfill/,
      by: '_writeVarStringNative',
    },
  ],
};

const FILES = { '/yjs/dist/yjs.mjs': CUTS, ...BESIDE };

/** @returns {import('vite').Plugin} */
export function arrayOnlyYjs() {
  return {
    name: 'comptoir:array-only-yjs',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const [, cuts] = Object.entries(FILES).find(([end]) => id.endsWith(end)) ?? [];
      if (!cuts) return undefined;
      let cut = code;
      for (const { what, pattern, by } of cuts) {
        if (!pattern.test(cut)) this.error(`${id} changed: ${what} is not where it was.`);
        cut = cut.replace(pattern, by);
      }
      return { code: cut, map: null };
    },
  };
}
