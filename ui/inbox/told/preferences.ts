import { signal } from '@preact/signals';

export const SOUNDS = ['chime', 'bell', 'knock', 'drop', 'none'] as const;
export type SoundName = (typeof SOUNDS)[number];

/** Of this browser, which has the loudspeaker: nothing about anybody, so it is kept here. */
export interface Preferences {
  sound: SoundName;
  /** 0 to 100. */
  volume: number;
  /** It rings again until somebody has looked. */
  repeats: boolean;
}

const KEY = 'offhook sound';
const DEFAULT: Preferences = { sound: 'chime', volume: 60, repeats: false };

export const preferences = signal(read());

export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.peek(), ...change };
  localStorage.setItem(KEY, JSON.stringify(preferences.peek()));
}

// Another tab of this browser changed them.
addEventListener('storage', ({ key }) => {
  if (key === KEY) preferences.value = read();
});

/** Whatever is there, what comes out can be played. */
function read(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    const volume = Number(kept.volume ?? DEFAULT.volume);
    return {
      sound: SOUNDS.find((one) => one === kept.sound) ?? DEFAULT.sound,
      volume: volume >= 0 && volume <= 100 ? volume : DEFAULT.volume,
      repeats: kept.repeats === true,
    };
  } catch {
    return DEFAULT;
  }
}
