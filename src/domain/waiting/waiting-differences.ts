import { foldedPhrase } from './red-flags.ts';
import type { WaitingSettings } from './waiting-settings.ts';

type InWords = Record<string, string>;

/** For the audit log: what differs, on both sides. Of the urgent words those that came and those that went. */
export function waitingInWords(
  before: WaitingSettings,
  after: WaitingSettings,
): { before: InWords; after: InWords } {
  const sides = [
    [limitsInWords(before), limitsInWords(after)],
    [wordingInWords(before), wordingInWords(after)],
  ];
  const gone = missing(before, after);
  const come = missing(after, before);
  const [was, is] = [0, 1].map((side) => Object.assign({}, ...sides.map((pair) => pair[side])) as InWords);
  return {
    before: { ...was, ...listed('Urgent words', gone) },
    after: { ...is, ...listed('Urgent words', come) },
  };
}

function limitsInWords(settings: WaitingSettings): InWords {
  const { targetMinutes, everyoneMinutes, managersMinutes, returnsToQueue } = settings;
  return {
    Target: minutesInWords(targetMinutes),
    'Everybody is told': minutesInWords(everyoneMinutes),
    'Managers are told': minutesInWords(managersMinutes),
    'Conversations of people who are gone': returnsToQueue ? 'return to the queue' : 'stay theirs',
  };
}

function minutesInWords(minutes: number | null): string {
  return minutes === null ? 'never' : `after ${minutes} min`;
}

function wordingInWords({ emergencyText }: WaitingSettings): InWords {
  return Object.fromEntries(
    Object.entries(emergencyText).map(([language, text]) => [`Emergency wording, ${language}`, text]),
  );
}

function missing(from: WaitingSettings, other: WaitingSettings): string[] {
  return Object.entries(from.redFlags).flatMap(([language, phrases]) => {
    const there = new Set((other.redFlags[language] ?? []).map(foldedPhrase));
    return phrases.filter((phrase) => !there.has(foldedPhrase(phrase)));
  });
}

function listed(what: string, phrases: string[]): InWords {
  return phrases.length === 0 ? {} : { [what]: phrases.join(', ') };
}
