/** The filter on the way of an entry: nobody else reads what the rules refuse. */
import type { Content } from '../../../shared/entry/content.ts';
import type { Memory } from '../../core/memory/memory.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Feature } from '../../core/feature.ts';
import { sourcePath } from '../../core/limits/fair-memory.ts';
import type { Weighed } from '../../core/submit/submit-policy.ts';
import { answersAtDesk } from '../../../shared/grant/roles.ts';
import { fold } from './fold/fold.ts';
import { Repeats } from './guards/repeats.ts';
import { type Finding, type Verdict, verdictOf } from './verdict.ts';
import type { Words, Written } from './words.ts';

export interface WordsFeatureOptions {
  readonly words: Words;
  readonly clock: Pick<Clock, 'steady'>;
  readonly memory?: Memory | undefined;
}

export function wordsFeature({ words, clock, memory }: WordsFeatureOptions): Feature {
  const repeats = new Repeats(clock.steady, memory);
  const judge = (weighed: Weighed): Verdict => {
    const { content, space, role } = weighed;
    const written = writtenIn(content);
    if (written.length === 0) return verdictOf([]);
    const verdict = words.judge(written, { space, role });
    const repeated = repeatIn(weighed, words, repeats);
    return repeated ? verdictOf([...verdict.findings, repeated]) : verdict;
  };
  return {
    name: 'words',
    policy: {
      weigh: (weighed) => {
        const [worst] = judge(weighed).findings;
        if (!worst || worst.action === 'flag') return null;
        return { does: worst.action, rule: worst.rule, code: worst.kind };
      },
      took({ member, device, address }, { id, content }) {
        const text = textOf(content);
        if (text === null) return;
        const from = sourcePath({ address, connection: device });
        repeats.said(member, id, fold(text).text, from);
      },
    },
  };
}

/** What others read of an entry. */
function writtenIn(content: Content): Written[] {
  switch (content.kind) {
    case 'ask':
      return [
        { field: 'text', text: content.text },
        { field: 'title', text: content.page.title },
        { field: 'address', text: content.page.url },
      ];
    case 'say':
      return [{ field: 'text', text: content.text }];
    default:
      return [];
  }
}

const textOf = (content: Content): string | null =>
  content.kind === 'ask' || content.kind === 'say' ? content.text : null;

/** The desk has canned replies, and says the same all day. */
function repeatIn(
  { content, space, role, member, id }: Weighed,
  words: Words,
  repeats: Repeats,
): Finding | null {
  const setting = words.settingOf('repeat', space);
  const text = textOf(content);
  if (setting === 'off' || text === null || answersAtDesk(role)) return null;
  if (!repeats.isRepeated(member, id, fold(text).text)) return null;
  return {
    action: setting,
    rule: 'repeat',
    kind: 'repeat',
    field: 'text',
    matched: text.slice(0, 100),
    start: 0,
    end: text.length,
  };
}
