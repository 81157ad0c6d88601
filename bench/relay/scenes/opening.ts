/** People who come: to a long history, at their desk, all at once; and what those cost who only stay. */
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../../figures/quantile.ts';
import { SERVERS, type ServerName } from '../servers/servers.ts';
import { type Scene, type Stage, measured } from './scene.ts';

const KEEPING = (Object.keys(SERVERS) as ServerName[]).filter((name) => SERVERS[name].keeps);
/** Longer than a server lets a change wait in memory. */
const WRITTEN_MS = 3_000;
const SPOKEN = 50;

/** So many rooms in each of which the visitor has said so much; nobody is there, and it is on disk. */
async function history({ load }: Stage, rooms: number, entries: number): Promise<void> {
  await load.do('found', rooms, 0);
  await load.do('makeBurst', entries);
  await load.do('burst');
  await pause(WRITTEN_MS);
  await load.do('cut');
}

const coldOpen = (entries: number): Scene => ({
  about: `a room of ${entries} entries opened on a new device, right after the server has started again`,
  servers: KEEPING,
  async run(stage) {
    const { load, server } = stage;
    await history(stage, 1, entries);
    await server.restart();
    const { result: cold, cpuMs } = await measured(stage, () => load.do('open', entries));
    const warm = await load.do('open', entries);
    return { 'cold ms': cold, 'again ms': warm, 'CPU ms': cpuMs };
  },
});

const memory = (rooms: number): Scene => ({
  about: `memory of ${rooms} rooms with ${SPOKEN} messages after a restart: each with a reader, then with none`,
  async run(stage) {
    const { load, server, isShort } = stage;
    const count = isShort ? rooms / 10 : rooms;
    await history(stage, count, SPOKEN);
    await server.restart();
    const before = await server.rssMb();
    await load.do('back');
    const open = await server.rssMb();
    await load.do('cut');
    await pause(1_000);
    const idle = await server.rssMb();
    const kbOf = (mb: number): number => ((mb - before) * 1_024) / count;
    return { 'MB empty': before, 'KB an open room': kbOf(open), 'KB an idle room': kbOf(idle) };
  },
});

const idle = (sockets: number): Scene => ({
  about: `${sockets} sockets that say nothing`,
  async run({ load, server, isShort }) {
    const count = isShort ? sockets / 10 : sockets;
    await load.do('idle', 10);
    const before = await server.rssMb();
    await load.do('idle', count);
    const after = await server.rssMb();
    const seconds = isShort ? 2 : 22; // a keepalive each
    const cpu = server.cpuMs();
    await pause(seconds * 1_000);
    return {
      MB: after,
      'KB a socket': ((after - before) * 1_024) / count,
      'CPU %': (server.cpuMs() - cpu) / seconds / 10,
    };
  },
});

const back = (clients: number): Scene => ({
  about: `${clients} clients, each with a room of its own, that were cut off and dial at once`,
  async run(stage) {
    const { load, isShort } = stage;
    await history(stage, isShort ? clients / 10 : clients, 5);
    await load.do('back');
    await load.do('cut');
    await pause(1_000);
    const { result, cpuMs } = await measured(stage, async () => {
      const took = await load.do('backAtOnce');
      await pause(500);
      return took;
    });
    return { 'all back ms': result, 'CPU s': cpuMs / 1_000 };
  },
});

const desk = (desks: number, channels: number): Scene => ({
  about: `${desks} desks that open at once, each with ${channels} conversations of ${SPOKEN} messages fetched ahead`,
  servers: KEEPING,
  async run(stage) {
    const { load } = stage;
    await history(stage, channels, SPOKEN);
    const { result, cpuMs } = await measured(stage, () => load.do('desks', desks, channels));
    return {
      'p50 ms': quantile(result, 0.5),
      'last ms': quantile(result, 1),
      'CPU ms a desk': cpuMs / desks,
    };
  },
});

export const opening = {
  'cold-open-100': coldOpen(100),
  'cold-open-10000': coldOpen(10_000),
  'memory-1000': memory(1_000),
  'idle-5000': idle(5_000),
  'back-1000': back(1_000),
  'desk-64': desk(10, 64),
} satisfies Readonly<Record<string, Scene>>;
