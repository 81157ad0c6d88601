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
    const erasures: boolean[] = [];
    const document = new RoomDocument((_update, erases) => erasures.push(erases));
    const relayDoc = room(1, 2);
    document.apply([encodeStateAsUpdate(relayDoc)]);
    expect(erasures).to.deep.equal([]);
    relayDoc.getArray(ROWS).push([row(3)]);
    applyUpdate(document.doc, encodeStateAsUpdate(relayDoc));
    relayDoc.getArray(ROWS).delete(0, 1);
    applyUpdate(document.doc, encodeStateAsUpdate(relayDoc));
    expect(erasures).to.deep.equal([false, true]);
  });

  it('hands out the same array for a row that stays', () => {
    const document = new RoomDocument(() => {});
    const relayDoc = room(1, 2);
    document.apply([encodeStateAsUpdate(relayDoc)]);
    const [, second] = document.rows;
    relayDoc.getArray(ROWS).delete(0, 1);
    relayDoc.getArray(ROWS).push([row(3)]);
    document.apply([encodeStateAsUpdate(relayDoc)]);
    expect(document.rows[0]).to.equal(second);
    expect(document.rows[1]).to.deep.equal(row(3));
  });

  it('is blank until something was in it, and not again when all is erased', () => {
    const document = new RoomDocument(() => {});
    expect(document.isBlank).to.equal(true);
    const relayDoc = room(1);
    relayDoc.getArray(ROWS).delete(0, 1);
    document.apply([encodeStateAsUpdate(relayDoc)]);
    expect([document.isBlank, document.rows.length]).to.deep.equal([false, 0]);
  });
});
