/** A room's Yjs document. It tells what comes from the relay, but not what is read from the device. */
import { Doc, type Transaction, applyUpdate, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { ROWS } from '../../../shared/conversation/row.ts';

/** The document changed by these bytes. `erases`: something in it was erased. */
export type DocumentChanged = (update: Uint8Array, erases: boolean) => void;

export class RoomDocument {
  readonly doc = new Doc();
  readonly #update: (update: Uint8Array, origin: unknown, doc: Doc, change: Transaction) => void;

  constructor(changed: DocumentChanged) {
    this.#update = (update, _origin, _doc, { deleteSet }) => {
      changed(update, deleteSet.clients.size > 0);
    };
    this.doc.on('update', this.#update);
  }

  /** The bytes of its live rows, in order of seq. An unchanged row is the same array each time. */
  get rows(): Uint8Array[] {
    const items: unknown[] = this.doc.getArray(ROWS).toArray();
    return items.filter((item) => item instanceof Uint8Array);
  }

  /** Nothing was ever in it. */
  get isBlank(): boolean {
    return this.doc.store.clients.size === 0;
  }

  get vector(): Uint8Array {
    return encodeStateVector(this.doc);
  }

  /** What a document that holds `vector` lacks; without a vector, everything. */
  updateSince(vector?: Uint8Array): Uint8Array {
    return encodeStateAsUpdate(this.doc, vector);
  }

  /** Applies what this device kept or another tab told. For whoever listens Yjs would encode it again. */
  apply(updates: readonly Uint8Array[]): void {
    this.doc.off('update', this.#update);
    try {
      this.doc.transact(() => {
        for (const update of updates) applyUpdate(this.doc, update);
      });
    } finally {
      this.doc.on('update', this.#update);
    }
  }

  dispose(): void {
    this.doc.destroy();
  }
}
