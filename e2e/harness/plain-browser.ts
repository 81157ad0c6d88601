/**
 * A Chromium as people run it, spoken to by its own protocol: Playwright turns the back-forward cache off, and
 * loses a page that comes out of it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';

interface Answer {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: Readonly<Record<string, unknown>>;
}

export class PlainBrowser {
  /** What kept pages out of the back-forward cache, as the browser tells it. */
  readonly notKept: unknown[] = [];
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #session = '';
  #count = 0;

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
      if (answer.method === 'Page.backForwardCacheNotUsed') this.notKept.push(answer.params);
    });
  }

  /** @param preferences what its person has set */
  static async launch(preferences: object = {}): Promise<PlainBrowser> {
    const profile = await mkdtemp(join(tmpdir(), 'comptoir-browser-'));
    await mkdir(join(profile, 'Default'));
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const own = [
      '--headless',
      '--remote-debugging-port=0',
      '--lang=fr',
      `--user-data-dir=${profile}`,
    ];
    const process = spawn(await findBrowser(), [...browserArgs, ...own, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await new Promise<string>((found) => {
      createInterface({ input: process.stderr }).on('line', (line) => {
        const [url] = /ws:\/\/\S+/.exec(line) ?? [];
        if (url !== undefined) found(url);
      });
    });
    const socket = new WebSocket(address);
    await once(socket, 'open');
    const browser = new PlainBrowser(process, profile, socket);
    await browser.#attach();
    return browser;
  }

  async #attach(): Promise<void> {
    const { targetInfos } = await this.#send('Target.getTargets');
    const targets = targetInfos as readonly { type: string; targetId: string }[];
    const { targetId } = targets.find(({ type }) => type === 'page')!;
    const { sessionId } = await this.#send('Target.attachToTarget', { targetId, flatten: true });
    this.#session = sessionId as string;
    await this.#send('Page.enable');
  }

  async #send(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#count;
    const session = this.#session === '' ? {} : { sessionId: this.#session };
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params, ...session }));
    const { result = {} } = await answered;
    return result;
  }

  /** Runs a function of no surroundings in the page. */
  async run<T>(work: () => T): Promise<T> {
    const expression = `(${String(work)})()`;
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result } = await this.#send('Runtime.evaluate', options);
    return (result as { value: T }).value;
  }

  /** Waits until a function of no surroundings gives something true in the page. */
  async until(work: () => boolean): Promise<void> {
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      if (await this.run(work)) return;
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error(`never: ${String(work)}`);
  }

  async goto(url: string): Promise<void> {
    await this.#send('Page.navigate', { url });
    await this.until(() => document.readyState === 'complete');
  }

  /** Puts a text where the focus is. */
  async type(text: string): Promise<void> {
    await this.#send('Input.insertText', { text });
  }

  async enter(): Promise<void> {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
    await this.#send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...key });
    await this.#send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }

  async close(): Promise<void> {
    this.#socket.close();
    const gone = once(this.#process, 'exit');
    this.#process.kill();
    await gone;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
