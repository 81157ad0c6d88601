/** Blocks: who may no longer write. */
import * as v from 'valibot';
import { deviceKey, memberId, moment, note, pageOf, pagingByTime, rowId } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

const MOST_HOURS = 366 * 24;

const block = v.object({
  id: v.string(),
  subject: v.picklist(['member', 'device', 'address']),
  /** The member or the device; for an address, only its width: `IPv4 /24`. */
  shown: v.string(),
  reason: v.string(),
  created: moment,
  /** null: until somebody lifts it. */
  expires: v.nullable(moment),
});

const address = v.pipe(v.string(), v.maxLength(64));

export const blockRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/blocks',
    about: 'Those that hold now, newest first.',
    rights: 'office',
    query: v.object(pagingByTime),
    response: pageOf(block),
  }),
  reach: route({
    method: 'GET',
    path: '/api/office/block-reach',
    about:
      'Whom a block of a network would touch, counted: one of `address`, `addressesOf`. It names nobody.',
    rights: 'office',
    query: v.pipe(
      v.object({ address: v.optional(address), addressesOf: v.optional(memberId) }),
      v.check(
        ({ address, addressesOf }) => (address === undefined) !== (addressesOf === undefined),
        'expected one of address, addressesOf',
      ),
    ),
    response: v.object({
      /** How many networks: 0 when nobody remembers one. */
      networks: v.number(),
      /**
       * How many other people wrote from there within a week, those of the desk left out; at most 1,000 are
       * counted. null: for a network of this width nobody can say.
       */
      others: v.nullable(v.number()),
      /** How many who answer at the desk did: a block of a network spares them. */
      spared: v.number(),
    }),
    errors: ['bad-request'],
  }),
  block: route({
    method: 'POST',
    path: '/api/office/blocks',
    about: 'Lets somebody write no more: one of `member`, `device`, `address`, `addressesOf`.',
    rights: 'office',
    request: v.pipe(
      v.strictObject({
        member: v.optional(memberId),
        device: v.optional(deviceKey),
        /** An address or network, such as 203.0.113.0/24. Kept as a keyed hash only. */
        address: v.optional(address),
        /** The addresses from which this member connected. */
        addressesOf: v.optional(memberId),
        reason: v.optional(note),
        /** When absent: until somebody lifts it. */
        hours: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(MOST_HOURS))),
      }),
      v.check(
        ({ member, device, address, addressesOf }) =>
          [member, device, address, addressesOf].filter((one) => one !== undefined).length === 1,
        'expected one of member, device, address, addressesOf',
      ),
    ),
    response: v.array(block),
    status: 201,
    errors: ['bad-request', 'not-found'],
    audit: 'block-made',
  }),
  lift: route({
    method: 'DELETE',
    path: '/api/office/blocks/:id',
    about: 'Lifts a block.',
    rights: 'office',
    params: { id: rowId },
    response: null,
    errors: ['not-found'],
    audit: 'block-lifted',
  }),
};

export type BlockReach = ResponseOf<typeof blockRoutes.reach>;
export type OfficeBlock = ResponseOf<typeof blockRoutes.list>['items'][number];
