/** What this device can prove to be: its own grant, and the grants of others that it has met. */
import { decodeContent } from '../../shared/entry/content.ts';
import { decodeEntry } from '../../shared/entry/entry.ts';
import { Kind } from '../../shared/entry/kinds.ts';
import type { Row } from '../../shared/conversation/row.ts';
import { type SignedGrant, decodeGrant, verifyGrant } from '../../shared/grant/grant.ts';
import { fingerprintOf, ownMemberOf } from '../../shared/hash.ts';
import type { DeviceKey, Fingerprint } from '../../shared/ids.ts';
import { createWritable } from '../store/readable.ts';
import type { Me } from '../store/sync-port.ts';
import type { Database } from './database.ts';
import { verifyWithWebCrypto } from './identity.ts';

export class Credentials {
  readonly me;
  readonly grants = createWritable<ReadonlyMap<DeviceKey, SignedGrant>>(new Map());
  readonly #database: Database;
  readonly #community: Fingerprint;
  readonly #seen = new WeakSet<Row>();
  #communityKey: Uint8Array | undefined;

  constructor(database: Database, community: Fingerprint, device: DeviceKey) {
    this.#database = database;
    this.#community = community;
    this.me = createWritable<Me>({ device, member: ownMemberOf(device), grant: null });
  }

  async load(): Promise<void> {
    const [key, grant] = await Promise.all([
      this.#database.get(['community-key']),
      this.#database.get(['grant']),
    ]);
    this.#communityKey = key as Uint8Array | undefined;
    this.#takeOwn(grant === undefined ? null : decodeGrant(grant as Uint8Array));
  }

  /** Takes this device's grant: the relay's at each hello, or a redeemed invitation's. */
  async adopt(grant: Uint8Array, communityKey: Uint8Array): Promise<void> {
    if (fingerprintOf(communityKey) !== this.#community) {
      throw new RangeError('not the key of this community');
    }
    const own = grant.length === 0 ? null : await this.#verified(grant, communityKey);
    if (own !== null && own.device !== this.me.get().device) throw new RangeError('not our grant');
    this.#communityKey = communityKey;
    await this.#database.write((transaction) => {
      transaction.put(['community-key'], communityKey);
      if (own) transaction.put(['grant'], own.bytes);
      else transaction.delete(['grant']);
    });
    this.#takeOwn(own);
  }

  /** Learns the grants that `join` entries carry. */
  async learn(rows: readonly Row[]): Promise<void> {
    if (this.#communityKey === undefined) return;
    const met: SignedGrant[] = [];
    for (const row of rows) {
      if (row.type !== 'entry' || row.entry[1] !== Kind.join || this.#seen.has(row)) continue;
      this.#seen.add(row);
      const grant = await this.#joined(row.entry, this.#communityKey);
      if (grant) met.push(grant);
    }
    if (met.length > 0) this.#add(met);
  }

  async #joined(bytes: Uint8Array, key: Uint8Array): Promise<SignedGrant | undefined> {
    try {
      const entry = decodeEntry(bytes, this.#community);
      const content = decodeContent(entry.kind, entry.body);
      if (content.kind !== 'join') return undefined;
      const grant = await this.#verified(content.grant, key);
      return grant.device === entry.author ? grant : undefined;
    } catch {
      return undefined; // proves nothing: its author stands as a visitor
    }
  }

  async #verified(bytes: Uint8Array, key: Uint8Array): Promise<SignedGrant> {
    const grant = decodeGrant(bytes);
    if (!(await verifyGrant(bytes, this.#community, key, verifyWithWebCrypto))) {
      throw new RangeError('grant not signed by the community');
    }
    return grant;
  }

  #takeOwn(grant: SignedGrant | null): void {
    const { device } = this.me.get();
    this.me.set({ device, member: grant?.member ?? ownMemberOf(device), grant });
    if (grant) this.#add([grant]);
  }

  #add(grants: readonly SignedGrant[]): void {
    const all = new Map(this.grants.get());
    for (const grant of grants) {
      if (grant.expires >= (all.get(grant.device)?.expires ?? 0)) all.set(grant.device, grant);
    }
    this.grants.set(all);
  }
}
