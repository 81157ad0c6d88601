/** A generator: a process of its own, which does what it is told. */
import { Acts } from './acts.ts';
import type { Answer, Order } from './generator.ts';

const acts = new Acts();

process.once('disconnect', () => process.exit()); // the bench was stopped

process.on('message', (order: Order) => {
  void (async (): Promise<void> => {
    const answer: Answer = await doIt(order).then(
      (result) => ({ result }),
      (error: unknown) => ({ error: error instanceof Error ? String(error.stack) : String(error) }),
    );
    process.send?.(answer);
  })();
});

async function doIt({ act, args }: Order): Promise<unknown> {
  const method = acts[act] as (...given: unknown[]) => unknown;
  return method.apply(acts, [...args]);
}
