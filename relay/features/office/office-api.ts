/** The office's HTTP API: shapes in shared/protocol/api.ts. Whoever mounts it says who may use it: the command line's socket, or http/office-door.ts. */
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { Role, answersAtDesk, parseRole } from '../../../shared/grant/roles.ts';
import {
  type MemberId,
  type SpaceId,
  parseDeviceKey,
  parseMemberId,
  parseSpaceId,
} from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { apiError, parsedBody } from '../../http/api-error.ts';
import { line, plainLine } from '../../http/lines.ts';
import type { Office } from './office.ts';
import { photosApi } from '../cards/photos-api.ts';

/** A place at the desk: what an invitation gives. */
const deskRole = v.pipe(
  v.number(),
  v.check((role) => answersAtDesk(role as Role)),
  v.transform(parseRole),
);
const memberId = v.pipe(v.string(), v.transform(parseMemberId));
const spaces = v.pipe(v.array(v.pipe(v.string(), v.transform(parseSpaceId))), v.maxLength(40));
const item = v.pipe(line(Limits.cardItemLength), v.minLength(1));
const topics = v.pipe(v.array(item), v.maxLength(Limits.cardItems));
/** The command line prints it: nothing in it may move a terminal's cursor. */
const note = plainLine(200);
const YEAR_DAYS = 366;
const name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,39}$/i));

const inviteSchema = v.strictObject({
  role: v.optional(deskRole, Role.helper),
  spaces: v.optional(spaces, []),
  topics: v.optional(topics, []),
  note: v.optional(note, ''),
  member: v.optional(memberId),
  days: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(YEAR_DAYS)), 7),
});
const memberSchema = v.strictObject({
  role: v.optional(
    v.pipe(
      v.number(),
      v.check((role) => role === Role.visitor || answersAtDesk(role as Role)),
      v.transform(parseRole),
    ),
  ),
  spaces: v.optional(spaces),
  topics: v.optional(topics),
});
const blockSchema = v.pipe(
  v.strictObject({
    member: v.optional(memberId),
    device: v.optional(v.pipe(v.string(), v.transform(parseDeviceKey))),
    address: v.optional(v.pipe(v.string(), v.maxLength(64))),
    addressesOf: v.optional(memberId),
    reason: v.optional(note),
    hours: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(YEAR_DAYS * 24))),
  }),
  v.check(
    ({ member, device, address, addressesOf }) =>
      [member, device, address, addressesOf].filter((one) => one !== undefined).length === 1,
  ),
);
const spaceSchema = v.strictObject({
  mode: v.optional(v.picklist(['open', 'closed'])),
  attributes: v.optional(v.pipe(v.array(name), v.maxLength(20))),
});

/** The office as an app. `manager`: whose acts they are, told by whoever lets them in; nobody's by the command line. */
export type OfficeApp = Hono<{ Variables: { manager?: MemberId } }>;

export function officeApi(office: Office): OfficeApp {
  const app: OfficeApp = new Hono();
  app.route('/photos', photosApi(office.cards));
  const done = (context: Context, found: boolean): Response =>
    found ? context.body(null, 204) : apiError(context, 'not-found', 'There is nothing like that.');

  /** The first that does not exist: a place in it would be one nowhere. */
  const unknownIn = (spaces: readonly SpaceId[] = []): SpaceId | undefined =>
    spaces.find((space) => !office.spaces().some(({ id }) => id === space));

  app.get('/invitations', async (context) => context.json(await office.invitations()));
  app.post('/invitations', async (context) => {
    const body = await parsedBody(context, inviteSchema);
    if (!body)
      return badRequest(
        context,
        'Expected a role, spaces, topics, a note, a member; days, 1 to 366.',
      );
    const unknown = unknownIn(body.spaces);
    if (unknown !== undefined) return badRequest(context, `There is no space “${unknown}”.`);
    const draft = { ...body, madeBy: context.get('manager') ?? null };
    if (body.member === undefined) return context.json(await office.invite(draft), 201);
    const member = await office.member(body.member);
    if (!member || !answersAtDesk(member.role))
      return apiError(context, 'not-found', 'Nobody of the desk is called that.');
    const { role, spaces: held } = member;
    return context.json(await office.invite({ ...draft, role, spaces: held }), 201);
  });
  app.post('/invitations/:id/resend', async (context) => {
    const renewed = await office.resend(context.req.param('id'));
    return renewed
      ? context.json(renewed)
      : apiError(context, 'not-found', 'No unused invitation is called that.');
  });
  app.delete('/invitations/:id', async (context) =>
    done(context, await office.revokeInvitation(context.req.param('id'))),
  );

  app.get('/members', async (context) =>
    context.json(await office.members(context.req.query('all') === '1')),
  );
  app.patch('/members/:id', async (context) => {
    const body = await parsedBody(context, memberSchema);
    if (!body) return badRequest(context, 'Expected a role, spaces or topics.');
    const unknown = unknownIn(body.spaces);
    if (unknown !== undefined) return badRequest(context, `There is no space “${unknown}”.`);
    const member = await office.member(parsed(parseMemberId, context.req.param('id')));
    if (member) await office.setMember(member, body);
    return done(context, member !== undefined);
  });
  app.delete('/members/:id/devices/:device', async (context) => {
    const member = parsed(parseMemberId, context.req.param('id'));
    const device = parsed(parseDeviceKey, context.req.param('device'));
    return done(context, await office.removeDevice(member, device));
  });

  app.get('/blocks', (context) => context.json(office.blocks()));
  app.post('/blocks', async (context) => {
    const body = await parsedBody(context, blockSchema);
    if (!body) return badRequest(context, 'Expected one of member, device, address, addressesOf.');
    const made = await office.block(body);
    if (made.length > 0) return context.json(made, 201);
    return body.address === undefined
      ? apiError(context, 'not-found', 'No address of theirs is remembered.')
      : badRequest(context, 'Not an address or network, such as 203.0.113.0/24.');
  });
  app.delete('/blocks/:id', async (context) =>
    done(context, await office.lift(context.req.param('id'))),
  );

  app.get('/spaces', (context) => context.json(office.spaces()));
  app.patch('/spaces/:id', async (context) => {
    const body = await parsedBody(context, spaceSchema);
    if (!body)
      return badRequest(context, 'Expected a mode, open or closed, or names of attributes.');
    return done(
      context,
      await office.setSpace(parsed(parseSpaceId, context.req.param('id')), body),
    );
  });
  return app;
}

const badRequest = (context: Context, message: string): Response =>
  apiError(context, 'bad-request', message);

/** What a path names; what is no such name names nothing, and is not found. */
function parsed<T extends string>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch {
    return '' as T;
  }
}
