import { withoutAccents } from '../text/without-accents.ts';
import type { StaffRef } from './message.ts';

/** Who a text may be about or for; `callers` is empty where nobody knows who holds the phone. */
export interface People {
  callers: readonly string[];
  /** Without the writer. */
  staff: readonly StaffRef[];
}

/**
 * A reply that was meant as a note would reach a patient, and a note that was meant as a reply nobody. These say where
 * a text sounds like the other kind; they are asked before it is sent and never have the last word, so that what they
 * pass over costs more than a question too many, but not by far.
 */

/** A reply that sounds as if it was meant for colleagues. */
export function looksLikeNote(text: string, people: People): boolean {
  const plain = text.trim();
  return (
    namesWithAt(plain, people.staff) ||
    /^(internal|note to (self|staff|file)|note)\s*[:–-]/i.test(plain) ||
    (/^fyi\b/i.test(plain) && speaksOfCaller(plain, people)) ||
    speaksOfPatient(plain) ||
    isForColleague(plain, people)
  );
}

/** A note that sounds as if it was meant for the caller. */
export function looksLikeReply(text: string, people: People): boolean {
  const plain = text.trim();
  if (plain.includes('@') || speaksOfPatient(plain) || /^(fyi|note|internal)\b/i.test(plain)) return false;
  const greeted = GREETING.exec(plain)?.[1];
  if (greeted !== undefined) {
    const name = firstWord(greeted);
    if (isAmong(name, people.staff.map(nameOf)) && !isAmong(name, people.callers)) return false;
    return isAmong(name, people.callers) || /\b(you|your|yours|usted|su|tu)\b/i.test(greeted);
  }
  return TO_CALLER.test(plain);
}

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hola|buenos d[ií]as|buenas (?:tardes|noches))\b[\s,!.]*(.+)/isu;

const TO_CALLER =
  /^(?:your (?:appointment|prescription|refill|results?|test|visit|referral|medication)|thank(?:s| you) for (?:calling|texting|reaching|contacting|your|letting)|(?:please )?(?:call|text|reply to) us|we (?:can|could) see you|gracias por|su cita)\b/i;

/** As staff write of whom they treat; not of points, parts or physical therapy. */
function speaksOfPatient(text: string): boolean {
  return (
    /(?<![\w.])(?<!\d\s)[Pp]ts?(?!\w|\.?\s*\d)(?!\s+(?:appointment|session|evaluation|exercises?))/.test(
      text,
    ) ||
    /\b(?:the )?(?:patient|caller|pt)(?:'s (?:mother|mom|father|dad|wife|husband|daughter|son))? (?:called|calls|says|said|states|stated|wants|wanted|needs|asked|asks|reports|denies|hung)\b/i.test(
      text,
    )
  );
}

function speaksOfCaller(text: string, { callers }: People): boolean {
  const words = wordsOf(text);
  const names = callers.map(firstWord);
  return words.some(
    (word) =>
      ['she', 'he', 'her', 'him', 'his', 'patient', 'caller', 'pt'].includes(word) || names.includes(word),
  );
}

/** `@maria` is how colleagues are named, whole name or not; what stands in an e-mail address is none. */
function namesWithAt(text: string, staff: readonly StaffRef[]): boolean {
  const named = [...text.matchAll(/(?<![\p{L}\p{N}])@([\p{L}\p{N}]+)/gu)].map(([, name = '']) => name);
  return named.some((name) => isAmong(name, staff.map(nameOf)));
}

/** "Maria, can you …": only where it is known that the caller is not called so. */
function isForColleague(text: string, { callers, staff }: People): boolean {
  if (callers.length === 0) return false;
  const name = /^(?:(?:hi|hey|hello)\s+)?(\p{L}+)\s*[,:–-]/iu.exec(text)?.[1];
  return name !== undefined && isAmong(name, staff.map(nameOf)) && !isAmong(name, callers);
}

function isAmong(name: string, names: readonly string[]): boolean {
  return names.some((one) => firstWord(one) === firstWord(name));
}

function nameOf({ name }: StaffRef): string {
  return name;
}

function firstWord(text: string): string {
  return wordsOf(text)[0] ?? '';
}

function wordsOf(text: string): string[] {
  return withoutAccents(text)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
