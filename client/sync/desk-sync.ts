/** Sync of the desk: what a visitor never does, so that their script does not carry it. */
import { bytesToText, concatBytes } from '../../shared/bytes.ts';
import type { Row } from '../../shared/conversation/row.ts';
import { type Purpose, domainPrefix } from '../../shared/domain.ts';
import { textBytes } from '../../shared/hash.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import { keepForLong } from './keep-for-long.ts';
import { inPieces } from './outbox/in-pieces.ts';
import type { DeskSync } from '../store/sync-port.ts';
import type { PrivateState } from './private-state.ts';
import { dropReplica, keptReplicas } from './rooms/replica-store.ts';
import * as settings from './settings.ts';
import { SyncCore, type SyncCoreOptions } from './sync-core.ts';
import type { TabMessage } from './tab-message.ts';

export interface DeskSyncOptions extends SyncCoreOptions {
  readonly privateState: PrivateState;
}

export class DeskSyncCore extends SyncCore implements DeskSync {
  readonly #options: DeskSyncOptions;
  #available = true;
  #atDesk = false;

  constructor(options: DeskSyncOptions) {
    super(options);
    this.#options = options;
    this.me.subscribe(() => this.#meChanged());
    this.#meChanged();
  }

  override async load(): Promise<void> {
    await super.load();
    const available = await settings.readSetting<boolean>(this.#options.database, 'available');
    this.#available = available ?? true;
  }

  get privateRecords(): DeskSync['privateRecords'] {
    return this.#options.privateState.values;
  }

  async keptRooms(): Promise<readonly { readonly name: RoomName; readonly changedAt: number }[]> {
    const kept = await keptReplicas(this.#options.database);
    return kept.map(({ name, record }) => ({ name, changedAt: record.changedAt }));
  }

  async writePrivate(key: string, value: string): Promise<void> {
    const record = { value, time: this.now() };
    await this.#options.privateState.write(key, record);
    this.post({ type: 'private', key, record });
    this.#putPrivate();
  }

  async setAvailable(available: boolean): Promise<void> {
    await this.writeSetting('available', available);
    this.#takeAvailable(available);
    this.post({ type: 'available', available });
  }

  async adoptGrant(grant: Uint8Array, communityKey: Uint8Array): Promise<void> {
    await this.#options.credentials.adopt(grant, communityKey);
    this.post({ type: 'me' });
    this.watchMember();
    this.redial();
    keepForLong();
  }

  signRedeem(code: string, name: string): Promise<string> {
    return this.#sign('redeem', `${code}\n${name}`);
  }

  signSession(host: string, nonce: string): Promise<string> {
    return this.#sign('session', `${host}\n${nonce}`);
  }

  async #sign(purpose: Purpose, text: string): Promise<string> {
    const said = concatBytes(domainPrefix(purpose, this.community), textBytes(text));
    return bytesToText(await this.#options.identity.sign(said));
  }

  protected override contact(): void {
    this.#takeAvailable(this.#available);
    this.#putPrivate();
  }

  protected override takeMemberRoom(rows: readonly Row[]): void {
    super.takeMemberRoom(rows);
    this.#options.privateState.settle(rows);
  }

  protected override async fromTab(message: TabMessage, from: string): Promise<void> {
    switch (message.type) {
      case 'private':
        this.#options.privateState.take(message.key, message.record);
        this.#putPrivate();
        break;
      case 'available':
        this.#takeAvailable(message.available);
        break;
      default:
        await super.fromTab(message, from);
    }
  }

  #takeAvailable(available: boolean): void {
    this.#available = available;
    if (this.me.get().grant && this.leads) this.say({ type: 'available', available });
  }

  #putPrivate(): void {
    if (!this.leads) return;
    const { unsettled } = this.#options.privateState;
    for (const records of inPieces(unsettled, ({ value }) => value.length * 3)) {
      this.say({ type: 'put', records });
    }
  }

  /** Somebody who leaves the desk takes nobody's conversations along. */
  #meChanged(): void {
    const { grant } = this.me.get();
    const link = this.link.get();
    const blocked = link.status === 'online' && (link.blockedUntil ?? 0) > this.now();
    if (this.#atDesk && !grant && !blocked) void this.#forgetOthers().catch(() => {});
    this.#atDesk = grant !== null;
  }

  async #forgetOthers(): Promise<void> {
    const own = new Set(this.asked.get().map(({ id }) => `conversation/${id}`));
    for (const { name } of await keptReplicas(this.#options.database)) {
      const isOthers = name.startsWith('conversation/') && !own.has(name);
      if (isOthers || name.startsWith('inbox/')) await dropReplica(this.#options.database, name);
    }
  }
}
