/** Puts a watched class in the place of WebSocket: what is dialled and sent, and how to make it go wrong. */
import { type Frame, decodeFrame } from '../../shared/protocol/frame.ts';

export interface WatchedSockets {
  /** Sockets dialled so far. */
  readonly dialled: number;
  /** Nothing that the relay says is heard while true. */
  mute: boolean;
  /** Closes each socket after this many messages; 0: never. */
  closeAfter: number;
  /** Cuts the socket dialled last. @param code as if the relay had closed it */
  cut(code?: number): void;
  /** Resolves at the next frame sent that passes. */
  sent(passes: (frame: Frame) => boolean): Promise<void>;
  /** Resolves when so many sockets have been dialled. */
  reached(count: number): Promise<void>;
  /** Puts the real class back. */
  undo(): void;
}

/** A code that is none of the protocol's and not final. */
const CUT = 3000;

export function watchSockets(): WatchedSockets {
  const Real = globalThis.WebSocket;
  const all: WebSocket[] = [];
  const looks = new Set<() => void>();
  const listeners = new Set<(frame: Frame) => void>();
  const watched: WatchedSockets = {
    get dialled() {
      return all.length;
    },
    mute: false,
    closeAfter: 0,
    cut: (code = CUT) => all.at(-1)?.close(code),
    sent: (passes) =>
      new Promise((resolve) => {
        const listener = (frame: Frame): void => {
          if (!passes(frame)) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
      }),
    reached: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (all.length < count) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    undo: () => {
      globalThis.WebSocket = Real;
    },
  };
  globalThis.WebSocket = class extends Real {
    #heard = 0;

    constructor(url: string | URL) {
      super(url);
      all.push(this);
      for (const look of looks) look();
    }

    override set onmessage(handler: ((event: MessageEvent) => void) | null) {
      super.onmessage =
        handler &&
        ((event: MessageEvent) => {
          if (watched.mute) return;
          handler(event);
          if (++this.#heard === watched.closeAfter) this.close(CUT);
        });
    }

    override send(data: ArrayBuffer): void {
      super.send(data);
      const frame = decodeFrame(new Uint8Array(data));
      for (const listener of listeners) listener(frame);
    }
  };
  return watched;
}
