/** Whether an entry may be numbered: the rules of a conversation, before any signature is checked. */
import { type SpaceMode, modeIn } from '../../../shared/space-mode.ts';
import type { Verdict } from '../../../shared/conversation/row.ts';
import type { Content, ContentOf } from '../../../shared/entry/content.ts';
import { conversationIdOf } from '../../../shared/entry/conversation-id.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import { isRelaysOwn, kinds } from '../../../shared/entry/kinds.ts';
import { rules } from '../../../shared/entry/rules.ts';
import { isWritable } from '../../../shared/entry/writable.ts';
import { coversSpace } from '../../../shared/grant/grant.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { EntryId, Fingerprint, SpaceId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import type { Outcome, RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { Member } from '../ports/people.ts';
import type { HeldMark } from '../held/held-storage.ts';
import type { OffRoomFate } from '../ports/room-storage.ts';
import type { ConversationRoom } from '../rooms/room.ts';

/** What an entry is judged by. */
export interface Bench {
  readonly community: Fingerprint;
  readonly room: ConversationRoom;
  readonly author: Member;
  /** What became of an entry that is in no room. */
  readonly fateOf: (id: EntryId) => OffRoomFate | null;
  /** The question of its conversation while it is held. */
  readonly question: HeldMark | undefined;
  /** An entry that waits. */
  readonly heldMark: (id: EntryId) => HeldMark | undefined;
  /** A space's mode now; undefined for one that does not exist. */
  readonly modeOf: (space: SpaceId) => SpaceMode | undefined;
}

export type Judgement =
  | { readonly type: 'accepted'; readonly verdict: Verdict }
  | Extract<Outcome, { readonly type: 'refused' | 'claimed' }>;

const refused = (code: RefusalCode): Judgement => ({ type: 'refused', code });

/** Judges by the room as it is now; an accepted entry still needs its signature checked. */
export function judge(entry: Entry, content: Content, bench: Bench): Judgement {
  if (isRelaysOwn(entry.kind)) return refused('forbidden');
  if (!isWritable(content)) return refused('not-plain');
  const { state } = bench.room;
  if (content.kind === 'ask') return judgeAsk(entry, content, bench);
  const { space } = state;
  if (space === null) return judgeWithQuestion(content, bench);
  const mode = bench.modeOf(space);
  if (mode === undefined) return refused('unknown-space');
  if (isFull(bench.room, entry) && !isTakenWhenFull(content, bench.room)) return refused('full');
  const role = roleIn(bench.author, space);
  const owner = state.isAsker(entry.author, bench.author.id);
  const asked = state.ask?.mode ?? mode;
  if (content.kind === 'retract' && isElsewhere(content.target, bench)) return refused('forbidden');
  const own = isOwn(content, bench);
  if (!rules.mayDo(content.kind, { role, mode: modeIn(asked, mode), owner, own }))
    return refused('forbidden');
  if (content.kind === 'report' && !isReportable(content.target, bench))
    return refused('forbidden');
  if (content.kind === 'claim' && state.claim) return { type: 'claimed', by: state.claim.member };
  return { type: 'accepted', verdict: { member: bench.author.id, role, mode } };
}

/** Whether it waits for another conversation. */
const isElsewhere = (target: EntryId, { room, heldMark }: Bench): boolean =>
  (heldMark(target)?.conversation ?? room.id) !== room.id;

/** What the asker adds to a question that is held. For anybody else there is no such conversation. */
function judgeWithQuestion(content: Content, bench: Bench): Judgement {
  const { question, author, fateOf, heldMark } = bench;
  if (question?.member !== author.id) return refused('unknown-conversation');
  const mode = bench.modeOf(question.space);
  if (mode === undefined) return refused('unknown-space');
  const role = roleIn(author, question.space);
  if (content.kind === 'retract') {
    const fate = fateOf(content.target);
    if (fate?.type === 'erased' && fate.member === author.id) return refused('erased');
    if (heldMark(content.target)?.member !== author.id) return refused('forbidden');
    if (isElsewhere(content.target, bench)) return refused('forbidden');
  } else if (
    !kinds.isForRoom(content) ||
    !rules.mayDo(content.kind, { role, mode, owner: true, own: false })
  )
    return refused('forbidden');
  return { type: 'accepted', verdict: { member: author.id, role, mode } };
}

function judgeAsk(entry: Entry, ask: ContentOf<'ask'>, bench: Bench): Judgement {
  const id = conversationIdOf(entry.author, ask.salt, bench.community);
  if (id !== entry.conversation) return refused('unknown-conversation');
  const mode = bench.modeOf(ask.space);
  if (mode === undefined) return refused('unknown-space');
  if (isFull(bench.room, entry)) return refused('full');
  if (bench.room.state.ask || bench.question) return refused('forbidden');
  return {
    type: 'accepted',
    verdict: { member: bench.author.id, role: roleIn(bench.author, ask.space), mode },
  };
}

/** All rows ever numbered count, so writing and withdrawing cannot go on forever. */
const isFull = ({ head, state }: ConversationRoom, { bytes }: Entry): boolean =>
  head.next >= Limits.conversationEntries || state.bytes + bytes.length > Limits.conversationBytes;

/** Otherwise closing and withdrawing the same again could go on for ever. */
const isTakenWhenFull = (content: Content, { state }: ConversationRoom): boolean =>
  rules.isTakenWhenFull(content, {
    closed: state.closed,
    has: (id) => state.fact(id) !== undefined || state.hiddenBy(id) !== undefined,
  });

/** Whether it is somebody else's message in this conversation, if only until a moment ago. */
function isReportable(target: EntryId, { room, author, fateOf }: Bench): boolean {
  const fact = room.state.fact(target);
  if (fact)
    return fact.effect?.says !== undefined && room.state.known(fact.author.member) !== author.id;
  const fate = fateOf(target);
  return fate?.type === 'hidden' && room.state.known(fate.member) !== author.id;
}

function isOwn(content: Content, { room, author, fateOf, heldMark }: Bench): boolean {
  const { state } = room;
  return rules.isOwn(content, author.id, {
    said(id, member) {
      if (state.fact(id)) return state.said(id, member);
      if (id === state.ask?.id) return false; // hidden, and still nobody's to withdraw
      // Rows of the room say who turned out to be whom; of what is held there is none.
      const mark = heldMark(id);
      if (mark) return mark.member === member;
      const fate = fateOf(id);
      const left = fate?.type === 'erased' || fate?.type === 'hidden';
      return left && state.known(fate.member) === member;
    },
    holds: (member) => state.holds(member),
  });
}

/** A member's role in a space. Outside the spaces of their grant they are a visitor. */
export function roleIn(member: Member, space: SpaceId): Role {
  return coversSpace(member.spaces, space) ? member.role : Role.visitor;
}
