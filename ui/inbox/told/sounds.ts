import type { SoundName } from './preferences.ts';

/** All sounds are made here: there is no file to load. Each takes less than two seconds. */

interface Stroke {
  /** Seconds after the beginning. */
  at: number;
  hertz: number;
  /** Until it has died away. */
  seconds: number;
  loudness: number;
  shape: OscillatorType;
  /** Where the pitch goes to, if it does. */
  bendsTo?: number;
}

const SOUND_STROKES: Record<Exclude<SoundName, 'none'>, Stroke[]> = {
  chime: [659.3, 880, 1318.5].map((hertz, index) => struck(index * 0.13, hertz, 0.9)),
  bell: [struck(0, 880, 1.6), struck(0.002, 1764, 1, 0.35), struck(0.004, 2637, 0.6, 0.2)],
  knock: [0, 0.16].map((at) => ({
    at,
    hertz: 260,
    bendsTo: 90,
    seconds: 0.14,
    loudness: 1,
    shape: 'triangle',
  })),
  drop: [0, 0.2].map((at) => ({
    at,
    hertz: 420,
    bendsTo: 1260,
    seconds: 0.16,
    loudness: 0.8,
    shape: 'sine',
  })),
};

/** Like none of the others, and not to be chosen for anything else. */
const URGENT: Stroke[] = [0, 0.5, 1].flatMap((at) => [
  { at, hertz: 988, seconds: 0.22, loudness: 0.5, shape: 'square' as const },
  { at: at + 0.22, hertz: 740, seconds: 0.26, loudness: 0.5, shape: 'square' as const },
]);

function struck(at: number, hertz: number, seconds: number, loudness = 1): Stroke {
  return { at, hertz, seconds, loudness, shape: 'sine' };
}

/** `volume` from 0 to 100. What is urgent is heard even where no other sound was chosen. */
export function playSound(context: AudioContext, sound: SoundName, isUrgent: boolean, volume: number): void {
  const strokes = isUrgent ? URGENT : sound === 'none' ? [] : SOUND_STROKES[sound];
  // Loudness is heard by its square.
  const out = new GainNode(context, { gain: 0.5 * (volume / 100) ** 2 });
  out.connect(context.destination);
  for (const stroke of strokes) strike(context, out, stroke);
}

function strike(context: AudioContext, out: GainNode, stroke: Stroke): void {
  const start = context.currentTime + 0.02 + stroke.at;
  const end = start + stroke.seconds;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(stroke.loudness, start + 0.008);
  gain.gain.exponentialRampToValueAtTime(0.0001, end);
  const tone = new OscillatorNode(context, { type: stroke.shape, frequency: stroke.hertz });
  if (stroke.bendsTo !== undefined) tone.frequency.exponentialRampToValueAtTime(stroke.bendsTo, end);
  tone.connect(gain).connect(out);
  tone.start(start);
  tone.stop(end);
}
