/** Two notes for whoever works at the desk. */
import { playNotes } from '../../ui/play-notes.ts';

const NOTES = [
  { hertz: 587.33, at: 0 },
  { hertz: 880, at: 0.14 },
] as const;

export class Chime {
  #audio: AudioContext | undefined;

  /** Plays once. A browser that waits for a first click on the page stays silent. */
  play(): void {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    const ready = audio.state === 'suspended' ? audio.resume() : Promise.resolve();
    // It is refused until the page was clicked: a missed sound is not a failure.
    ready.then(() => playNotes(audio, NOTES, 0.6)).catch(() => undefined);
  }

  dispose(): void {
    void this.#audio?.close();
    this.#audio = undefined;
  }
}
