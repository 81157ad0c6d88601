/** The rules of a device's copy of a room: what is kept, dropped, set aside and offered, and when. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CloseCode } from '../protocol/close-codes.ts';
import {
  ReplicaBench,
  digestOf,
  idOf,
  kept,
  names,
  only,
  record,
  said,
  updateTo,
} from '../testing/replica-bench.ts';
import type { ReplicaEffect, ReplicaEvent } from './replica-events.ts';

const [a, b, c] = [said(0, 'a'), said(1, 'b'), said(2, 'c')];
/** Another history's, under the numbers of the first. */
const x = said(1, 'x');

const opened: ReplicaEvent = { type: 'opened', generation: 1 };
const setAside: ReplicaEvent = { type: 'setAside', failed: false };
const unknown: ReplicaEvent = { type: 'closed', code: CloseCode.unknownRoom };
const cut: ReplicaEvent = { type: 'closed', code: 1006 };

/** A device that leads and has nothing. */
function fresh(): ReplicaBench {
  const device = new ReplicaBench();
  device.say({ type: 'loaded', record: undefined, updates: [], aside: [] });
  device.say({ type: 'lead', kept: null });
  return device;
}

/** A device that leads, and agreed with its relay. */
function agreed(...rows: readonly Uint8Array[]): ReplicaBench {
  const device = new ReplicaBench();
  device.agreed(...rows);
  return device;
}

/** A device that follows another tab. */
function following(rows: readonly Uint8Array[], aside: readonly Uint8Array[] = []): ReplicaBench {
  const device = new ReplicaBench();
  device.say({ type: 'loaded', record: kept(), updates: [updateTo(...rows)], aside });
  return device;
}

const leaderUpdate = (
  update: Uint8Array | null,
  part: { generation?: number; epoch?: number; aside?: readonly Uint8Array[] } = {},
): ReplicaEvent => ({
  type: 'leaderUpdate',
  generation: 1,
  epoch: 0,
  status: 'synced',
  aside: [],
  update,
  ...part,
});

const idsOf = (rows: Extract<ReplicaEffect, { type: 'offer' }>['rows']): string[] =>
  rows.map(({ id }) => id);

describe('a replica that is opened', () => {
  it('shows what the device keeps before there is any relay', () => {
    const device = following([a, b], [c]);
    assert.equal(device.machine.status, 'local');
    assert.equal(device.machine.rows.length, 2);
    assert.deepEqual(device.overlay, [idOf('c')]);
    assert.deepEqual([...device.machine.numbered], [idOf('a'), idOf('b')]);
  });

  it('opens its room once it leads, and goes on in the generation that it holds', () => {
    const device = following([a]);
    assert.equal(names(device.say({ type: 'lead', kept: null })), 'open');
    assert.equal(names(device.say(opened)), 'sync');
  });

  it('takes on any generation while it holds nothing', () => {
    const device = fresh();
    assert.equal(names(device.say({ type: 'opened', generation: 7 })), 'sync');
    assert.equal(device.machine.generation, 7);
  });

  it('never mixes two generations, even when all it holds is erased', () => {
    for (const left of [[a, b], []]) {
      const device = agreed(a, b);
      device.hear(left);
      device.say(cut);
      assert.equal(names(device.say({ type: 'opened', generation: 2 })), 'close setAside');
      assert.equal(names(device.say(setAside)), 'drop open');
      assert.equal(device.machine.generation, 2);
      assert.equal(device.machine.epoch, 1);
    }
  });

  it('passes over the relay while another tab leads', () => {
    const device = following([a]);
    for (const event of [opened, digestOf([a, b]), unknown, cut])
      assert.deepEqual(device.say(event), []);
    assert.equal(device.machine.status, 'local');
  });
});

describe('what is kept on the device', () => {
  it('is what comes, at once, while nothing was held', () => {
    const device = fresh();
    device.say(opened);
    const effects = device.hear([a], 1_234);
    assert.equal(names(effects), 'append pass');
    assert.equal(only(effects, 'append').record.changedAt, 1_234);
    assert.equal(device.machine.sure, true);
  });

  it('is nothing of a contact before the digest agrees, then all of it', () => {
    const device = agreed(a);
    device.say(cut, opened);
    assert.equal(device.machine.sure, false);
    assert.deepEqual(device.hear([a, b]), []);
    const effects = device.say(digestOf([a, b]));
    assert.equal(names(effects), 'keepWhole pass agreed');
    assert.equal(only(effects, 'pass').update, null);
    assert.equal(only(effects, 'keepWhole').record.contactAt, 5_000);
    assert.equal(device.machine.sure, true);
    assert.equal(device.machine.status, 'synced');
  });

  it('is when the relay last agreed, if nothing changed', () => {
    const device = agreed(a);
    const effects = device.say(cut, opened, digestOf([a]));
    assert.equal(names(effects), 'sync keepRecord agreed');
    assert.deepEqual(only(effects, 'keepRecord').record, kept({ contactAt: 5_000 }));
  });

  it('says whether something went, so that no log keeps it', () => {
    const device = agreed(a);
    assert.equal(only(device.hear([a, b]), 'append').erases, false);
    assert.equal(only(device.hear([a]), 'append').erases, true);
  });

  it('is the whole after a write that failed', () => {
    const device = agreed(a);
    device.say({ type: 'notKept' });
    assert.equal(names(device.hear([a, b])), 'keepWhole pass');
    assert.equal(names(device.hear([a, b, c])), 'append pass');
  });
});

describe('a relay that holds other rows', () => {
  it('has the replica loaded again at once, with all that was held set aside first', () => {
    const device = agreed(a, b, c);
    device.say(cut, opened);
    device.hear([a, c]); // b went: another row of the other history was erased under its number
    const effects = device.say(digestOf([a, x]));
    assert.equal(names(effects), 'close setAside');
    const ids = idsOf(only(effects, 'setAside').rows).toSorted();
    assert.deepEqual(ids, [idOf('a'), idOf('b'), idOf('c')].toSorted());
    assert.deepEqual(device.rows, [a, c], 'dropped before it was kept aside');
    assert.equal(names(device.say(setAside)), 'drop open');
    assert.equal(device.machine.epoch, 1);
    assert.deepEqual(device.overlay.toSorted(), [idOf('a'), idOf('b'), idOf('c')].toSorted());
  });

  it('makes what is held doubtful until it is dropped, for each way it is found out', () => {
    for (const found of [digestOf([a, x]), unknown, { ...opened, generation: 2 } as const]) {
      const device = agreed(a);
      device.say(cut, opened);
      device.hear([a, b]); // never agreed: the outbox has it too
      if (found.type === 'opened') device.say(cut);
      assert.equal(names(device.say(found)), 'close setAside');
      assert.ok(device.machine.numbered.has(idOf('b')));
      assert.equal(device.machine.sure, false);
      device.say(setAside);
      assert.equal(device.machine.numbered.size, 0);
      assert.equal(device.machine.sure, true);
    }
  });

  it('does not stop a replica whose rows could not be set aside, nor one history be kept over another', () => {
    const device = agreed(a, b);
    device.say(cut, opened, digestOf([a, x]));
    assert.equal(names(device.say({ type: 'setAside', failed: true })), 'drop open');
    device.say(opened);
    assert.equal(names(device.hear([a, x])), 'keepWhole pass');
  });

  it('is asked less and less often when loading again does not help', () => {
    const device = agreed(a);
    device.say(cut, opened, digestOf([b]), setAside);
    const waits: number[] = [];
    for (let tries = 0; tries < 9; tries++) {
      device.say(opened);
      device.hear([a]);
      waits.push(only(device.say(digestOf([b])), 'wait').ms);
      assert.equal(names(device.say({ type: 'waited' })), 'close setAside');
      device.say(setAside);
    }
    assert.deepEqual(waits.slice(0, 3), [5_000, 10_000, 20_000]);
    assert.equal(waits.at(-1), 300_000);
    device.say(opened);
    device.hear([a]);
    device.say(digestOf([a]));
    assert.equal(names(device.say(cut, opened, digestOf([b]))), 'sync close setAside');
  });

  it('is not left by a replica that agreed while it waited', () => {
    const device = fresh();
    device.say(opened);
    device.hear([a]);
    assert.equal(only(device.say(digestOf([a, b])), 'wait').ms, 2_500);
    device.say(cut, opened);
    device.hear([a, b]);
    device.say(digestOf([a, b]));
    assert.deepEqual(device.say({ type: 'waited' }), []);
  });

  it('is compared row by row: the same number of others is not the same', () => {
    const device = agreed(a, b);
    assert.equal(names(device.say(cut, opened, digestOf([a, x]))), 'sync close setAside');
    assert.notEqual(device.machine.status, 'synced');
  });
});

describe('what is set aside', () => {
  /** A device whose relay went back to before `b` and `c`. */
  function restored(): ReplicaBench {
    const device = agreed(a, b, c);
    device.say(cut, opened, digestOf([a]), setAside, opened);
    device.hear([a]);
    return device;
  }

  it('is offered once the digest agrees, as far as the relay lacks it, and no sooner', () => {
    const device = restored();
    assert.deepEqual(device.say({ type: 'offerAgain' }), []);
    const effects = device.say(digestOf([a]));
    assert.equal(names(effects), 'keepRecord agreed dropAside offer');
    assert.deepEqual(only(effects, 'dropAside').ids, [idOf('a')]);
    assert.deepEqual(idsOf(only(effects, 'offer').rows), [idOf('b'), idOf('c')]);
    assert.deepEqual(device.overlay, [idOf('b'), idOf('c')]);
  });

  it('stays aside until the relay is known to have it back', () => {
    const device = restored();
    device.say(digestOf([a]), cut, opened);
    device.hear([a, b]);
    assert.deepEqual(device.overlay, [idOf('c')], 'shown once only');
    assert.deepEqual(device.say({ type: 'offerAgain' }), [], 'not yet agreed');
    const effects = device.say(digestOf([a, b]));
    assert.deepEqual(only(effects, 'dropAside').ids, [idOf('b')]);
    assert.deepEqual(idsOf(only(effects, 'offer').rows), [idOf('c')]);
  });

  it('is offered again when the relay may take what it put off', () => {
    const device = restored();
    device.say(digestOf([a]));
    const effects = device.say({ type: 'offerAgain' });
    assert.deepEqual(idsOf(only(effects, 'offer').rows), [idOf('b'), idOf('c')]);
  });

  it('takes in what went since the room was opened, which is not shown', () => {
    const device = agreed(a, b);
    device.say(cut, opened);
    device.hear([a]); // withdrawn, or another row under the same number was: nobody here can tell
    const effects = device.say(digestOf([a]));
    assert.deepEqual(idsOf(only(effects, 'keepWhole').aside), [idOf('b')]);
    assert.deepEqual(idsOf(only(effects, 'offer').rows), [idOf('b')]);
    assert.deepEqual(device.overlay, []);
  });

  it('takes in what came and went over several contacts before one agreed', () => {
    const device = agreed(a);
    device.say(cut, opened);
    device.hear([a, b]);
    device.say(cut, opened); // the relay was restored in between
    device.hear([a]);
    const effects = device.say(digestOf([a]));
    assert.deepEqual(idsOf(only(effects, 'offer').rows), [idOf('b')]);
  });

  it('takes in what went in a contact that was cut before it agreed', () => {
    const device = agreed(a, b);
    device.say(cut, opened);
    device.hear([a]);
    const effects = device.say(cut, opened, digestOf([a]));
    assert.deepEqual(idsOf(only(effects, 'offer').rows), [idOf('b')]);
  });

  it('is all that was held of a room that the relay does not know at all', () => {
    const device = agreed(a, b);
    const effects = device.say(cut, unknown);
    assert.equal(names(effects), 'close setAside');
    assert.equal(names(device.say(setAside)), 'drop open');
    assert.equal(device.machine.generation, 0);
    const offered = device.say(unknown);
    assert.deepEqual(idsOf(only(offered, 'offer').rows), [idOf('a'), idOf('b')]);
    assert.equal(device.machine.status, 'unknown');
    assert.deepEqual(device.overlay, [idOf('a'), idOf('b')]);
  });

  it('is entries only: records are the relay’s to write', () => {
    const device = agreed(record(0, 'k'), said(1, 'b'));
    const effects = device.say(cut, opened, digestOf([]));
    assert.deepEqual(idsOf(only(effects, 'setAside').rows), [idOf('b')]);
  });

  it('is nothing that the relay erased, now or later', () => {
    const device = restored();
    device.say(digestOf([a]));
    const effects = device.say({ type: 'erased', ids: [idOf('b'), idOf('other')] });
    assert.deepEqual(only(effects, 'dropAside').ids, [idOf('b')]);
    assert.deepEqual(device.overlay, [idOf('c')]);
    const again = agreed(a, b);
    again.say(cut, opened, { type: 'erased', ids: [idOf('b')] });
    again.hear([a]);
    assert.equal(names(again.say(digestOf([a]))), 'keepWhole pass agreed');
  });

  it('is not what the relay refused, unless it comes to be held again', () => {
    const device = restored();
    device.say(digestOf([a]));
    const effects = device.say({ type: 'refused', ids: [idOf('b')] });
    assert.deepEqual(only(effects, 'dropAside').ids, [idOf('b')]);
    device.hear([a, b]);
    const later = device.say(cut, opened, digestOf([x]));
    assert.ok(idsOf(only(later, 'setAside').rows).includes(idOf('b')));
  });
});

describe('a channel that closes', () => {
  it('leaves what is held on screen, no longer as all there is', () => {
    const device = agreed(a);
    device.say(cut);
    assert.equal(device.machine.status, 'local');
    device.say({ type: 'closed', code: CloseCode.forbidden });
    assert.equal(device.machine.status, 'refused');
    device.say(cut);
    assert.equal(device.machine.status, 'refused');
  });

  it('offers nothing of a room that was never held', () => {
    const device = fresh();
    assert.deepEqual(device.say(unknown), []);
    assert.equal(device.machine.status, 'unknown');
  });
});

describe('a tab that does not lead', () => {
  it('shows what the leading tab tells, and keeps nothing', () => {
    const device = following([]);
    assert.equal(names(device.say(leaderUpdate(updateTo(a, b), { aside: [c] }))), 'apply');
    assert.equal(device.machine.rows.length, 2);
    assert.deepEqual(device.overlay, [idOf('c')]);
    assert.equal(device.machine.status, 'synced');
    device.say(leaderUpdate(null));
    assert.deepEqual(device.overlay, []);
  });

  it('drops what it holds of another epoch or generation, and asks for all of it', () => {
    for (const other of [{ epoch: 1 }, { generation: 2 }]) {
      const device = following([a, b]);
      assert.equal(names(device.say(leaderUpdate(updateTo(x), other))), 'drop ask');
      assert.deepEqual(device.rows, [], 'an update is not all of it');
      assert.equal(names(device.say(leaderUpdate(updateTo(a, x), other))), 'apply');
      assert.equal(device.machine.rows.length, 2);
    }
  });

  it('is not told anything once it leads', () => {
    const device = agreed(a);
    assert.deepEqual(device.say(leaderUpdate(updateTo(b), { epoch: 4 })), []);
    assert.equal(device.machine.epoch, 0);
  });

  it('goes on, when it comes to lead, after what the other kept and told', () => {
    const device = following([a]);
    device.say(leaderUpdate(updateTo(a, b)));
    const effects = device.say({
      type: 'lead',
      kept: { record: kept(), updates: [updateTo(a, b)], aside: [c] },
    });
    assert.equal(names(effects), 'apply keepWhole open');
    assert.deepEqual(device.overlay, [idOf('c')]);
  });

  it('drops what it holds when the other had loaded the room anew', () => {
    const device = following([a, b]);
    const effects = device.say({
      type: 'lead',
      kept: { record: kept({ epoch: 1 }), updates: [updateTo(a, x)], aside: [b] },
    });
    assert.equal(names(effects), 'drop apply open');
    assert.equal(device.machine.epoch, 1);
    assert.deepEqual(device.overlay, [idOf('b')]);
  });

  it('keeps what it was told of a later epoch than the one that was kept', () => {
    const device = following([a]);
    device.say(leaderUpdate(null, { epoch: 1 }), leaderUpdate(updateTo(a, x), { epoch: 1 }));
    const effects = device.say({
      type: 'lead',
      kept: { record: kept(), updates: [updateTo(a, b)], aside: [] },
    });
    assert.equal(names(effects), 'keepWhole open');
    assert.deepEqual(device.rows, [a, x]);
  });

  it('keeps what it holds when the other died with nothing kept but rows aside', () => {
    const device = following([a]);
    const effects = device.say({
      type: 'lead',
      kept: { record: undefined, updates: [], aside: [a] },
    });
    assert.equal(names(effects), 'keepWhole open');
  });

  it('was closed when it led before, and waits for nothing', () => {
    const device = agreed(a, b);
    device.say(cut, opened, digestOf([a]));
    assert.equal(names(device.say({ type: 'follow' })), 'close');
    assert.deepEqual(device.say(setAside), [], 'another begins anew');
    assert.deepEqual(device.say({ type: 'waited' }), []);
    assert.equal(device.machine.status, 'local');
    assert.deepEqual(device.say(digestOf([a, b])), []);
  });
});
