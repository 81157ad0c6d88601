/** A short tone when somebody answers, if the visitor wants one. */
import type { ChatState } from '../../store/chat/chat-state.ts';
import type { Readable } from '../../signals/readable.ts';
import { playNotes } from '../../ui/play-notes.ts';

/** E5, then A5. */
const NOTES = [
  { hertz: 659.25, at: 0 },
  { hertz: 880, at: 0.12 },
] as const;

let context: AudioContext | undefined;

/** Plays for every new unread message from now on. It lives as long as the store. */
export function attachChime(state: Readable<ChatState>): void {
  let last = state.get().news?.id;
  state.subscribe(() => {
    const { sound, news } = state.get();
    if (news?.id === last) return;
    last = news?.id;
    if (!sound) return;
    // Browsers let sound start only after a gesture; before that, it stays silent.
    if (!(navigator.userActivation?.hasBeenActive ?? true)) return;
    context ??= new AudioContext();
    void context.resume();
    playNotes(context, NOTES, 0.3);
  });
}
