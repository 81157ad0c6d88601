/**
 * A crowd at a relay, in a process of its own until it is killed: `crowd-process.ts <what> <url> <fingerprint> <from>`.
 * Each of its people does the same again as soon as they may. Tells its parent what was done.
 */
import { Agent, request } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fingerprint } from '../../../shared/ids.ts';
import { TestDevice, TestIdentity } from '../../testing/test-device.ts';

const [what, url = '', community = '', from = 'one'] = process.argv.slice(2);
const PEOPLE = 60;
let acts = 0;

/** All behind the address of honest people, or each at another one. */
const addressOf = (person: number): string =>
  from === 'one' ? '127.0.0.1' : `127.${1 + (person % 50)}.0.${1 + (person % 200)}`;

/** Fetches a file again and again on a connection that is kept. */
function fetchesFiles(path: string): (person: number) => () => Promise<void> {
  return (person) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    return () =>
      new Promise((resolve) => {
        const asked = request(`${url}${path}`, { agent, localAddress: addressOf(person) });
        asked.once('error', () => resolve());
        asked.once('response', (answer) => {
          answer.resume().once('close', resolve);
        });
        asked.end();
      });
  };
}

/** Dials, says hello and is gone. */
function saysHello(person: number): () => Promise<void> {
  const identity = new TestIdentity();
  const socketUrl = `${url.replace('http', 'ws')}/sync`;
  return async () => {
    const device = await TestDevice.connect(socketUrl, community as Fingerprint, {
      identity,
      from: addressOf(person),
    });
    device.socket.terminate();
  };
}

const kinds = {
  files: fetchesFiles('/large.js'),
  faces: fetchesFiles('/api/spaces/demo/face'),
  hellos: saysHello,
} as const;

async function goOn(act: () => Promise<void>): Promise<never> {
  for (;;) {
    await act().catch(() => {}); // it was cut, as it may be
    acts++;
    await nextTurn();
  }
}

setInterval(() => process.send?.(acts), 100);
process.once('disconnect', () => process.exit());
for (let person = 0; person < PEOPLE; person++)
  void goOn(kinds[what as keyof typeof kinds](person));
