/** One run: a new server on an empty folder, a new generator, a scene. */
import { Generator } from './load/generator.ts';
import type { RelayBenchOptions } from './options.ts';
import type { Figures, Scene } from './scenes/scene.ts';
import { ServerProcess } from './servers/server-process.ts';
import { SERVERS, type ServerName } from './servers/servers.ts';

const HELPERS = 20;

export async function runScene(
  scene: Scene,
  name: ServerName,
  options: Pick<RelayBenchOptions, 'disk' | 'seed' | 'seconds' | 'isShort' | 'root' | 'profile'>,
): Promise<Figures> {
  const server = await ServerProcess.start(name, options);
  const load = new Generator();
  try {
    await load.do('start', {
      wire: SERVERS[name].wire,
      url: server.url,
      helpers: HELPERS,
      invitations: name === 'comptoir' ? await invitations(server) : [],
    });
    return await scene.run({ server, load, ...options });
  } finally {
    await load.end();
    await server.dispose();
  }
}

async function invitations(server: ServerProcess): Promise<string[]> {
  const links: string[] = [];
  for (let count = 0; count < HELPERS; count++) {
    const { link } = await server.office<{ link: string }>('POST', '/api/office/invitations', {});
    links.push(link);
  }
  return links;
}
