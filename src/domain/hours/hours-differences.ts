import { isSameJson } from '../text/same-json.ts';
import type { HoursSetting } from './after-hours.ts';
import { DAY_NAMES, type Holiday } from './schedule.ts';
import { spansInWords } from './time-of-day.ts';

export interface HoursDifference {
  /** What is different: a day, a holiday, the reply in a language. */
  what: string;
  mine: string;
  theirs: string;
}

const NONE = 'not there';

/** Where two settings differ, for people who have to choose between them. */
export function hoursDifferences(mine: HoursSetting, theirs: HoursSetting): HoursDifference[] {
  const week = DAY_NAMES.map((what, day) => ({
    what,
    mine: spansInWords(mine.week[day] ?? []),
    theirs: spansInWords(theirs.week[day] ?? []),
  }));
  const zone = {
    what: 'Time zone',
    mine: mine.timeZone ?? 'that of the practice',
    theirs: theirs.timeZone ?? 'that of the practice',
  };
  const reply = {
    what: 'After-hours reply',
    mine: mine.afterHoursReply.isOn ? 'on' : 'off',
    theirs: theirs.afterHoursReply.isOn ? 'on' : 'off',
  };
  const all = [
    zone,
    ...week,
    ...holidayDifferences(mine.holidays, theirs.holidays),
    reply,
    ...textDifferences(mine.afterHoursReply.text, theirs.afterHoursReply.text),
  ];
  return all.filter((one) => one.mine !== one.theirs);
}

/** For the audit log: what of the hours is another than before, on both sides; null where there were none before. */
export function hoursInWords(
  before: HoursSetting | null,
  after: HoursSetting,
): { before: Record<string, string> | null; after: Record<string, string> } {
  const differences = hoursDifferences(before ?? NO_HOURS, after);
  return {
    before: before && Object.fromEntries(differences.map(({ what, mine }) => [what, mine])),
    after: Object.fromEntries(differences.map(({ what, theirs }) => [what, theirs])),
  };
}

const NO_HOURS: HoursSetting = {
  timeZone: null,
  week: [[], [], [], [], [], [], []],
  holidays: [],
  afterHoursReply: { isOn: false, text: {} },
};

/** By the day they are: a name may be spelled in two ways. */
function holidayDifferences(mine: readonly Holiday[], theirs: readonly Holiday[]): HoursDifference[] {
  const inWords = (holiday: Holiday | undefined, other: Holiday | undefined) => {
    if (holiday === undefined) return NONE;
    const part = holiday.part === null ? 'closed all day' : `open ${spansInWords(holiday.part)}`;
    const text = isSameJson(holiday.text, other?.text ?? null) ? '' : `, ${textsInWords(holiday.text)}`;
    return `${holiday.name}, ${part}${text}`;
  };
  const sameDay = (holiday: Holiday, all: readonly Holiday[]) =>
    all.find((one) => isSameJson(one.rule, holiday.rule));
  const onlyTheirs = theirs.filter((holiday) => sameDay(holiday, mine) === undefined);
  return [
    ...mine.map((holiday) => {
      const other = sameDay(holiday, theirs);
      return { what: holiday.name, mine: inWords(holiday, other), theirs: inWords(other, holiday) };
    }),
    ...onlyTheirs.map((holiday) => ({
      what: holiday.name,
      mine: NONE,
      theirs: inWords(holiday, undefined),
    })),
  ];
}

function textsInWords(texts: Record<string, string> | null): string {
  if (texts === null) return 'no text of its own';
  return Object.entries(texts)
    .map(([language, text]) => `${language} “${text}”`)
    .join(', ');
}

function textDifferences(mine: Record<string, string>, theirs: Record<string, string>): HoursDifference[] {
  const languages = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return [...languages].map((language) => ({
    what: `Reply, ${language}`,
    mine: mine[language] ?? NONE,
    theirs: theirs[language] ?? NONE,
  }));
}
