/** A space as a manager writes it: what is given of one that is there, or of a new one. */
import type { LocalText, SpaceRecord } from '../../../shared/protocol/records.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { SpaceId } from '../../../shared/ids.ts';

/** What was given; the rest stays as it is. */
export interface SpaceChange {
  readonly name?: LocalText | undefined;
  readonly mode?: keyof typeof SpaceMode | undefined;
  readonly greeting?: LocalText | undefined;
  readonly intro?: LocalText | undefined;
  readonly suggestions?: readonly LocalText[] | undefined;
  readonly charter?: LocalText | undefined;
  readonly promise?: LocalText | undefined;
  readonly attributes?: readonly string[] | undefined;
  readonly contacts?: boolean | undefined;
  readonly hideAfter?: number | undefined;
  readonly publish?: 'before' | 'after' | undefined;
}

/** A space of which nothing is said yet: the chat has its own words for that. */
export const blankSpace = (id: SpaceId): SpaceRecord => ({
  id,
  name: {},
  mode: SpaceMode.closed,
  greeting: {},
  intro: {},
  suggestions: [],
  charter: {},
  promise: {},
});

export function editedSpace(space: SpaceRecord, change: SpaceChange): SpaceRecord {
  const { mode, suggestions = space.suggestions } = change;
  const attributes = change.attributes ?? space.attributes;
  const contacts = change.contacts ?? space.contacts;
  const hideAfter = change.hideAfter ?? space.hideAfter;
  const publish = change.publish ?? space.publish;
  return {
    ...space,
    name: edited(space.name, change.name),
    mode: mode === undefined ? space.mode : SpaceMode[mode],
    greeting: edited(space.greeting, change.greeting),
    intro: edited(space.intro, change.intro),
    suggestions: suggestions
      .map((text) => edited({}, text))
      .filter((text) => Object.keys(text).length > 0),
    charter: edited(space.charter, change.charter),
    promise: edited(space.promise, change.promise),
    ...(attributes && { attributes }),
    ...(contacts !== undefined && { contacts }),
    ...(hideAfter !== undefined && { hideAfter }),
    ...(publish !== undefined && { publish }),
  };
}

/** Language by language, so that two managers who write two languages lose nothing; empty: not in that one. */
function edited(text: LocalText, change: LocalText = {}): LocalText {
  const all = Object.entries({ ...text, ...change }).map(([lang, said]) => [lang, said.trim()]);
  return Object.fromEntries(all.filter(([, said]) => said !== ''));
}
