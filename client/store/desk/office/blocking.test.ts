import { expect } from '@open-wc/testing';
import type { BlockReach, OfficeBlock } from '../../../../shared/api/blocks.ts';
import type { DeviceKey, MemberId } from '../../../../shared/ids.ts';
import type { Answer } from '../../session-api.ts';
import { LiveBlocking } from './blocking.ts';

const troll = 'T'.repeat(22) as MemberId;
const reach: BlockReach = { networks: 1, others: 2, spared: 0 };
const held = (id: string): OfficeBlock => ({
  id,
  subject: 'member',
  shown: troll,
  reason: '',
  created: 1,
  expires: null,
});
const no = { ok: false, problem: 'offline' } as const;

describe('blocking from the desk', () => {
  let answers: Record<string, Answer<unknown> | Promise<Answer<unknown>>>;
  let asked: (readonly [string, unknown])[];
  let blocking: LiveBlocking;
  beforeEach(() => {
    asked = [];
    answers = {
      'GET /api/office/block-reach': { ok: true, value: reach },
      'GET /api/office/blocks': { ok: true, value: { items: [held('old')], next: null } },
      'POST /api/office/blocks': { ok: true, value: [held('a'), held('b')] },
      'DELETE /api/office/blocks/:id': { ok: true, value: undefined },
    };
    blocking = new LiveBlocking(
      {
        office: (route, given) => {
          asked.push([route, given]);
          return Promise.resolve(answers[route]) as Promise<Answer<never>>;
        },
      },
      () => {},
    );
  });

  it('asks whom it would touch and what holds, for the person asked last', async () => {
    let late: (answer: Answer<unknown>) => void = () => {};
    answers['GET /api/office/block-reach'] = new Promise((resolve) => (late = resolve));
    const first = blocking.look('F'.repeat(22) as MemberId);
    answers['GET /api/office/block-reach'] = { ok: true, value: reach };
    await blocking.look(troll);
    late({ ok: true, value: { networks: 9, others: 9, spared: 9 } });
    await first;
    expect(blocking.state).to.deep.equal({
      reach,
      held: [held('old')],
      busy: false,
      problem: null,
    });
    expect(asked.at(-2)?.[1]).to.deep.equal({ query: { addressesOf: troll } });
  });

  it('says what keeps it from knowing', async () => {
    answers['GET /api/office/block-reach'] = no;
    await blocking.look(troll);
    expect([blocking.state.reach, blocking.state.problem]).to.deep.equal([null, 'offline']);
  });

  it('blocks once at a time, and lists what it made', async () => {
    await blocking.look(troll);
    const draft = { whom: { device: 'D'.repeat(43) as DeviceKey }, hours: 1, reason: 'x' };
    const [one, other] = await Promise.all([blocking.block(draft), blocking.block(draft)]);
    expect([one, other]).to.deep.equal([['a', 'b'], null]);
    const { whom, ...rest } = draft;
    expect(asked.at(-1)).to.deep.equal(['POST /api/office/blocks', { body: { ...whom, ...rest } }]);
    expect(blocking.state.held?.map(({ id }) => id)).to.deep.equal(['a', 'b', 'old']);
  });

  it('says why nobody was blocked, and can be tried again', async () => {
    answers['POST /api/office/blocks'] = { ok: false, problem: 'not-found' };
    const draft = { whom: { addressesOf: troll }, reason: '' };
    expect(await blocking.block(draft)).to.equal(null);
    expect(blocking.state.problem).to.equal('not-found');
    answers['POST /api/office/blocks'] = { ok: true, value: [held('a')] };
    expect(await blocking.block(draft)).to.deep.equal(['a']);
    expect(blocking.state.problem).to.equal(null);
  });

  it('lifts what is there, takes for lifted what is not, and says what it could not lift', async () => {
    await blocking.look(troll);
    answers['DELETE /api/office/blocks/:id'] = no;
    await blocking.lift(['old']);
    expect([blocking.state.held?.length, blocking.state.problem]).to.deep.equal([1, 'offline']);
    answers['DELETE /api/office/blocks/:id'] = { ok: false, problem: 'not-found' };
    await blocking.lift(['old']);
    expect([blocking.state.held?.length, blocking.state.problem]).to.deep.equal([0, null]);
  });
});
