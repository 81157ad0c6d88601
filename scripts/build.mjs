// Builds pages, then the widget beside them.
import { build } from 'vite';

const logLevel = process.argv.includes('--verbose') ? 'info' : 'warn';
await build({ mode: 'pages', logLevel });
await build({ mode: 'widget', logLevel });
