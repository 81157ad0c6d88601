/** The servers that are measured beside each other, and what each has promised when somebody sees an entry. */
import { join } from 'node:path';

/** Which wire a server speaks. */
export type WireName = 'comptoir' | 'plain' | 'y-websocket' | 'hocuspocus';

export interface ServerKind {
  readonly about: string;
  /** What is certain once another person sees an entry. */
  readonly promise: string;
  readonly wire: WireName;
  /** What Node runs. Comptoir's is in the checkout that is measured. */
  readonly entry: string;
  /** Whether it still has what was said after it was stopped and started. */
  readonly keeps: boolean;
}

const own = (name: string): string => join(import.meta.dirname, `${name}.ts`);

export const SERVERS = {
  bare: {
    about: 'bare ws broadcast',
    promise: 'nothing: not kept',
    wire: 'plain',
    entry: own('bare'),
    keeps: false,
  },
  floor: {
    about: 'bare ws that fdatasyncs in groups, then broadcasts',
    promise: 'on disk',
    wire: 'plain',
    entry: own('bare'),
    keeps: false,
  },
  hocuspocus: {
    about: '@hocuspocus/server 4 with its SQLite extension',
    promise: 'in memory; the document on disk 2 to 10 s later',
    wire: 'hocuspocus',
    entry: own('hocuspocus'),
    keeps: true,
  },
  'y-websocket': {
    about: '@y/websocket-server 0.1 with LevelDB',
    promise: 'in memory; given to the system soon after, never synced',
    wire: 'y-websocket',
    entry: own('y-websocket'),
    keeps: true,
  },
  comptoir: {
    about: 'Comptoir',
    promise: 'on disk, signature and permission checked',
    wire: 'comptoir',
    entry: 'relay/start.js',
    keeps: true,
  },
} as const satisfies Readonly<Record<string, ServerKind>>;
export type ServerName = keyof typeof SERVERS;

/** What a server is told of where it lives, and of limits that one machine full of people would meet. */
export function environmentOf(name: ServerName, port: number, data: string): NodeJS.ProcessEnv {
  const env = { PORT: String(port), NODE_ENV: 'production', UV_USE_IO_URING: '0' };
  switch (name) {
    case 'bare':
    case 'hocuspocus':
      return { ...env, BENCH_DATA: data };
    case 'floor':
      return { ...env, BENCH_DATA: data, BENCH_FLOOR: '1' };
    case 'y-websocket':
      return { ...env, YPERSISTENCE: join(data, 'level') };
    case 'comptoir':
      return {
        ...env,
        COMPTOIR_DATA: data,
        COMPTOIR_ENTRIES_PER_MINUTE: '1000000',
        COMPTOIR_QUESTIONS_PER_HOUR: '1000000',
        COMPTOIR_SOCKETS_PER_ADDRESS: '10000',
      };
  }
}
