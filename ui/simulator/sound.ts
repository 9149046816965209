/** Everything the phone sounds like, made here: no file is loaded. Silent until the first touch, as browsers demand. */
import { playHoldMusic } from './hold-music.ts';

export interface Output {
  context: AudioContext;
  to: AudioNode;
}

const LOUDNESS = 0.5;

let output: (Output & { to: GainNode }) | null = null;
let isOn = true;

/** To be called from a touch, click or key. */
export function wakeSound(): void {
  if (output === null) {
    const context = new AudioContext();
    const to = new GainNode(context, { gain: isOn ? LOUDNESS : 0 });
    to.connect(context.destination);
    output = { context, to };
  }
  if (output.context.state === 'suspended') void output.context.resume();
}

export function switchSound(on: boolean): void {
  isOn = on;
  output?.to.gain.setTargetAtTime(on ? LOUDNESS : 0, output.context.currentTime, 0.03);
}

/** What is heard for as long as it lasts; each answers how to end it. */
export const lasting = {
  /** The North American ringback tone. */
  ringing: () => started(playRinging),
  holdMusic: () => started(playHoldMusic),
};

/** What is heard once. */
export const sounds = {
  key: (key: string) => once((out) => tones(out, keyTones(key), 0, 0.16, 0.16)),
  hungUp: () =>
    once((out) => {
      for (const at of [0, 0.22, 0.44]) tones(out, [480, 620], at, 0.14, 0.09);
    }),
  textArrived: () =>
    once((out) => {
      for (const [index, pitch] of [1046.5, 1318.5, 1568].entries()) chime(out, pitch, index * 0.11);
    }),
  textSent: () => once((out) => chime(out, 880, 0, 0.12)),
};

function once(play: (out: Output) => void): void {
  if (output?.context.state === 'running') play(output);
}

function started(play: (out: Output) => () => void): () => void {
  return output === null ? () => undefined : play(output);
}

function playRinging(out: Output): () => void {
  const ring = () => tones(out, [440, 480], 0, 2, 0.12);
  let stopLast = ring();
  const timer = setInterval(() => {
    stopLast = ring();
  }, 6000);
  return () => {
    clearInterval(timer);
    stopLast();
  };
}

/** Plain tones together; answers how to cut them short. */
function tones(
  { context, to }: Output,
  pitches: number[],
  at: number,
  seconds: number,
  loudness: number,
): () => void {
  const start = context.currentTime + at;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.01);
  gain.gain.setValueAtTime(loudness, start + seconds - 0.02);
  gain.gain.linearRampToValueAtTime(0, start + seconds);
  gain.connect(to);
  for (const frequency of pitches) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start(start);
    tone.stop(start + seconds);
  }
  return () => {
    gain.gain.cancelScheduledValues(context.currentTime);
    gain.gain.setTargetAtTime(0, context.currentTime, 0.02);
  };
}

/** A struck bar: a pitch and its third overtone, dying away. */
function chime({ context, to }: Output, pitch: number, at: number, loudness = 0.22): void {
  const start = context.currentTime + at;
  for (const [multiple, share, seconds] of [
    [1, 1, 0.7],
    [4, 0.18, 0.25],
  ] as const) {
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudness * share, start + 0.006);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
    const tone = new OscillatorNode(context, { frequency: pitch * multiple });
    tone.connect(gain).connect(to);
    tone.start(start);
    tone.stop(start + seconds);
  }
}

/** Dual tones of a keypad, ITU-T Q.23. */
function keyTones(key: string): number[] {
  const at = '123456789*0#'.indexOf(key);
  const row = [697, 770, 852, 941][Math.floor(at / 3)] ?? 697;
  const column = [1209, 1336, 1477][at % 3] ?? 1209;
  return [row, column];
}
