import { MAX_CELL, type PatientRow } from './patient-row.ts';

/** FHIR R4, as far as the directory asks: https://hl7.org/fhir/R4/patient.html. All of it is foreign. */
interface FhirPatient {
  resourceType?: unknown;
  id?: unknown;
  active?: unknown;
  name?: unknown;
  telecom?: unknown;
  deceasedBoolean?: unknown;
  deceasedDateTime?: unknown;
  communication?: unknown;
  link?: unknown;
}

export type ReadFhir = { is: 'row'; row: PatientRow } | { is: 'refused'; message: string };

/** One line of NDJSON. `now` tells which numbers and names have ended. */
export function readFhirLine(line: string, row: number, now: number): ReadFhir {
  let resource: FhirPatient;
  try {
    resource = JSON.parse(line) as FhirPatient;
  } catch {
    return { is: 'refused', message: 'This line is not JSON. The file may be cut off.' };
  }
  if (typeof resource !== 'object' || resource === null || resource.resourceType !== 'Patient')
    return { is: 'refused', message: 'This line is not a FHIR patient.' };
  return {
    is: 'row',
    row: {
      row,
      name: nameOf(resource.name, now),
      numbers: numbersOf(resource.telecom, now),
      language: languageOf(resource.communication),
      status: isDeceased(resource) ? 'deceased' : resource.active === false ? 'inactive' : 'active',
      externalId: text(resource.id),
      replacedBy: replacedBy(resource.link),
    },
  };
}

function isDeceased({ deceasedBoolean, deceasedDateTime }: FhirPatient): boolean {
  return deceasedBoolean === true || text(deceasedDateTime) !== '';
}

/** The official one, else the usual one, else any that is not an old one. */
function nameOf(names: unknown, now: number): string {
  const current = list(names).filter((name) => !hasEnded(name, now) && name.use !== 'old');
  const name =
    current.find(({ use }) => use === 'official') ??
    current.find(({ use }) => use === 'usual') ??
    current.find(({ use }) => use !== 'maiden') ??
    current[0];
  if (name === undefined) return '';
  const given = list(name.given, 'text').map(text);
  const parts = [...given, text(name.family)].filter((part) => part !== '').join(' ');
  // A text may be sorted by family name, or have titles in it.
  return (parts || text(name.text)).slice(0, MAX_CELL);
}

const USES = ['mobile', 'home', 'temp', 'work'];

/** Mobile before home, and none that has ended. */
function numbersOf(telecom: unknown, now: number): string[] {
  const placeOf = ({ use }: Fields) => {
    const place = USES.indexOf(text(use));
    return place === -1 ? USES.length : place;
  };
  return list(telecom)
    .filter(({ system, use }) => (system === 'phone' || system === 'sms') && use !== 'old')
    .filter((point) => !hasEnded(point, now))
    .toSorted((a, b) => placeOf(a) - placeOf(b) || rankOf(a) - rankOf(b))
    .map(({ value }) => text(value))
    .filter((value) => value !== '')
    .slice(0, 10);
}

function rankOf({ rank }: Fields): number {
  return typeof rank === 'number' ? rank : Number.MAX_SAFE_INTEGER;
}

/** The preferred one, else the only one that is told. */
function languageOf(communication: unknown): string {
  const spoken = list(communication);
  const one =
    spoken.find(({ preferred }) => preferred === true) ?? (spoken.length === 1 ? spoken[0] : undefined);
  const language = fields(one?.language);
  const [coding] = list(language.coding);
  return text(coding?.code) || text(language.text);
}

/** What the other system calls the record that is used now: the last part of a reference, relative or not. */
function replacedBy(links: unknown): string {
  const link = list(links).find(({ type }) => type === 'replaced-by');
  const [, id = ''] =
    /Patient\/([^/?#]+)(?:\/_history\/[^/]*)?$/.exec(text(fields(link?.other).reference)) ?? [];
  return id;
}

function hasEnded({ period }: Fields, now: number): boolean {
  const end = text(fields(period).end);
  if (end === '') return false;
  // A day, a month or a year lasts until it is over.
  const at = Date.parse(end);
  const lasts = /^\d{4}$/.test(end)
    ? 366
    : /^\d{4}-\d{2}$/.test(end)
      ? 31
      : /^\d{4}-\d{2}-\d{2}$/.test(end)
        ? 1
        : 0;
  return Number.isNaN(at) ? false : at + lasts * 24 * 3600_000 <= now;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): Fields[];
function list(value: unknown, of: 'text'): unknown[];
function list(value: unknown, of?: 'text'): unknown[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return of === 'text' ? items : items.map(fields);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, MAX_CELL) : '';
}
