import { expect } from '@open-wc/testing';
import { Doc, applyUpdate, encodeStateAsUpdate } from 'yjs';
import { ROWS } from '../../../shared/conversation/row.ts';
import { RoomDocument } from './room-document.ts';

const row = (value: number): Uint8Array => new Uint8Array([value, value]);

/** A room as its writer holds it. */
function room(...values: number[]): Doc {
  const doc = new Doc();
  doc.getArray(ROWS).push(values.map(row));
  return doc;
}

describe('a room’s document', () => {
  it('tells what comes, and whether something went; not what is applied here', () => {
    const told: boolean[] = [];
    const document = new RoomDocument((_update, erases) => told.push(erases));
    const held = room(1, 2);
    document.apply([encodeStateAsUpdate(held)]);
    expect(told).to.deep.equal([]);
    held.getArray(ROWS).push([row(3)]);
    applyUpdate(document.doc, encodeStateAsUpdate(held));
    held.getArray(ROWS).delete(0, 1);
    applyUpdate(document.doc, encodeStateAsUpdate(held));
    expect(told).to.deep.equal([false, true]);
  });

  it('hands out the same array for a row that stays', () => {
    const document = new RoomDocument(() => {});
    const held = room(1, 2);
    document.apply([encodeStateAsUpdate(held)]);
    const [, second] = document.rows;
    held.getArray(ROWS).delete(0, 1);
    held.getArray(ROWS).push([row(3)]);
    document.apply([encodeStateAsUpdate(held)]);
    expect(document.rows[0]).to.equal(second);
    expect(document.rows[1]).to.deep.equal(row(3));
  });

  it('is blank until something was in it, and not again when all is erased', () => {
    const document = new RoomDocument(() => {});
    expect(document.isBlank).to.equal(true);
    const held = room(1);
    held.getArray(ROWS).delete(0, 1);
    document.apply([encodeStateAsUpdate(held)]);
    expect([document.isBlank, document.rows.length]).to.deep.equal([false, 0]);
  });
});
