/** What this device can prove: its own grant, and the grants of others that it has met. */
import { decodeContent } from '../../shared/entry/content.ts';
import { decodeEntry } from '../../shared/entry/entry.ts';
import { Kind } from '../../shared/entry/kinds.ts';
import { type SignedGrant, decodeGrant, verifyGrant } from '../../shared/grant/grant.ts';
import { fingerprintOf, ownMemberOf } from '../../shared/hash.ts';
import type { DeviceKey, Fingerprint, MemberId } from '../../shared/ids.ts';
import { createWritable } from '../signals/readable.ts';
import type { Me } from '../store/sync-port.ts';
import type { Database } from './storage/database.ts';
import { verifyWithWebCrypto } from './identity.ts';

export class Credentials {
  readonly me;
  readonly grants = createWritable<ReadonlyMap<DeviceKey, SignedGrant>>(new Map());
  readonly #database: Database;
  readonly #community: Fingerprint;
  readonly #seen = new WeakSet<Uint8Array>();
  #communityKey: Uint8Array | undefined;
  /** Who the relay says this device is. With a grant, it is the grant's member. */
  #member: MemberId | undefined;
  /** Grants are adopted one after the other: a late check must not undo a newer grant. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(database: Database, community: Fingerprint, device: DeviceKey) {
    this.#database = database;
    this.#community = community;
    this.me = createWritable<Me>({ device, member: ownMemberOf(device), grant: null });
    database.remember((transaction) => {
      if (this.#communityKey) transaction.put(['community-key'], this.#communityKey);
      const { grant } = this.me.get();
      if (grant) transaction.put(['grant'], grant.bytes);
      if (this.#member) transaction.put(['member'], this.#member);
    });
  }

  async load(): Promise<void> {
    const [key, grant, member] = await Promise.all([
      this.#database.get(['community-key']),
      this.#database.get(['grant']),
      this.#database.get(['member']),
    ]);
    this.#communityKey = key as Uint8Array | undefined;
    this.#member = member as MemberId | undefined;
    this.#setOwn(grant === undefined ? null : decodeGrant(grant as Uint8Array));
  }

  /** Adopts this device's grant: the relay's at each hello, or a redeemed invitation's. */
  adopt(grant: Uint8Array, communityKey: Uint8Array, member?: MemberId): Promise<void> {
    const adopted = this.#turn.then(() => this.#adopt(grant, communityKey, member));
    this.#turn = adopted.catch(() => {}); // told to whoever asked
    return adopted;
  }

  async #adopt(
    grant: Uint8Array,
    communityKey: Uint8Array,
    member: MemberId | undefined,
  ): Promise<void> {
    if (fingerprintOf(communityKey) !== this.#community) {
      throw new RangeError('not the key of this community');
    }
    const own = grant.length === 0 ? null : await this.#verified(grant, communityKey);
    if (own !== null && own.device !== this.me.get().device) throw new RangeError('not our grant');
    this.#communityKey = communityKey;
    this.#member = own?.member ?? member;
    await this.#database.write((transaction) => {
      transaction.put(['community-key'], communityKey);
      if (own) transaction.put(['grant'], own.bytes);
      else transaction.delete(['grant']);
      if (this.#member) transaction.put(['member'], this.#member);
    });
    this.#setOwn(own);
  }

  /** Learns the grants that `join` entries carry. */
  async learn(entries: Iterable<Uint8Array>): Promise<void> {
    if (this.#communityKey === undefined) return;
    const met: SignedGrant[] = [];
    for (const entry of entries) {
      if (entry[1] !== Kind.join || this.#seen.has(entry)) continue;
      this.#seen.add(entry);
      const grant = await this.#joined(entry, this.#communityKey);
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

  #setOwn(grant: SignedGrant | null): void {
    const { device } = this.me.get();
    const member = grant?.member ?? this.#member ?? ownMemberOf(device);
    this.me.set({ device, member, grant });
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
