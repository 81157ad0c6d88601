/**
 * Answers of the relay that somebody waits for, one of each kind at a time. They are given up when the
 * link is cut.
 */
import type { FromRelay } from '../../../shared/protocol/control.ts';

type Type = 'linkCode' | 'linked';
type Answer<T extends Type> = Extract<FromRelay, { readonly type: T }>;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export class RelayAnswers {
  readonly #waiting = new Map<string, Waiting>();

  /** Waits for an answer. An earlier wait for one of that kind is given up. */
  wait<T extends Type>(type: T): Promise<Answer<T>> {
    this.#waiting.get(type)?.reject(new Error('asked again'));
    return new Promise((resolve, reject) => this.#waiting.set(type, { resolve, reject }));
  }

  resolve(answer: { readonly type: string }): void {
    this.#waiting.get(answer.type)?.resolve(answer as never);
    this.#waiting.delete(answer.type);
  }

  giveUp(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('offline'));
    this.#waiting.clear();
  }
}
