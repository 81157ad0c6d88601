/** What a generator does when it is told to. Each act's arguments and answer travel between processes. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { TestIdentity } from '../../../relay/testing/test-device.ts';
import { Crowd, type Place, inGroups, many } from './crowd.ts';
import { quantile } from '../../figures/quantile.ts';
import type { Held } from './wires/wire.ts';
import { random } from './random.ts';

/** What a generator says of how people fared, and of itself. */
export interface Told {
  /** Entries. */
  readonly entries: number;
  /** From sending until another person had it, ms. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Until the last of the room had it, ms. */
  readonly lastP50: number;
  readonly lastP99: number;
  /** From the first sent to the last had, ms. */
  readonly tookMs: number;
  /** Deliveries that never came, and entries that were answered and not taken. */
  readonly lost: number;
  readonly refused: number;
  /** The generator's own load: share of a core, and by how much its loop was late. */
  readonly loadCpu: number;
  readonly loadLag: number;
}

/** After this nothing more is waited for. */
const GIVE_UP_MS = 40_000;
/** Entries that somebody sends without having seen them come back. */
const WINDOW = 50;

export class Acts {
  #crowd: Crowd | undefined;
  #due: readonly number[] = [];
  #held: Held[] = [];

  get #people(): Crowd {
    if (!this.#crowd) throw new Error('nobody is there yet');
    return this.#crowd;
  }

  async start(place: Place): Promise<void> {
    this.#crowd = await Crowd.start(place);
  }

  async found(
    rooms: number,
    helpers: number,
    screen: { readonly visitor?: 'widget'; readonly helper?: 'desk' } = {},
  ): Promise<void> {
    await this.#people.found(rooms, helpers, screen);
  }

  /** Strangers who read along, each with a line. */
  async readers(room: number, count: number): Promise<void> {
    await this.#people.sit(many(count, () => ({ room, who: new TestIdentity() })));
  }

  /** Questions that nobody opens. */
  async asks(count: number): Promise<void> {
    const crowd = this.#people;
    const line = await crowd.join([], crowd.helpers[0]!, -1);
    line.send(await crowd.asks(new TestIdentity(), count));
    await line.answered();
    line.close();
  }

  async answers(room: number, count: number): Promise<void> {
    const line = this.#people.lines[room]!;
    line.send(await this.#people.answers(room, count));
    await line.answered();
  }

  /** Signs what is said in some seconds: in each room something every so often, by one after the other. */
  async makeChat(seconds: number, everyMs: readonly [number, number], seed: number): Promise<void> {
    const crowd = this.#people;
    const next = random(seed);
    const inRoom = Map.groupBy(crowd.seats.keys(), (seat) => crowd.seats[seat]!.room);
    const said: { readonly at: number; readonly seat: number }[] = [];
    for (const seats of inRoom.values()) {
      const wait = (): number => everyMs[0] + next() * (everyMs[1] - everyMs[0]);
      let turn = Math.floor(next() * seats.length);
      for (let at = next() * everyMs[1]; at < seconds * 1_000; at += wait())
        said.push({ at, seat: seats[turn++ % seats.length]! });
    }
    said.sort((a, b) => a.at - b.at);
    this.#due = said.map(({ at }) => at);
    const [seats] = inRoom.values();
    await crowd.sign(
      said.map(({ seat }) => seat),
      (seats?.length ?? 1) - 1,
    );
  }

  /** Says it, each thing at its time. */
  chat(): Promise<Told> {
    const { ready, lines, deliveries } = this.#people;
    return this.#measured(async (start) => {
      for (const [index, { number, seat, entry }] of ready.entries()) {
        const early = start + (this.#due[index] ?? 0) - performance.now();
        if (early > 0.5) await pause(early);
        deliveries.sent(number);
        lines[seat]!.send([entry]);
      }
    });
  }

  /** Signs the same number of entries for everybody. */
  async makeBurst(each: number, text?: string): Promise<void> {
    const crowd = this.#people;
    const people = crowd.seats.length;
    const perRoom = people / crowd.rooms.length;
    await crowd.sign(
      many(each * people, (index) => index % people),
      perRoom - 1,
      text,
    );
  }

  /** Signs what the first in the first room says. */
  async makeOneByOne(entries: number, text?: string): Promise<void> {
    await this.#people.sign(
      many(entries, () => 0),
      0,
      text,
    );
  }

  /** Everybody says all they have, as fast as they see it come back. */
  burst(window = WINDOW): Promise<Told> {
    const { ready, lines, deliveries } = this.#people;
    const waiting = Map.groupBy(ready, ({ seat }) => seat);
    const send = (seat: number, count: number): void => {
      const entries = waiting.get(seat)?.splice(0, count) ?? [];
      for (const { number } of entries) deliveries.sent(number);
      if (entries.length > 0) lines[seat]!.send(entries.map(({ entry }) => entry));
    };
    deliveries.onEcho(send);
    return this.#measured(async () => {
      for (const seat of waiting.keys()) send(seat, window);
    });
  }

  /** One says something from time to time; all others of the room get it. */
  async makeSpeech(entries: number): Promise<void> {
    const crowd = this.#people;
    await crowd.sign(
      many(entries, () => 0),
      crowd.seats.length - 1,
    );
  }

  speech(everyMs: number): Promise<Told> {
    const { ready, lines, deliveries } = this.#people;
    return this.#measured(async () => {
      for (const { number, entry } of ready) {
        deliveries.sent(number);
        lines[0]!.send([entry]);
        await pause(everyMs);
      }
    });
  }

  cut(): void {
    this.#people.cut();
  }

  /** How long somebody waits for everything that was said in the first room, on a new device. */
  async open(entries: number): Promise<number> {
    const crowd = this.#people;
    crowd.expect(entries);
    const start = performance.now();
    const line = await crowd.join([0], crowd.rooms[0]!.visitor, 0);
    await crowd.deliveries.all(GIVE_UP_MS);
    const took = performance.now() - start;
    line.close();
    if (crowd.deliveries.left > 0) throw new Error(`${crowd.deliveries.left} entries are missing`);
    return took;
  }

  /** Everybody sits down again, some at a time. */
  async back(): Promise<void> {
    const crowd = this.#people;
    await inGroups(crowd.seats, async ({ room, who }, index) => {
      crowd.lines[index] = await crowd.join([room], who, index);
    });
    this.#held = crowd.lines.map(({ held }) => held);
  }

  /** Everybody dials at once, with what their device kept; how long until the last one has everything. */
  async backAtOnce(): Promise<number> {
    const crowd = this.#people;
    const start = performance.now();
    await Promise.all(
      crowd.seats.map(async ({ room, who }, index) => {
        const held = this.#held[index];
        crowd.lines[index] = await crowd.join([room], who, index, { held, screen: 'widget' });
      }),
    );
    return performance.now() - start;
  }

  /** People who are only connected. */
  async idle(count: number): Promise<void> {
    const crowd = this.#people;
    await inGroups(
      many(count, () => new TestIdentity()),
      async (who) => {
        crowd.lines.push(await crowd.join([], who, -1, { screen: 'widget' }));
      },
    );
  }

  /** Helpers who open their desk at once, with so many conversations fetched ahead; ms each waited. */
  async desks(count: number, conversations: number): Promise<number[]> {
    const crowd = this.#people;
    const rooms = [...crowd.rooms.keys()].slice(0, conversations);
    return Promise.all(
      many(count, async (index) => {
        const start = performance.now();
        const who = crowd.helpers[index % crowd.helpers.length]!;
        crowd.lines.push(await crowd.join(rooms, who, -1, { screen: 'desk' }));
        return performance.now() - start;
      }),
    );
  }

  async #measured(act: (start: number) => Promise<void>): Promise<Told> {
    const crowd = this.#people;
    const refused = crowd.refused;
    const lag = monitorEventLoopDelay({ resolution: 1 });
    lag.enable();
    const cpu = process.cpuUsage();
    const start = performance.now();
    await act(start);
    await crowd.deliveries.all(GIVE_UP_MS);
    const tookMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    lag.disable();
    const { times, lastTimes, left } = crowd.deliveries;
    return {
      entries: crowd.ready.length,
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      max: quantile(times, 1),
      lastP50: quantile(lastTimes, 0.5),
      lastP99: quantile(lastTimes, 0.99),
      tookMs,
      lost: left,
      refused: crowd.refused - refused,
      loadCpu: (user + system) / 1_000 / tookMs,
      loadLag: lag.percentile(99) / 1e6,
    };
  }
}
