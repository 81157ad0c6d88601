// `npm run dev`: a relay that restarts when its code changes, and Vite with reload for the pages.
import { spawn } from 'node:child_process';
import { createServer } from 'vite';

const port = Number(process.env['PORT'] ?? 8787);
process.env['COMPTOIR_DEV_RELAY'] = `http://127.0.0.1:${port}`;
const pagesOrigin = 'http://localhost:5173';
const relay = spawn(process.execPath, ['--watch', 'relay/start.js'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    PORT: String(port),
    COMPTOIR_ORIGINS: [process.env['COMPTOIR_ORIGINS'], pagesOrigin].filter(Boolean).join(','),
  },
});
const vite = await createServer({ mode: 'pages', server: { port: 5173, strictPort: true } });
await vite.listen();
console.log(`\nPages with reload: ${pagesOrigin}/ (shop), ${pagesOrigin}/desk/`);

async function stop() {
  relay.kill('SIGTERM');
  await vite.close();
}
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
relay.once('exit', (code) => void vite.close().then(() => process.exit(code ?? 0)));
