import { foldedPhrase, MAX_PHRASE_LENGTH, MAX_PHRASES } from '../../../src/domain/waiting/red-flags.ts';
import {
  MAX_EMERGENCY_LENGTH,
  MAX_WAITING_MINUTES,
  type WaitingSettings,
  waitingFault,
} from '../../../src/domain/waiting/waiting-settings.ts';

/** Something in one of several languages, as it is being written. */
export interface TextDraft {
  language: string;
  text: string;
}

export interface LimitDraft {
  isOn: boolean;
  minutes: string;
}

export interface WaitingDraft {
  target: string;
  everyone: LimitDraft;
  managers: LimitDraft;
  returnsToQueue: boolean;
  /** One phrase a line. */
  words: TextDraft[];
  wording: TextDraft[];
}

/** By the id of the field that is wrong, in the order of the page. */
export type Faults = Record<string, string>;

/** What a limit begins with when it is switched on. */
const USUAL = { everyone: '30', managers: '60' };

export function draftOf(settings: WaitingSettings): WaitingDraft {
  const limit = (minutes: number | null, usual: string) => ({
    isOn: minutes !== null,
    minutes: minutes === null ? usual : String(minutes),
  });
  return {
    target: String(settings.targetMinutes),
    everyone: limit(settings.everyoneMinutes, USUAL.everyone),
    managers: limit(settings.managersMinutes, USUAL.managers),
    returnsToQueue: settings.returnsToQueue,
    words: Object.entries(settings.redFlags).map(([language, list]) => ({ language, text: list.join('\n') })),
    wording: Object.entries(settings.emergencyText).map(([language, text]) => ({ language, text })),
  };
}

export function readDraft(draft: WaitingDraft): { settings: WaitingSettings; faults: Faults } {
  const faults: Faults = {};
  const minutesIn = (id: string, written: string): number => {
    const minutes = /^\d{1,5}$/.test(written.trim()) ? Number(written) : 0;
    if (minutes < 1 || minutes > MAX_WAITING_MINUTES)
      faults[id] = `Write a number of minutes, from 1 to ${MAX_WAITING_MINUTES}.`;
    return minutes;
  };
  const settings: WaitingSettings = {
    targetMinutes: minutesIn('target', draft.target),
    everyoneMinutes: draft.everyone.isOn ? minutesIn('everyone', draft.everyone.minutes) : null,
    managersMinutes: draft.managers.isOn ? minutesIn('managers', draft.managers.minutes) : null,
    returnsToQueue: draft.returnsToQueue,
    redFlags: Object.fromEntries(draft.words.map(({ language, text }) => [language, phrasesIn(text)])),
    emergencyText: Object.fromEntries(draft.wording.map(({ language, text }) => [language, text.trim()])),
  };
  const order = Object.keys(faults).length === 0 ? waitingFault(settings) : null;
  if (order !== null)
    faults[order.field === 'everyoneMinutes' ? 'everyone' : 'managers'] = ORDER[order.field];
  return { settings, faults: { ...faults, ...wordFaults(draft.words), ...wordingFaults(draft.wording) } };
}

const ORDER = {
  everyoneMinutes: 'Tell everybody no earlier than at the target.',
  managersMinutes: 'Tell the managers no earlier than everybody, and than at the target.',
};

/** Each once: the second would never be found. */
export function phrasesIn(text: string): string[] {
  const phrases = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => foldedPhrase(line) !== '');
  return [...new Map(phrases.map((phrase) => [foldedPhrase(phrase), phrase] as const)).values()];
}

export function phraseCount(words: readonly TextDraft[]): number {
  return words.reduce((sum, { text }) => sum + phrasesIn(text).length, 0);
}

function wordFaults(words: readonly TextDraft[]): Faults {
  const faults: Faults = {};
  for (const { language, text } of words) {
    const long = phrasesIn(text).find((phrase) => phrase.length > MAX_PHRASE_LENGTH);
    if (long !== undefined)
      faults[`words-${language}`] =
        `A line holds at most ${MAX_PHRASE_LENGTH} characters. Shorten “${long.slice(0, 40)}…”.`;
  }
  const over = phraseCount(words) - MAX_PHRASES;
  const [first] = words;
  if (over > 0 && first !== undefined)
    faults[`words-${first.language}`] = `There is room for ${MAX_PHRASES} phrases. Remove ${over} of them.`;
  return faults;
}

function wordingFaults(wording: readonly TextDraft[]): Faults {
  return Object.fromEntries(
    wording.flatMap(({ language, text }) => {
      const { length } = text.trim();
      if (length === 0) return [[`wording-${language}`, 'Write a text, or remove this language.']];
      if (length <= MAX_EMERGENCY_LENGTH) return [];
      return [[`wording-${language}`, `${length - MAX_EMERGENCY_LENGTH} characters too long.`]];
    }),
  );
}
