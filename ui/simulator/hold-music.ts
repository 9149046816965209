/** Hold music that nobody has to pay for: four chords, plucked slowly, as narrow as a telephone line. */
import type { Output } from './sound.ts';

/** Each a bar: C, A minor, F and G, all with their sevenths. In semitones from middle C. */
const CHORDS = [
  [-12, 4, 7, 11, 16, 11, 7, 4],
  [-15, 0, 4, 7, 12, 7, 4, 0],
  [-19, 0, 5, 9, 16, 9, 5, 0],
  [-17, -1, 5, 7, 14, 7, 5, -1],
];
const NOTE_SECONDS = 0.32;
const BAR_SECONDS = NOTE_SECONDS * 8;

/** Answers how to end it. */
export function playHoldMusic({ context, to }: Output): () => void {
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setTargetAtTime(0.5, context.currentTime, 0.6);
  const telephone = new BiquadFilterNode(context, { type: 'lowpass', frequency: 2200, Q: 0.4 });
  const echo = new DelayNode(context, { delayTime: NOTE_SECONDS * 1.5 });
  const echoes = new GainNode(context, { gain: 0.28 });
  telephone.connect(volume).connect(to);
  telephone.connect(echo).connect(echoes).connect(echo);
  echoes.connect(volume);

  let bar = 0;
  let nextAt = context.currentTime + 0.1;
  const write = () => {
    // Half a bar ahead, so that a busy page does not make it stumble.
    if (nextAt > context.currentTime + BAR_SECONDS / 2) return;
    const chord = CHORDS[bar % CHORDS.length] ?? [];
    chord.forEach((semitones, index) => {
      const loudness = index === 0 ? 0.3 : 0.17;
      pluck(context, telephone, semitones, nextAt + index * NOTE_SECONDS, loudness);
    });
    bar += 1;
    nextAt = Math.max(nextAt + BAR_SECONDS, context.currentTime);
  };
  write();
  const timer = setInterval(write, 300);
  return () => {
    clearInterval(timer);
    volume.gain.cancelScheduledValues(context.currentTime);
    volume.gain.setTargetAtTime(0, context.currentTime, 0.08);
    setTimeout(() => {
      for (const node of [volume, echo, echoes]) node.disconnect();
    }, 1000);
  };
}

function pluck(context: AudioContext, to: AudioNode, semitones: number, at: number, loudness: number): void {
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 1.4);
  const note = new OscillatorNode(context, { type: 'triangle', frequency: 261.63 * 2 ** (semitones / 12) });
  note.connect(gain).connect(to);
  note.start(at);
  note.stop(at + 1.5);
}
