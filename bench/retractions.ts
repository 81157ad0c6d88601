/**
 * 3,000 retractions in a conversation of 19,000 entries, through a whole relay in this process, and
 * what somebody else waits for an answer meanwhile. Run: `node bench/retractions.ts`.
 */
import { startTestRelay } from '../relay/testing/start-test-relay.ts';
import { TestDevice, TestIdentity } from '../relay/testing/test-device.ts';
import type { Entry } from '../shared/entry/entry.ts';
import { parseFingerprint } from '../shared/ids.ts';

const ENTRIES = 19_000;
const RETRACTIONS = 3_000;
const AT_ONCE = 50;

const test = await startTestRelay({
  config: { entriesPerMinute: 10_000_000, socketsPerAddress: 1_000 },
});
const { fingerprint } = (await (await fetch(`${test.url}/api/community`)).json()) as {
  fingerprint: string;
};
const community = parseFingerprint(fingerprint);
const identity = new TestIdentity();
const attacker = await TestDevice.connect(test.socketUrl, community, { identity });
const honest = await TestDevice.connect(test.socketUrl, community);
const theirs = await honest.ask('How long does an answer take?');
const { conversation } = await attacker.ask('The one that it is about');

async function send(entries: readonly Entry[]): Promise<number> {
  let worst = 0;
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const start = performance.now();
    const outcomes = await attacker.submit(...entries.slice(from, from + AT_ONCE));
    const wrong = outcomes.find(({ type }) => type !== 'durable');
    if (wrong) throw new Error(`answered ${JSON.stringify(wrong)}`);
    worst = Math.max(worst, performance.now() - start);
  }
  return worst;
}

const said: Entry[] = [];
const history: Entry[] = [];
for (let number = 0; number < ENTRIES; number++) {
  const content =
    number % 2 === 0
      ? ({ kind: 'say', text: `Word ${number}` } as const)
      : ({ kind: 'close' } as const);
  const entry = await identity.entry(community, conversation, content);
  history.push(entry);
  if (content.kind === 'say') said.push(entry);
}
const filled = performance.now();
await send(history);
console.log(`${ENTRIES} entries in ${Math.round(performance.now() - filled)} ms`);

const retractions: Entry[] = [];
for (const { id } of said.slice(0, RETRACTIONS)) {
  retractions.push(await identity.entry(community, conversation, { kind: 'retract', target: id }));
}
const over = new AbortController();
const waits: number[] = [];
const writing = (async () => {
  while (!over.signal.aborted) {
    const start = performance.now();
    await honest.write(theirs.conversation, { kind: 'say', text: 'And now?' });
    waits.push(performance.now() - start);
    await new Promise((next) => setTimeout(next, 20));
  }
})();
const cpu = process.threadCpuUsage();
const start = performance.now();
const worst = await send(retractions);
const took = performance.now() - start;
const { user, system } = process.threadCpuUsage(cpu);
over.abort();
await writing;
waits.sort((a, b) => a - b);
console.log(
  `${RETRACTIONS} retractions in ${Math.round(took)} ms (${Math.round((user + system) / 1_000)} ms of the main thread)` +
    `, the slowest ${AT_ONCE} in ${Math.round(worst)} ms; somebody else waited ${Math.round(waits.at(-1) ?? 0)} ms at most` +
    ` of ${waits.length} times`,
);
await attacker.close();
await honest.close();
await test[Symbol.asyncDispose]();
