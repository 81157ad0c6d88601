/**
 * A text that should be changed goes back to the composer, once its author sees why, and never over what they are
 * writing: then it is offered. What is sent instead takes the place of the first.
 */
import type { DecisionView } from '../../store/moderation/moderation-state.ts';
import type { PanelContext } from '../screen/panel-context.ts';
import { messageIn } from '../../store/conversation/message-in.ts';

export function decisionSeen(decision: DecisionView, context: PanelContext): void {
  const { state, moderation } = context;
  if (!moderation) return;
  moderation.seen(decision.references);
  const message = messageIn(state.thread, decision.id);
  if (decision.what !== 'change-asked' || message?.delivery?.type !== 'refused') return;
  // A question goes back to where questions are asked: that is for its author to choose.
  if (state.draft !== '' || state.thread?.items[0]?.id === message.id) return;
  moderation.givenBack.add(message.id);
  context.draft(message.text);
}

/** The same context, in which what is sent withdraws what it was changed from. */
export function sendingBack<T extends PanelContext>(context: T): T {
  return {
    ...context,
    send: (text: string) => {
      context.send(text);
      for (const { id } of context.state.thread?.items ?? [])
        if (context.moderation?.givenBack.delete(id)) context.withdraw(id);
    },
  };
}
