/** Soft notes that the browser makes itself: no sound file to load. */

export interface Note {
  readonly hertz: number;
  /** Seconds after the first. */
  readonly at: number;
}

const LOUDNESS = 0.08;

/** @param seconds how long a note takes to die away */
export function playNotes(audio: AudioContext, notes: readonly Note[], seconds: number): void {
  for (const { hertz, at } of notes) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { frequency: hertz });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + seconds + 0.05);
  }
}
