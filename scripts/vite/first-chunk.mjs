// Writes into the loader the name of the chunk that it imports first, so that it can have it fetched before
// the frame has run anything.

/** Where the name comes to stand: see client/roots/load-chat.ts. */
const PLACE = 'comptoir:first';

/** @returns {import('vite').Plugin} */
export function firstChunk() {
  return {
    name: 'comptoir:first-chunk',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const first = Object.keys(bundle).find((name) => /comptoir-chat-[\w-]+\.js$/.test(name));
        const loader = bundle['comptoir.js'];
        if (first === undefined || loader?.type !== 'chunk' || !loader.code.includes(PLACE))
          throw new Error('the loader or its first chunk is not where it was');
        loader.code = loader.code.replace(PLACE, `./${first}`);
      },
    },
  };
}
