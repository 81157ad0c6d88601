/** What a desk does beside every surface, so that a visitor's script does not carry it. */
import { bytesToText, concatBytes } from '../../shared/bytes.ts';
import { readEntryRow } from '../../shared/conversation/read-row.ts';
import type { Row } from '../../shared/conversation/row.ts';
import { type Purpose, domainPrefix } from '../../shared/domain.ts';
import { coversSpace } from '../../shared/grant/grant.ts';
import { textBytes } from '../../shared/hash.ts';
import type { SpaceId } from '../../shared/ids.ts';
import { MemberKey } from '../../shared/protocol/records.ts';
import { type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import { createWritable } from '../signals/readable.ts';
import type { DeskSync, Sync } from '../store/sync-port.ts';
import type { TabMessage } from './contact/tab-message.ts';
import { inPieces } from './outbox/in-pieces.ts';
import { keptRows } from './rooms/kept-rows.ts';
import { dropReplica, keptReplicas } from './rooms/replica-store.ts';
import { keepForLong } from './storage/keep-for-long.ts';
import type { SyncHost, SyncPart } from './sync-part.ts';
import { PrivateState } from './private-state.ts';

/** Whether the member takes questions, on all their devices. */
const AVAILABLE = `${MemberKey.setting}available`;

export class DeskPart implements SyncPart {
  /** What the desk's port has beside `Sync`. */
  readonly acts: Omit<DeskSync, keyof Sync>;
  readonly #host: SyncHost;
  readonly #privateState: PrivateState;
  readonly #available = createWritable(true);
  /** Whose desks this device is at; null: none. */
  #spaces: readonly SpaceId[] | null = null;

  constructor(host: SyncHost) {
    this.#host = host;
    this.#privateState = new PrivateState(host.database, () => host.contact.now());
    this.acts = {
      privateRecords: this.#privateState.values,
      keptRooms: async () => {
        const kept = await keptReplicas(host.database);
        return kept.map(({ name, record }) => ({ name, changedAt: record.changedAt }));
      },
      readKept: (name) => keptRows(host.database, name),
      writePrivate: (key, value) => this.#writePrivate(key, value),
      available: this.#available,
      setAvailable: (available) => this.#writePrivate(AVAILABLE, JSON.stringify(available)),
      adoptGrant: (grant, communityKey) => this.#adoptGrant(grant, communityKey),
      signRedeem: (code, name) => this.#sign('redeem', `${code}\n${name}`),
      signSession: (at, nonce) => this.#sign('session', `${at}\n${nonce}`),
    };
    const { me } = host.credentials;
    me.subscribe(() => this.#meChanged());
    this.#privateState.values.subscribe(() => this.#readAvailable());
    this.#meChanged();
  }

  async load(): Promise<void> {
    await this.#privateState.load();
  }

  welcomed(): void {
    this.#tellAvailable();
    this.#putPrivate();
  }

  memberRows(rows: readonly Row[]): void {
    this.#privateState.rowsChanged(rows);
  }

  fromTab(message: TabMessage): void {
    switch (message.type) {
      case 'private':
        this.#privateState.mirror(message.key, message.record);
        this.#putPrivate();
        break;
      default: // every surface's
    }
  }

  async #writePrivate(key: string, value: string): Promise<void> {
    const { contact } = this.#host;
    const record = { value, time: contact.now() };
    await this.#privateState.write(key, record);
    contact.post({ type: 'private', key, record });
    this.#putPrivate();
  }

  async #adoptGrant(grant: Uint8Array, communityKey: Uint8Array): Promise<void> {
    const { credentials, contact } = this.#host;
    await credentials.adopt(grant, communityKey);
    contact.post({ type: 'me' });
    this.#host.watchMember();
    contact.redial();
    keepForLong();
  }

  async #sign(purpose: Purpose, text: string): Promise<string> {
    const { community, identity } = this.#host;
    const said = concatBytes(domainPrefix(purpose, community), textBytes(text));
    return bytesToText(await identity.sign(said));
  }

  /** A pause is the person's: whichever device it was set on, each of them tells the relay of it. */
  #readAvailable(): void {
    const available = this.#privateState.values.get().get(AVAILABLE) !== 'false';
    if (available === this.#available.get()) return;
    this.#available.set(available);
    this.#tellAvailable();
  }

  #tellAvailable(): void {
    const { contact, credentials } = this.#host;
    const available = this.#available.get();
    if (credentials.me.get().grant && contact.leads) contact.say({ type: 'available', available });
  }

  #putPrivate(): void {
    const { contact } = this.#host;
    if (!contact.leads) return;
    for (const records of inPieces(this.#privateState.pending, ({ value }) => value.length * 3)) {
      contact.say({ type: 'put', records });
    }
  }

  /** Somebody who leaves the desk, or the desk of a space, keeps nobody's conversations of there. */
  #meChanged(): void {
    const { contact, credentials } = this.#host;
    const { grant } = credentials.me.get();
    const link = contact.link.get();
    const blocked = link.status === 'online' && (link.blockedUntil ?? 0) > contact.now();
    const before = this.#spaces;
    this.#spaces = grant?.spaces ?? (blocked ? before : null);
    if (before && this.#spaces?.join() !== before.join())
      void this.#forgetOthers(this.#spaces).catch(() => {});
  }

  /** @param spaces whose desks this device is at; null: none */
  async #forgetOthers(spaces: readonly SpaceId[] | null): Promise<void> {
    const { database, member } = this.#host;
    const own = new Set(member.asked.get().map(({ id }) => `conversation/${id}`));
    for (const { name } of await keptReplicas(database)) {
      if (own.has(name)) continue;
      const space = await this.#spaceOf(name);
      const isOthers = name.startsWith('conversation/') || name.startsWith('inbox/');
      const goesOn = spaces !== null && (space === undefined || coversSpace(spaces, space));
      if (isOthers && !goesOn) await dropReplica(database, name);
    }
  }

  /** The space whose desk has a room; none if it is everybody's. */
  async #spaceOf(name: RoomName): Promise<SpaceId | undefined> {
    const room = parseRoom(name);
    if (room.kind === 'inbox') return room.id;
    if (room.kind !== 'conversation') return undefined;
    for (const row of await keptRows(this.#host.database, name)) {
      if (row.type !== 'entry') continue;
      const content = readEntryRow(row, this.#host.community).read?.content;
      if (content?.kind === 'ask') return content.space;
    }
    return undefined;
  }
}
