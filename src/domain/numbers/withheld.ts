/** How phone systems say that there is no number to see: in words, or in those words on a keypad. */

const KEYPAD_WORDS = ['ANONYMOUS', 'RESTRICTED', 'UNAVAILABLE', 'UNKNOWN', 'PRIVATE', 'BLOCKED'] as const;

/** Somebody asked for it, so it holds even where the number is there to be read. */
const ON_REQUEST = 'anonymous|restricted|private|blocked|withheld|hidden|no(?:caller)?(?:id|number)';
/** Nobody knows it. `asterisk` is what that phone system calls a caller without a number; the rest are empty variables. */
const NOT_KNOWN = 'unavailable|unknown|notavailable|notprovided|outofarea|none|null|undefined|asterisk';
const AROUND_IT = 'caller|number|name|user|by|id';

const onRequest = new RegExp(`^(?:${AROUND_IT})*(?:${ON_REQUEST})(?:${AROUND_IT})*$`);
const anyReason = new RegExp(`^(?:${AROUND_IT})*(?:${ON_REQUEST}|${NOT_KNOWN})(?:${AROUND_IT})*$`);

/** "Private number", "No Caller ID", `ANONYMOUS`: nothing but such words, however they are spaced. */
export function saysWithheld(text: string): boolean {
  return anyReason.test(lettersOf(text));
}

/** A display name beside a number. "Unknown" there only means that the name is not known. */
export function asksToWithhold(displayName: string): boolean {
  return onRequest.test(lettersOf(displayName));
}

/** RFC 3323: a caller who wants no name is `anonymous@anonymous.invalid`, whatever stands before the `@`. */
export function isWithheldHost(host: string): boolean {
  return /^(?:anonymous|restricted|unavailable|unknown|private)\.invalid\.?$/i.test(host);
}

/**
 * RESTRICTED on a keypad is 737 874 2833, a well-formed number of somebody in Texas who never called, and
 * some phone systems put a country code or a dialling prefix before it: 1, +1, 001, 011.
 */
export function isWithheldKeypad(digits: string): boolean {
  return keypadForms.some(
    (form) => digits.endsWith(form) && /^(?:00?|011)?1?$/.test(digits.slice(0, -form.length)),
  );
}

const keypadForms = KEYPAD_WORDS.map((word) => word.replace(/./g, keyOf));

function keyOf(letter: string): string {
  const keys = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];
  return String(keys.findIndex((letters) => letters.includes(letter)) + 2);
}

/** Empty where there are digits too: then it is no such word. */
function lettersOf(text: string): string {
  return /\d/.test(text) ? '' : text.toLowerCase().replace(/[^a-z]/g, '');
}
