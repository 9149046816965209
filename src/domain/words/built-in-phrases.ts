import { formatNumber } from '../numbers/format-number.ts';
import { withPlainCharacters } from '../text/plain-characters.ts';

/**
 * Known by themselves, where there is a true value at the moment of the reply. Nothing about appointments: these
 * practices have none (B22).
 */
export const BUILT_IN_PHRASES = [
  { name: 'caller name', means: 'The name of the caller, where it is known' },
  { name: 'practice name', means: 'The name of this practice' },
  { name: 'line number', means: 'The number that the caller texts with, which can also be called' },
  { name: 'my first name', means: 'The first name of whoever replies' },
  { name: 'my name', means: 'The whole name of whoever replies' },
  { name: 'hours today', means: 'When you are open today, unless that is never or always' },
  { name: 'next opening', means: 'The day and time when you open next' },
] as const;
export type BuiltInPhrase = (typeof BUILT_IN_PHRASES)[number]['name'];

/** Epoch ms. */
export interface OpenSpan {
  opensAt: number;
  closesAt: number;
}

/** When a practice or a line is open, as far as a reply may speak of it. */
export interface OpeningAhead {
  /** All of today by the practice's clock; none where it is closed. Null where it is open around the clock. */
  today: OpenSpan[] | null;
  /** After now, and after the present opening. Null where there is none. */
  nextOpensAt: number | null;
}

export interface ReplySituation {
  caller: { name: string | null };
  practice: { name: string; timeZone: string };
  line: { number: string };
  staff: { name: string };
  /** Of the conversation, BCP 47. */
  language: string;
  /** Null where nobody set hours. */
  opening: OpeningAhead | null;
}

/** By name; only what is true now. */
export function builtInValues(situation: ReplySituation): Map<BuiltInPhrase, string> {
  const { caller, practice, line, staff, opening } = situation;
  const format = timesIn(situation.language, practice.timeZone);
  const values: [BuiltInPhrase, string | null][] = [
    ['caller name', caller.name],
    ['practice name', practice.name],
    ['line number', formatNumber(line.number)],
    ['my first name', staff.name.trim().split(/\s+/)[0] ?? null],
    ['my name', staff.name.trim()],
    ['hours today', opening?.today?.map(format.span).join(', ') ?? null],
    [
      'next opening',
      opening === null || opening.nextOpensAt === null ? null : format.day(opening.nextOpensAt),
    ],
  ];
  return new Map(values.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** In plain characters: the spaces and dashes of `Intl` would make every text of the reply cost more. */
function timesIn(language: string, timeZone: string) {
  const locale = localeOf(language);
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  return {
    span: ({ opensAt, closesAt }: OpenSpan) =>
      withPlainCharacters(`${time.format(opensAt)} - ${time.format(closesAt)}`),
    day: (at: number) => withPlainCharacters(day.format(at)),
  };
}

/** As it is written here, with twelve hours, where the language does not say of which country it is. */
function localeOf(language: string): string {
  try {
    const wanted = language.includes('-') ? language : `${language}-US`;
    return Intl.DateTimeFormat.supportedLocalesOf([wanted])[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}
