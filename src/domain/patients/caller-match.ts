/**
 * Whose number a caller's is, as far as the practice that they called may know. `here`: of a patient of that
 * practice; `elsewhere`: only of another practice's. A number says nothing about who holds the phone: all patients
 * are named, and none is assumed.
 */
export interface CallerMatch {
  verified: 'here' | 'elsewhere' | null;
  /** Empty where the setting keeps those of other practices apart. */
  names: string[];
  /** BCP 47, where all patients of this practice with the number share it. */
  language: string | null;
}

export const UNVERIFIED: CallerMatch = { verified: null, names: [], language: null };

/** More share a number only where it is that of a home, and the patients page lists them all. */
export const MAX_NAMES = 50;

/** A living patient with the number. */
export interface PatientWithNumber {
  practiceId: string;
  name: string;
  language: string | null;
}

export function callerMatch(
  patients: readonly PatientWithNumber[],
  { practiceId, mayReachAny }: { practiceId: string; mayReachAny: boolean },
): CallerMatch {
  const here = patients.filter((patient) => patient.practiceId === practiceId);
  const named = mayReachAny ? [...here, ...patients.filter((patient) => !here.includes(patient))] : here;
  const languages = new Set(here.map(({ language }) => language));
  const [language = null] = languages.size === 1 ? languages : [];
  return {
    verified: here.length > 0 ? 'here' : patients.length > 0 ? 'elsewhere' : null,
    names: [...new Set(named.map(({ name }) => name))].slice(0, MAX_NAMES),
    language,
  };
}

/** A patient of the practice's directory whom staff, who know better than a number, said that the caller is. */
export interface LinkedPatient {
  id: string;
  name: string;
}

/** What the inbox knows of a caller. */
export interface Caller extends Pick<CallerMatch, 'verified' | 'names'> {
  /** E.164. */
  number: string;
  /** Null while nobody is named, or where several are. */
  name: string | null;
  /** Said by hand: then nobody else is named, whoever has the number. */
  linked?: LinkedPatient;
}

export function callerWith(
  number: string,
  { verified, names }: CallerMatch,
  linked: LinkedPatient | null = null,
): Caller {
  if (linked !== null) return { number, name: linked.name, verified: 'here', names: [linked.name], linked };
  const [first = null] = names;
  return { number, name: names.length === 1 ? first : null, verified, names };
}

export function isSameCaller(one: Caller, other: Caller): boolean {
  return (
    one.verified === other.verified &&
    one.linked?.id === other.linked?.id &&
    one.names.length === other.names.length &&
    one.names.every((name, index) => name === other.names[index])
  );
}
