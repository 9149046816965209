import type { WentLive } from '../triggers/managed-trigger.ts';
import type { UseCase } from '../triggers/use-case.ts';
import type { LineSettings } from './line-settings.ts';
import type { PracticeProfile } from './practice-profile.ts';

/** In the order in which one follows from the other: a text can be looked at once there is a trigger. */
export const SET_UP_STEPS = [
  'profile',
  'line',
  'hours',
  'trigger',
  'texts',
  'call',
  'teammate',
  'tested',
  'live',
] as const;
export type SetUpStepId = (typeof SET_UP_STEPS)[number];

/** Something that is so, and since when; null where nobody noted it. */
export interface SetUpFact {
  words: string;
  at: number | null;
}

/** Ticked by facts and never by hand. `elsewhere`: this environment is not where it happens. */
export interface SetUpStep {
  id: SetUpStepId;
  state: 'done' | 'open' | 'elsewhere';
  facts: SetUpFact[];
  /** What is not so yet, and what to do about it. */
  missing: string[];
}

export interface SetUpTrigger {
  id: string;
  useCase: UseCase;
  /** BCP 47. */
  language: string;
  text: string;
  isOn: boolean;
  wentLive: WentLive | null;
  /** Since when somebody stands by the text as it is now; null where nobody does. */
  reviewedAt: number | null;
}

/** All that the steps follow from. */
export interface SetUpFacts {
  environment: 'local' | 'demo' | 'production';
  practice: PracticeProfile;
  /** In use. */
  lines: Pick<LineSettings, 'name' | 'carrierCheck' | 'textInAt'>[];
  /** Null where nobody set any. */
  hours: { holidays: number } | null;
  triggers: SetUpTrigger[];
  /** The first call that a phone system told of. */
  firstCallAt: number | null;
  teammates: { name: string; joinedAt: number | null }[];
  /** When a text of a trigger last arrived on a phone. */
  arrivedAt: number | null;
}

export interface SetUpAnswer {
  steps: SetUpStep[];
  triggers: SetUpTrigger[];
}

export function setUpSteps(facts: SetUpFacts): SetUpStep[] {
  return SET_UP_STEPS.map((id) => ({ id, ...stepOf(id, facts) }));
}

type Standing = Omit<SetUpStep, 'id'>;

function stepOf(id: SetUpStepId, facts: SetUpFacts): Standing {
  const { practice, hours, triggers, teammates } = facts;
  switch (id) {
    case 'profile':
      return done({
        words: `${practice.name}, on the clock of ${placeOf(practice.timeZone)}`,
        at: practice.madeAt,
      });
    case 'line':
      return lineStep(facts.lines);
    case 'hours':
      return hours === null
        ? open('Say when staff answer. Until then it counts as always open.')
        : done({
            words:
              hours.holidays === 0
                ? 'Hours are set, without holidays'
                : `Hours are set, with ${counted(hours.holidays, 'holiday')}`,
            at: null,
          });
    case 'trigger':
      return triggers.length === 0
        ? open('Make the address that your phone system calls when somebody waits on hold or hangs up.')
        : done({
            words: triggers.length === 1 ? 'One trigger is made' : `${triggers.length} triggers are made`,
            at: null,
          });
    case 'texts':
      return textsStep(triggers);
    case 'call':
      return facts.firstCallAt === null
        ? open('Open the trigger: “Your phone system” says how to have it called, also from a terminal.')
        : done({ words: 'Calls arrive', at: facts.firstCallAt });
    case 'teammate':
      return teammates.length === 0
        ? open('Invite somebody by a link.')
        : done({ words: joined(teammates), at: latest(teammates.map(({ joinedAt }) => joinedAt)) });
    case 'tested':
      return facts.environment === 'production' ? testedElsewhere(triggers) : testedHere(facts.arrivedAt);
    case 'live':
      return liveStep(facts);
  }
}

function lineStep(lines: SetUpFacts['lines']): Standing {
  if (lines.length === 0) return open('Add the number that texts go out from.');
  const facts: SetUpFact[] = [];
  const missing: string[] = [];
  for (const { name, carrierCheck, textInAt } of lines) {
    if (carrierCheck?.isGood) facts.push({ words: `${name}: ${carrierCheck.words}`, at: carrierCheck.at });
    else missing.push(`${name}: ${carrierCheck?.words ?? 'the carrier was not asked yet.'}`);
    if (textInAt === null) missing.push(`${name}: no text has come in yet. Its page says how to see one.`);
    else facts.push({ words: `${name}: texts come in`, at: textInAt });
  }
  return standing(facts, missing);
}

function textsStep(triggers: SetUpTrigger[]): Standing {
  if (triggers.length === 0) return open('First make a trigger: it comes with a text.');
  const languages = [...new Set(triggers.map(({ language }) => language))].sort();
  const facts: SetUpFact[] = [];
  const missing: string[] = [];
  for (const language of languages) {
    const reviews = triggers.filter((one) => one.language === language).map((one) => one.reviewedAt);
    const left = reviews.filter((at) => at === null).length;
    if (left === 0) facts.push({ words: `${nameOf(language)}: looked at`, at: latest(reviews) });
    else missing.push(`${nameOf(language)}: ${counted(left, 'text')} to look at.`);
  }
  return standing(facts, missing);
}

function testedHere(arrivedAt: number | null): Standing {
  return arrivedAt === null
    ? open('Have a trigger text a phone: its page has a test bench.')
    : done({ words: 'A text of a trigger arrived on a phone', at: arrivedAt });
}

/** Production takes the word of demo, or an admin's. */
function testedElsewhere(triggers: SetUpTrigger[]): Standing {
  const facts = triggers.flatMap(({ wentLive }): SetUpFact[] => {
    if (wentLive === null) return [];
    return wentLive.how === 'proof'
      ? [{ words: 'Tested in demo', at: wentLive.testedAt }]
      : [{ words: `Live without a test, on the word of ${wentLive.by.name}`, at: wentLive.at }];
  });
  const [first] = facts;
  return first === undefined
    ? open('Test it in demo, make a proof there, and paste it at the trigger here.')
    : done(first);
}

function liveStep({ environment, triggers }: SetUpFacts): Standing {
  if (environment !== 'production') {
    const missing = ['Real callers are in production. Under Practice, export this one, and import it there.'];
    return { state: 'elsewhere', facts: [], missing };
  }
  const live = triggers.find(({ isOn, wentLive }) => isOn && wentLive !== null);
  return live === undefined
    ? open('Take a trigger live.')
    : done({ words: 'A trigger is live', at: live.wentLive?.at ?? null });
}

function standing(facts: SetUpFact[], missing: string[]): Standing {
  return { state: missing.length === 0 ? 'done' : 'open', facts, missing };
}

function done(fact: SetUpFact): Standing {
  return standing([fact], []);
}

function open(missing: string): Standing {
  return standing([], [missing]);
}

function latest(instants: (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.max(...known);
}

const SHOWN_NAMES = 3;

function joined(teammates: SetUpFacts['teammates']): string {
  const names = teammates.slice(0, SHOWN_NAMES).map(({ name }) => name);
  const more = teammates.length - names.length;
  return more > 0
    ? `${names.join(', ')} and ${more} more work here`
    : `${names.join(', ')} ${names.length === 1 ? 'works' : 'work'} here`;
}

function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}

function counted(n: number, what: string): string {
  return n === 1 ? `one ${what}` : `${n} ${what}s`;
}

function placeOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
