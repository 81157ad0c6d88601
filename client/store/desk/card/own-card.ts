/**
 * A helper's own card, as they edit it: what the relay has, what they typed since (kept on this device
 * until saved), and their photo.
 */
import { Limits } from '../../../../shared/limits.ts';
import type { OwnCard } from '../../../../shared/api/cards.ts';
import type { CardRecord } from '../../../../shared/protocol/records.ts';
import type { Answer, RequestProblem, SessionApi } from '../../session-api.ts';
import { kept } from '../../kept.ts';
import { shrinkPhoto } from './shrink-photo.ts';
import type { Sync } from '../../sync-port.ts';

export type CardFields = Omit<OwnCard, 'photo'>;

export interface OwnCardState {
  /** `known`: the relay has told it. Until then the card is as the space shows it. */
  readonly status: 'loading' | 'known' | 'unknown';
  /** What the form shows. */
  readonly fields: CardFields;
  /** Something typed is not saved. */
  readonly changed: boolean;
  /** What is being saved, or was last. */
  readonly save: 'idle' | 'saving' | 'saved';
  readonly problem: RequestProblem | null;
  readonly photo: {
    /** Where it is; empty without one. */
    readonly url: string;
    /** A manager has not seen it yet. */
    readonly held: boolean;
    readonly busy: boolean;
    readonly problem: RequestProblem | null;
  };
}

export interface OwnCardStore {
  /** Reads it again from the relay, when its screen opens or the network is back. */
  open(): Promise<void>;
  /** Keeps what is being typed. */
  edit(fields: CardFields): void;
  save(): Promise<void>;
  setPhoto(file: Blob): Promise<void>;
  removePhoto(): Promise<void>;
}

const DRAFT = 'card-draft';
const EMPTY: CardFields = { name: '', topics: [], store: '', owns: [] };

export interface LiveOwnCardOptions {
  readonly sync: Pick<Sync, 'readSetting' | 'writeSetting'>;
  readonly api: Pick<SessionApi, 'ask'>;
  readonly relay: string;
  readonly changed: () => void;
}

export class LiveOwnCard implements OwnCardStore {
  readonly #options: LiveOwnCardOptions;
  #confirmed: OwnCard | null = null;
  #draft: CardFields | null = null;
  #loading = false;
  #save: OwnCardState['save'] = 'idle';
  #problem: RequestProblem | null = null;
  #photoBusy = false;
  #photoProblem: RequestProblem | null = null;

  constructor(options: LiveOwnCardOptions) {
    this.#options = options;
  }

  /** Reads what was typed before. */
  async load(): Promise<void> {
    const draft = await this.#options.sync
      .readSetting<CardFields | null>(DRAFT)
      .catch(() => undefined); // `storage` says why
    this.#draft ??= draft ?? null;
  }

  /** @param shown the card as the space shows it */
  state(shown: CardRecord | undefined): OwnCardState {
    const known = this.#confirmed ?? shown;
    const photo = this.#confirmed
      ? this.#confirmed.photo
      : shown?.photo && { name: shown.photo, held: false };
    return {
      status: this.#confirmed ? 'known' : this.#loading ? 'loading' : 'unknown',
      fields: this.#draft ?? (known ? fieldsOf(known) : EMPTY),
      changed: this.#draft !== null,
      save: this.#save,
      problem: this.#problem,
      photo: {
        url: photo ? `${this.#options.relay}/api/photos/${photo.name}` : '',
        held: photo ? photo.held : false,
        busy: this.#photoBusy,
        problem: this.#photoProblem,
      },
    };
  }

  async open(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    if (this.#save === 'saved') this.#save = 'idle'; // that was told before
    this.#changed();
    const answer = await this.#options.api.ask('GET /api/me/card');
    this.#loading = false;
    this.#problem = this.#keep(answer);
    this.#changed();
  }

  edit(fields: CardFields): void {
    this.#draft = this.#confirmed && isSame(fields, this.#confirmed) ? null : fields;
    this.#save = 'idle';
    if (this.#problem !== 'offline') this.#problem = null;
    this.#keepDraft();
    this.#changed();
  }

  async save(): Promise<void> {
    const sent = this.#draft;
    if (this.#save === 'saving' || sent?.name.trim() === '') return;
    this.#save = sent ? 'saving' : 'saved';
    if (!sent) return this.#changed();
    this.#problem = null;
    this.#changed();
    const answer = await this.#options.api.ask('PUT /api/me/card', sent);
    this.#problem = this.#keep(answer);
    // What was typed meanwhile is not saved yet.
    if (answer.ok && this.#draft === sent) {
      this.#draft = null;
      this.#keepDraft();
    }
    this.#save = answer.ok && this.#draft === null ? 'saved' : 'idle';
    this.#changed();
  }

  setPhoto(file: Blob): Promise<void> {
    return this.#photo(async () => {
      const small = await shrinkPhoto(file);
      if (small.size > Limits.photoBytes) return { ok: false, problem: 'too-big' };
      return this.#options.api.ask('PUT /api/me/photo', small);
    });
  }

  removePhoto(): Promise<void> {
    return this.#photo(() => this.#options.api.ask('DELETE /api/me/photo'));
  }

  async #photo(act: () => Promise<Answer<OwnCard>>): Promise<void> {
    if (this.#photoBusy) return;
    this.#photoBusy = true;
    this.#photoProblem = null;
    this.#changed();
    this.#photoProblem = this.#keep(await act());
    this.#photoBusy = false;
    this.#changed();
  }

  #keep(answer: Answer<OwnCard>): RequestProblem | null {
    if (!answer.ok) return answer.problem;
    this.#confirmed = answer.value;
    if (this.#draft && isSame(this.#draft, answer.value)) {
      this.#draft = null;
      this.#keepDraft();
    }
    return null;
  }

  #keepDraft(): void {
    void kept(this.#options.sync.writeSetting(DRAFT, this.#draft));
  }

  #changed(): void {
    this.#options.changed();
  }
}

const fieldsOf = ({ name, topics, store = '', owns = [] }: OwnCard | CardRecord): CardFields => ({
  name,
  topics,
  store,
  owns,
});

const isSame = (one: CardFields, other: CardFields): boolean =>
  one.name === other.name &&
  one.store === other.store &&
  one.topics.join('\n') === other.topics.join('\n') &&
  one.owns.join('\n') === other.owns.join('\n');
