/** Two soft notes, made here: no sound file to load. */
const NOTES = [
  { hertz: 587.33, at: 0 },
  { hertz: 880, at: 0.14 },
] as const;
const LOUDNESS = 0.08;

export class Chime {
  #audio: AudioContext | undefined;

  /** Plays once. A browser that waits for a first click on the page stays silent. */
  play(): void {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    const ready = audio.state === 'suspended' ? audio.resume() : Promise.resolve();
    // It is refused until the page was clicked: a missed sound is not a failure.
    ready.then(() => this.#notes(audio)).catch(() => undefined);
  }

  dispose(): void {
    void this.#audio?.close();
    this.#audio = undefined;
  }

  #notes(audio: AudioContext): void {
    for (const { hertz, at } of NOTES) {
      const start = audio.currentTime + at;
      const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
      const volume = new GainNode(audio, { gain: 0 });
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.6);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.65);
    }
  }
}
