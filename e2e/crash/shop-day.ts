/** The acts during which a relay is made to die: each sort of write that an entry's path has. */
import type { Entry } from '../../shared/entry/entry.ts';
import type { Ledger } from './ledger.ts';

/** Plays it to its end, or until the relay is gone. */
export async function shopDay(ledger: Ledger): Promise<void> {
  const visitor = await ledger.connect(ledger.visitor);
  const helper = await ledger.connect(ledger.helper);
  const text = (what: string) => ({ kind: 'say', text: `${what} ${crypto.randomUUID()}` }) as const;
  await ledger.ask(visitor, `question ${crypto.randomUUID()}`);
  await ledger.send(helper, { kind: 'claim' });
  const said = await ledger.send(visitor, text('first'), text('second'), text('third'));
  await ledger.send(helper, text('answer'));
  await ledger.retract(visitor, said[1] as Entry);
  await ledger.send(visitor, text('after all'));
  await ledger.send(helper, { kind: 'close' });
  await ledger.send(visitor, text('one more'));
  for (const device of [visitor, helper]) if (device.closed === null) await device.close();
}
