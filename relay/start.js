/** The process entry: plain JavaScript, so that an old Node can say what is wrong before it meets TypeScript. */
const LEAST = 26;

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < LEAST) {
  process.stderr.write(
    `Comptoir needs Node ${LEAST} or newer; this is ${process.version}. Install it from nodejs.org, or use "npm start", which runs on the Node that "npm ci" brings along.\n`,
  );
  process.exit(1);
}
await import('./main.ts');
