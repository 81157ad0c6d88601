/**
 * The port `Sync` in memory, for store tests and previews:
 *
 *     const relay = await createMemoryRelay();
 *     const maud = await relay.helper({ name: 'Maud' });
 *     const visitor = await relay.visitor();
 *     const store = createChatStore(visitor, …);
 *     visitor.cut(); visitor.restore(); visitor.breakStorage('full');
 *
 * `relay.pause()` keeps submits unanswered, `relay.judge` answers in the relay's stead (`held`,
 * `later`, `refused`), `relay.now` is its clock, `relay.settled()` waits for the last answer.
 */
import { MemoryRelay } from './memory-relay.ts';

/** A relay with a plainly made-up shop as its space. */
export async function createMemoryRelay(): Promise<MemoryRelay> {
  const relay = await MemoryRelay.create();
  relay.setSpace({
    name: { fr: 'Boutique de démonstration', en: 'Demo shop' },
    mode: 0,
    greeting: { fr: 'Bonjour', en: 'Hello' },
    intro: {
      fr: 'Des clients et l’équipe vous répondent ici.',
      en: 'Customers and the team answer here.',
    },
    suggestions: [
      { fr: 'Ce sac passe-t-il en cabine ?', en: 'Does this bag fit in the cabin?' },
      { fr: 'Comment laver la veste ?', en: 'How do I wash the jacket?' },
    ],
    charter: { fr: 'Restons courtois.', en: 'Be kind.' },
    promise: { fr: 'd’ordinaire avant 9 h 30', en: 'usually by 9:30' },
  });
  return relay;
}
