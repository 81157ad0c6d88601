// A room's document holds one array of binary items, some deleted, and nothing else. Yjs names its
// other shared types (text, map, XML) and kinds of content in two tables and four getters of Doc;
// without those the bundler finds them unused. It saves a visitor 5 KB, and an update that claims to
// hold anything else is refused instead of built. See shared/decisions/0008-array-only-yjs.md.
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
];

/** @returns {import('vite').Plugin} */
export function arrayOnlyYjs() {
  return {
    name: 'comptoir:array-only-yjs',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/yjs/dist/yjs.mjs')) return undefined;
      let cut = code;
      for (const { what, pattern, by } of CUTS) {
        if (!pattern.test(cut)) this.error(`Yjs changed: ${what} is not where it was.`);
        cut = cut.replace(pattern, by);
      }
      return { code: cut, map: null };
    },
  };
}
