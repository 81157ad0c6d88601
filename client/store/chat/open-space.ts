/**
 * What an open space asks everyone present: the questions of others, and the one invitation to help in a
 * visit. It is fetched only if a space is open.
 */
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { RecordRow } from '../../../shared/conversation/row.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import { type QuestionRecord, questionKey } from '../../../shared/protocol/records.ts';
import { memo } from '../../signals/reuse.ts';
import { kept } from '../kept.ts';
import { recordOf, recordValue, spaceMode } from '../space.ts';
import type { RoomHandle, RoomState, Sync } from '../sync-port.ts';
import { titleOf } from '../conversation/title.ts';

/** A question that somebody else asked of everyone here. */
export interface OpenQuestion {
  readonly id: ConversationId;
  readonly text: string;
  readonly askedAt: number;
  /** How many people answered. */
  readonly answerers: number;
}

export interface OpenSpaceView {
  /** Those without an answer first, then the newest. */
  readonly questions: readonly OpenQuestion[];
  /** "Can you help?": at most one in a visit, until it is followed or dismissed. */
  readonly invitation: OpenQuestion | null;
}

/** A visit is over once the page was away this long. */
const VISIT_MS = 30 * 60_000;
const TOUCH_EVERY_MS = 60_000;
/** When a page of a visit with an invitation was last open, ms. */
const SETTING = 'invited';

export interface OpenSpaceOptions {
  readonly sync: Sync;
  readonly room: RoomHandle;
  /** What it shows changed. */
  readonly changed: () => void;
}

export class OpenSpace {
  readonly #options: OpenSpaceOptions;
  readonly #undo: (() => void)[] = [];
  /** The question that this page invites to. An earlier page's invitation is over. */
  #invited: ConversationId | null = null;
  /** When this visit's invitation came or was last remembered, ms; 0 if there was none. */
  #touched = 0;
  #looking = false;
  #disposed = false;

  constructor(options: OpenSpaceOptions) {
    this.#options = options;
    const look = (): void => void this.#look();
    for (const source of [options.room.state, options.sync.link])
      this.#undo.push(source.subscribe(look));
    const timer = setInterval(() => isVisible() && this.#touch(), TOUCH_EVERY_MS);
    const moved = (): void => (isVisible() ? look() : this.#touch());
    document.addEventListener('visibilitychange', moved);
    this.#undo.push(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', moved);
    });
    look();
  }

  /** Null in a closed space. */
  get view(): OpenSpaceView | null {
    const { sync, room } = this.#options;
    const { rows } = room.state.get();
    if (spaceMode(recordOf(rows, 'space')) !== SpaceMode.open) return null;
    const questions = this.#questions(rows, sync.asked.get(), sync.me.get());
    const invitation = questions.find(({ id }) => id === this.#invited);
    return { questions, invitation: invitation?.answerers === 0 ? invitation : null };
  }

  /** The visitor wants no invitation in this visit, or has followed it. */
  dismiss(): void {
    if (this.#invited === null) return;
    this.#invited = null;
    this.#options.changed();
  }

  /** The visitor looks at a conversation: somebody who reads questions of others needs no invitation. */
  opened(id: ConversationId): void {
    if (this.view?.questions.some((question) => question.id === id)) this.dismiss();
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    for (const undo of this.#undo.splice(0)) undo();
  }

  readonly #questions = memo(
    (
      rows: RoomState['rows'],
      asked: ReturnType<Sync['asked']['get']>,
      me: ReturnType<Sync['me']['get']>,
    ): readonly OpenQuestion[] => {
      const own = new Set(asked.map(({ id }) => id));
      return rows
        .filter(
          (row): row is RecordRow => row.type === 'record' && row.key.startsWith(questionKey('')),
        )
        .map((row) => recordValue(row) as QuestionRecord | null)
        .filter((record) => record !== null)
        .filter(({ asker, conversation }) => asker !== me.member && !own.has(conversation))
        .map(({ conversation: id, text, askedAt, answerers }) => ({
          id,
          text: titleOf(text),
          askedAt,
          answerers,
        }))
        .toSorted(
          (a, b) => Number(a.answerers > 0) - Number(b.answerers > 0) || b.askedAt - a.askedAt,
        );
    },
  );

  /** Invites, if there is something to invite to and this visit has had no invitation. */
  async #look(): Promise<void> {
    if (this.#looking || this.#lasts(this.#touched) || !this.#waiting()) return;
    this.#looking = true;
    // Another page of this browser may have invited meanwhile.
    const before = await this.#options.sync.readSetting<number>(SETTING).catch(() => undefined); // `storage` says why
    this.#looking = false;
    const question = this.#waiting();
    if (this.#disposed) return;
    if (this.#lasts(before)) this.#remember();
    else if (question) {
      this.#invited = question.id;
      this.#remember();
      this.#options.changed();
    }
  }

  /** The newest question without an answer, if the visitor is on this page. */
  #waiting(): OpenQuestion | undefined {
    const here = this.#options.sync.link.get().status === 'online' && isVisible();
    return here ? this.view?.questions.find(({ answerers }) => answerers === 0) : undefined;
  }

  #lasts(at: number | undefined): boolean {
    return Date.now() - (at ?? 0) < VISIT_MS;
  }

  /** The visit goes on: its invitation is remembered while the page is open. */
  #touch(): void {
    if (this.#lasts(this.#touched)) this.#remember();
  }

  #remember(): void {
    this.#touched = Date.now();
    void kept(this.#options.sync.writeSetting(SETTING, this.#touched));
  }
}

const isVisible = (): boolean => document.visibilityState === 'visible';

/** What makes it, once its code has loaded. */
export const openSpacePart = (options: OpenSpaceOptions): OpenSpace => new OpenSpace(options);

export type OpenSpacePart = typeof openSpacePart;
