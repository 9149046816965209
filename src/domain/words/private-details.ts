import { withoutAccents } from '../text/without-accents.ts';

/** What a text should rather not say, since texts are read by others and kept by carriers. Only ever a warning. */
export type PrivateDetail = {
  is: 'social-security-number' | 'record-number' | 'birth-date' | 'medical-word';
  /** As it is written. */
  found: string;
};

const SOCIAL_SECURITY = [
  // Areas 000, 666 and 9xx, group 00 and serial 0000 are never given out (SSA, since 2011).
  /(?<![\d-])(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/,
  /\b(?:ssn|social security|seguro social)\b[^\d\n]{0,20}\d{3}[- ]?\d{2}[- ]?\d{4}(?!\d)/i,
];

const RECORD_NUMBER =
  /\b(?:mrn|medical record|record (?:number|no|#)|chart (?:number|no|#)|patient (?:id|number)|member (?:id|number)|expediente|historia cl[ií]nica|n[uú]mero de (?:paciente|historia|expediente))(?![\p{L}])[^\d\n]{0,15}[A-Z]{0,3}\d[\d-]{3,}/iu;

const DATE = String.raw`(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})`;
const BORN = new RegExp(
  String.raw`\b(?:dob|d\.o\.b\.|date of birth|birth ?date|birthday|born(?: on)?|fecha de nacimiento|naci[oó](?: el)?|nacid[oa](?: el)?)(?![\p{L}])[^\d\n]{0,15}${DATE}`,
  'iu',
);
/** A whole date of an earlier year has few other meanings in a text to a caller. */
const OLD_DATE =
  /(?<![\d/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-]((?:19|20)\d{2})|((?:19|20)\d{2})-\d{2}-\d{2})(?![\d/.-])/g;

const MEDICAL = [
  // English
  'abortion',
  'addiction',
  'aids',
  'alcoholism',
  'anxiety',
  'asthma',
  'biopsy',
  'bipolar',
  'cancer',
  'chemo',
  'chemotherapy',
  'chlamydia',
  'colonoscopy',
  'covid',
  'dementia',
  'depression',
  'diabetes',
  'diagnosed',
  'diagnosis',
  'dialysis',
  'epilepsy',
  'gonorrhea',
  'hepatitis',
  'herpes',
  'hiv',
  'insulin',
  'mammogram',
  'melanoma',
  'methadone',
  'miscarriage',
  'overdose',
  'pap smear',
  'pregnancy',
  'pregnant',
  'psychiatric',
  'schizophrenia',
  'std',
  'sti',
  'stroke',
  'suboxone',
  'suicide',
  'syphilis',
  'test results',
  'tuberculosis',
  'tumor',
  'ultrasound',
  // Spanish
  'aborto',
  'adiccion',
  'ansiedad',
  'asma',
  'biopsia',
  'colonoscopia',
  'demencia',
  'depresion',
  'derrame cerebral',
  'diagnosticado',
  'diagnosticada',
  'diagnostico',
  'dialisis',
  'embarazada',
  'embarazo',
  'epilepsia',
  'esquizofrenia',
  'insulina',
  'mamografia',
  'metadona',
  'quimioterapia',
  'resultados de su',
  'sida',
  'sifilis',
  'sobredosis',
  'suicidio',
  'tuberculosis',
  'ultrasonido',
  'vih',
];
const MEDICAL_WORD = new RegExp(String.raw`(?<!\p{L})(?:${MEDICAL.join('|')})(?!\p{L})`, 'iu');

/** In the order of how bad it would be; of each kind the first. */
export function privateDetails(text: string, now: number): PrivateDetail[] {
  const found = (is: PrivateDetail['is'], ...patterns: RegExp[]): PrivateDetail[] => {
    const match = patterns.map((pattern) => pattern.exec(text)).find((one) => one !== null);
    return match === undefined || match === null ? [] : [{ is, found: match[0].trim() }];
  };
  const born = found('birth-date', BORN);
  return [
    ...found('social-security-number', ...SOCIAL_SECURITY),
    ...found('record-number', RECORD_NUMBER),
    ...(born.length > 0 ? born : oldDate(text, now)),
    ...medicalWord(text),
  ];
}

function oldDate(text: string, now: number): PrivateDetail[] {
  const thisYear = new Date(now).getUTCFullYear();
  for (const [found, late, early] of text.matchAll(OLD_DATE)) {
    if (Number(late ?? early) < thisYear) return [{ is: 'birth-date', found }];
  }
  return [];
}

/** Looked for without accents, and shown with them. */
function medicalWord(text: string): PrivateDetail[] {
  const match = MEDICAL_WORD.exec([...text].map(withoutAccent).join(''));
  return match === null
    ? []
    : [{ is: 'medical-word', found: [...text].join('').slice(match.index, match.index + match[0].length) }];
}

/** One unit for one unit, so that places stay the same. */
function withoutAccent(character: string): string {
  const plain = withoutAccents(character);
  return plain.length === character.length ? plain : character;
}
