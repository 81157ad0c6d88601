/** Fields that several routes share, checked the same way everywhere. */
import * as v from 'valibot';
import { Role, answersAtDesk, roleName } from '../../grant/roles.ts';
import { Limits } from '../../limits.ts';
import { parseDeviceKey, parseMemberId, parseSpaceId } from '../../ids.ts';
import { textToBytes } from '../../bytes.ts';
import { isPlainLine } from '../../text/plain-line.ts';
import { isVisible } from '../../text/plain-text.ts';
import { parseNameKey, parseTimeKey } from './page.ts';

/** A text that one of our functions checks and reads. */
const parsed = <T>(parse: (text: string) => T, message: string) =>
  v.pipe(
    v.string(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value);
      } catch {
        addIssue({ message });
        return NEVER;
      }
    }),
  );

export const memberId = parsed(parseMemberId, 'expected the id of a member, 22 characters');
export const deviceKey = parsed(parseDeviceKey, 'expected the key of a device, 43 characters');
export const spaceId = parsed(parseSpaceId, 'expected the name of a space: a-z, 0-9 and hyphens');
export const signature = parsed(
  (text) => textToBytes(text, 64),
  'expected a signature, 86 characters',
);

/** What a row is called that has no form of its own. */
export const rowId = v.pipe(v.string(), v.maxLength(64));

/** ms since the epoch. */
export const moment = v.number();
export const role = v.number();

const roleWhere = (holds: (role: Role) => boolean, message: string) =>
  v.pipe(
    v.number(),
    v.check((number) => roleName(number) !== undefined && holds(number as Role), message),
    v.transform((number) => number as Role),
  );

/** A role at the desk: what an invitation gives. */
export const deskRole = roleWhere(answersAtDesk, 'expected a role of the desk');
/** Role 0 takes a role at the desk away. */
export const anyRole = roleWhere(
  (role) => role === Role.visitor || answersAtDesk(role),
  'expected a role of the desk, or 0',
);

export const spaceIds = v.pipe(v.array(spaceId), v.maxLength(40));

/** One line of what people may write. */
export const plainLine = (longest: number) =>
  v.pipe(v.string(), v.maxLength(longest), v.check(isPlainLine, 'expected one line of plain text'));

/** The same, without spaces around. */
export const line = (longest: number) => v.pipe(v.string(), v.trim(), plainLine(longest));

/** Fillers, blanks and marks alone would leave a name empty on the screen. */
export const visible = v.check<string, string>(isVisible, 'expected something to see');

const item = v.pipe(line(Limits.cardItemLength), visible);
/** What a helper knows, or owns. */
export const items = v.pipe(v.array(item), v.maxLength(Limits.cardItems));

/** One manager writes it and another reads it, perhaps in a terminal: nothing in it may move the cursor. */
export const note = plainLine(200);

/** Things by name, one at least: to valibot an empty list is a record too. */
export const byName = <Name extends v.GenericSchema<string>, Value extends v.GenericSchema>(
  name: Name,
  value: Value,
) =>
  v.pipe(
    v.record(name, value),
    v.check((all) => Object.keys(all).length > 0, 'expected one at least'),
  );

/** A text by language. */
export const localText = v.record(v.string(), v.string());

/** A name of 40 characters is sorted by up to 720: one character may stand for eighteen. */
const AFTER_LENGTH = 800;
const after = v.pipe(v.string(), v.maxLength(AFTER_LENGTH));
const expectedNext = 'expected the `next` of the page before';

/** What a list takes: `after` the last of the page before, as its `next` says. */
export const paging = {
  after: v.optional(after),
  most: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (text) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100,
        'expected 1 to 100',
      ),
      v.transform(Number),
    ),
    '100',
  ),
};

/** The same for a list in the order of time, and of names. */
export const pagingByTime = {
  ...paging,
  after: v.optional(v.pipe(after, parsed(parseTimeKey, expectedNext))),
};
export const pagingByName = {
  ...paging,
  after: v.optional(v.pipe(after, parsed(parseNameKey, expectedNext))),
};

/** A page of a list. `next`: ask for `after` it; null at the end. */
export const pageOf = <const Item extends v.GenericSchema>(item: Item) =>
  v.object({ items: v.array(item), next: v.nullable(v.string()) });
