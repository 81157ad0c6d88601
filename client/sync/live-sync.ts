/** The implementation of the port `Sync`, over the core that does the work. */
import type { Content } from '../../shared/entry/content.ts';
import { conversationIdOf } from '../../shared/entry/conversation-id.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { ConversationId, DeviceKey, EntryId, Fingerprint } from '../../shared/ids.ts';
import type { LinkOutcome } from '../../shared/protocol/control.ts';
import { type RoomName, parseRoom } from '../../shared/protocol/rooms.ts';
import type {
  AskedConversation,
  Decisions,
  LinkCode,
  Question,
  RoomHandle,
  Sync,
} from '../store/sync-port.ts';
import { keepForLong } from './storage/keep-for-long.ts';
import * as settings from './storage/settings.ts';
import type { SyncCore } from './sync-core.ts';

export class LiveSync implements Sync {
  readonly community: Fingerprint;
  readonly me: Sync['me'];
  readonly link: Sync['link'];
  readonly storage: Sync['storage'];
  readonly outbox: Sync['outbox'];
  readonly asked: Sync['asked'];
  readonly grants: Sync['grants'];
  readonly devices: Sync['devices'];
  readonly #core: SyncCore;
  /** As they are on the device. */
  readonly #drafts = new Map<string, string>();

  constructor(core: SyncCore) {
    this.#core = core;
    this.community = core.community;
    this.me = core.credentials.me;
    this.link = core.contact.link;
    this.storage = core.database.state;
    this.outbox = core.outbox.items;
    this.asked = core.member.asked;
    this.grants = core.credentials.grants;
    this.devices = core.member.devices;
    core.database.remember((transaction) => {
      for (const [key, text] of this.#drafts) if (text) transaction.put(['draft', key], text);
    });
  }

  now(): number {
    return this.#core.contact.now();
  }

  openRoom(name: RoomName): RoomHandle {
    const [replica, close] = this.#core.rooms.watch(name);
    const room = parseRoom(name);
    return {
      name,
      state: replica.state,
      typing: (typing) => this.#core.typing(name, typing),
      read: (seq) => {
        if (room.kind === 'conversation') void this.#core.markers.read(room.id, seq);
      },
      close,
    };
  }

  async ask(question: Question, draftKey?: string): Promise<ConversationId> {
    const { device } = this.me.get();
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const id = conversationIdOf(device, salt, this.community);
    const asked: AskedConversation = { id, space: question.space, askedAt: this.now() };
    const content: Content = { kind: 'ask', salt, ...question };
    await this.#core.writer.write(id, [content], draftKey, (transaction) =>
      transaction.put(['asked', id], asked),
    );
    this.#core.member.add(asked);
    this.#core.contact.post({ type: 'asked', asked });
    keepForLong();
    return id;
  }

  write(
    conversation: ConversationId,
    contents: readonly Content[],
    draftKey?: string,
  ): Promise<readonly Entry[]> {
    return this.#core.writer.write(conversation, contents, draftKey);
  }

  async decisions(): Promise<Decisions> {
    return (await this.#core.late()).decisions;
  }

  async dismiss(id: EntryId): Promise<boolean> {
    const gone = await this.#core.outbox.dismiss(id);
    if (gone) this.#core.contact.post({ type: 'outbox', put: [], drop: [id] });
    return gone;
  }

  retry(): void {
    this.#core.retry();
  }

  async readDraft(key: string): Promise<string> {
    const text = await settings.readDraft(this.#core.database, key);
    if (!this.#drafts.has(key)) this.#drafts.set(key, text);
    return text;
  }

  writeDraft(key: string, text: string): Promise<void> {
    this.#drafts.set(key, text);
    return settings.writeDraft(this.#core.database, key, text);
  }

  readSetting<T>(key: string): Promise<T | undefined> {
    return settings.readSetting<T>(this.#core.database, key);
  }

  writeSetting(key: string, value: unknown): Promise<void> {
    return settings.writeSetting(this.#core.database, key, value);
  }

  tellAttributes(attributes: Readonly<Record<string, string>>): void {
    this.#core.attributes.tell(attributes);
  }

  async linkCode(label: string): Promise<LinkCode> {
    return (await this.#core.late()).devices.linkCode(label);
  }

  async joinByCode(code: string, label: string): Promise<LinkOutcome> {
    return (await this.#core.late()).devices.join(code, label);
  }

  async removeDevice(device: DeviceKey): Promise<void> {
    await (await this.#core.late()).devices.remove(device);
  }

  async identify(token: string | null): Promise<void> {
    if (token === null && (await this.#core.database.get(['customer'])) === true) {
      await this.#core.end('signed-out');
    } else if ((token ?? '') !== this.#core.contact.token) this.#core.contact.identify(token ?? '');
  }

  erase(): Promise<void> {
    return this.#core.forget(null);
  }

  dispose(): void {
    this.#core.dispose();
  }
}
