// `npm run manifest`: the elements' attributes, events, slots and parts, from their doc comments.
export default {
  globs: ['client/chat/**/*.ts', 'client/ui/**/*.ts'],
  exclude: ['**/*.test.ts', '**/testing/**'],
  litelement: true,
  outdir: '.',
  packagejson: false,
};
