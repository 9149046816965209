import type { CarrierName } from '../calls/firing.ts';
import type { HoursSetting } from '../hours/after-hours.ts';
import type { PracticeKind } from '../people/signed-in.ts';
import { isSameJson } from '../text/same-json.ts';
import type { TriggerRules } from '../triggers/trigger-rules.ts';
import type { UseCase } from '../triggers/use-case.ts';
import type { WaitingSettings } from '../waiting/waiting-settings.ts';

/** How a practice is set up, as one document that goes from demo to production. No secret is in it, and nobody's name. */
export const CONFIGURATION_KIND = 'offhook-configuration';

export interface Configuration {
  practice: { name: string; kind: PracticeKind; timeZone: string; mainNumber: string | null };
  /** Null where nobody set any. */
  hours: HoursSetting | null;
  /** Null where nobody set any. */
  waiting: WaitingSettings | null;
  lines: ConfiguredLine[];
}

export interface ConfiguredLine {
  name: string;
  /** E.164. */
  number: string;
  carrier: CarrierName;
  mainNumber: string | null;
  segmentsPerSecond: number;
  looksUpLineType: boolean;
  /** Null where it goes by its practice. */
  hours: HoursSetting | null;
  triggers: ConfiguredTrigger[];
}

export interface ConfiguredTrigger {
  useCase: UseCase;
  language: string;
  text: string;
  phoneSystem: string | null;
  rules: TriggerRules;
}

/** A line that is here, with what the file says of it; `id` is null where it is added. */
export interface LinePlan {
  id: string | null;
  /** Of the same number: then the file also says what it is. Else it is one of the same name, and stays what it is. */
  isSameNumber: boolean;
  file: ConfiguredLine;
}

export interface ConfigurationPlan {
  lines: LinePlan[];
  /** What would be otherwise, in words; empty where all is so already. */
  changes: string[];
  /** Why nothing of it can be taken in. */
  refusals: string[];
}

interface Here {
  configuration: Configuration;
  /** By number: in use, of this practice. */
  lineIds: ReadonlyMap<string, string>;
  /** A number that is somebody else's already, or a line of this practice that is retired. */
  isTaken: (number: string) => boolean;
  /** Why a line of this carrier cannot be added; null where it can. */
  carrierFault: (carrier: CarrierName) => string | null;
}

/** Lines are found by number, else by name: demo has other numbers than production. What is only here stays. */
export function planConfiguration(file: Configuration, here: Here): ConfigurationPlan {
  const plan: ConfigurationPlan = { lines: [], changes: [], refusals: [] };
  const { practice, hours, waiting, lines } = here.configuration;
  if (!isSameJson(file.practice, practice))
    plan.changes.push(`The practice: ${differing(practice, file.practice)}`);
  if (file.hours !== null && !isSameJson(file.hours, hours))
    plan.changes.push('Its hours, holidays and after-hours reply');
  if (file.waiting !== null && !isSameJson(file.waiting, waiting))
    plan.changes.push('How long callers may wait, and which words are urgent');
  for (const line of file.lines) {
    const byNumber = lines.find(({ number }) => number === line.number);
    const found = byNumber ?? lines.find(({ name }) => name === line.name);
    plan.lines.push({
      id: found === undefined ? null : (here.lineIds.get(found.number) ?? null),
      isSameNumber: byNumber !== undefined,
      file: line,
    });
    if (found === undefined) planNew(plan, line, here);
    else planKnown(plan, line, found, byNumber !== undefined);
  }
  const ids = plan.lines.flatMap(({ id }) => id ?? []);
  if (new Set(ids).size < ids.length)
    plan.refusals.push(
      'Two lines of the file are the same line here. Give the lines here names of their own.',
    );
  return plan;
}

function planNew({ changes, refusals }: ConfigurationPlan, line: ConfiguredLine, here: Here): void {
  const fault = here.carrierFault(line.carrier);
  if (here.isTaken(line.number)) {
    refusals.push(
      `${line.name}: its number is in use already, or was. Add a line of this name here, with its own number.`,
    );
  } else if (fault !== null) {
    refusals.push(
      `${line.name}: ${fault} Add a line of this name here first, with its own number and carrier.`,
    );
  } else {
    changes.push(`New line ${line.name} with ${line.triggers.length} triggers`);
  }
}

function planKnown(
  { changes }: ConfigurationPlan,
  file: ConfiguredLine,
  here: ConfiguredLine,
  isSameNumber: boolean,
): void {
  const { triggers: _, hours: __, ...said } = file;
  const { triggers: ___, hours: ____, ...is } = here;
  if (isSameNumber && !isSameJson({ ...said, carrier: is.carrier }, is))
    changes.push(`${here.name}: ${differing(is, { ...said, carrier: is.carrier })}`);
  if (!isSameJson(file.hours, here.hours))
    changes.push(
      `${here.name}: ${file.hours === null ? 'goes by the hours of the practice' : 'hours of its own'}`,
    );
  for (const trigger of file.triggers) {
    const { useCase, language } = trigger;
    const known = here.triggers.find((one) => one.useCase === useCase && one.language === language);
    if (known === undefined) changes.push(`${here.name}: new trigger ${useCase}, ${language}`);
    else if (!isSameJson(known, trigger))
      changes.push(`${here.name}: trigger ${useCase}, ${language}: ${differing(known, trigger)}`);
  }
}

/** The names of the fields that are not the same. */
function differing(before: object, after: object): string {
  const was = new Map(Object.entries(before));
  return Object.entries(after)
    .filter(([key, value]) => !isSameJson(value, was.get(key)))
    .map(([key]) => FIELD_WORDS[key] ?? key)
    .join(', ');
}

const FIELD_WORDS: Partial<Record<string, string>> = {
  timeZone: 'time zone',
  mainNumber: 'main number',
  segmentsPerSecond: 'pace',
  looksUpLineType: 'finding out landlines',
  phoneSystem: 'phone system',
};
