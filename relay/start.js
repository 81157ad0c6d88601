/** The process entry: plain JavaScript, so that an old Node can say what is wrong before it meets TypeScript. */
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `Comptoir needs Node 24 or newer; this is ${process.version}. "npm start" runs it on the Node it brings along.\n`,
  );
  process.exit(1);
}
await import('./main.ts');
