/** A short tone when somebody answers, if the visitor wants one. No file: two notes from the browser. */
import type { ChatState } from '../../store/chat/chat-state.ts';
import type { Readable } from '../../signals/readable.ts';

/** E5, then A5. */
const NOTES = [659.25, 880] as const;

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
    play(context);
  });
}

function play(context: AudioContext): void {
  void context.resume();
  NOTES.forEach((pitch, index) => {
    const start = context.currentTime + index * 0.12;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.08, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.32);
  });
}
