/** Typing: told to the others who read, and not by somebody who may write nothing. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseConversationId, parseMemberId, parseSpaceId } from '../../../shared/ids.ts';
import type { Caller, Reader } from '../../core/feature.ts';
import { typing } from './typing.ts';

it('nobody is told that somebody types who is blocked', () => {
  const told: string[] = [];
  let blockedUntil = 0;
  const reader = (name: string): Reader => ({
    conversation: parseConversationId('B'.repeat(21).concat('A')),
    space: parseSpaceId('demo'),
    caller: {
      member: parseMemberId('C'.repeat(21).concat('A')),
      blockedUntil: () => blockedUntil,
    } as Caller,
    side: 'asker',
    send: () => void told.push(name),
  });
  const [author, other] = [reader('author'), reader('other')];
  const readers = { of: () => [author, other], atDeskOf: () => [], askerOf: () => undefined };
  const say = typing(readers, () => 0);
  const message = { type: 'typing', member: author.caller.member, typing: true } as const;
  void say(message, author);
  assert.deepEqual(told, ['other']);
  blockedUntil = 1;
  void say(message, author);
  assert.deepEqual(told, ['other']);
});
