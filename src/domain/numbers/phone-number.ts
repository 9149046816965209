import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { addressIn } from './caller-address.ts';
import { asksToWithhold, isWithheldHost, isWithheldKeypad, saysWithheld } from './withheld.ts';

/** What arrived in place of a caller's number. Only a `textable` one may ever be texted. */
export type CallerNumber =
  /** `number` is E.164. */
  | { kind: 'textable'; number: string }
  | { kind: 'withheld' }
  | { kind: 'not-textable'; why: 'toll-free' | 'premium' | 'fictional' | 'foreign' }
  | { kind: 'unreadable' };

/** Longer than any address of a caller; checked before anything else looks at it. */
const MAX_RAW_LENGTH = 200;

const TOLL_FREE = new Set(['800', '833', '844', '855', '866', '877', '888']);
const PREMIUM = new Set(['900']);

const SEPARATORS = /[\s().[\]/\-\u2010-\u2015\u2212]/g;
const IP_ADDRESS = /^\s*\d{1,3}(?:\.\d{1,3}){3}\s*$/;

/**
 * Reads a caller's number in any form in which phone systems send it. Never throws.
 * Whether a well-formed number is in service only the carrier can know: area codes change too often.
 */
export function readCaller(raw: string): CallerNumber {
  if (raw.length > MAX_RAW_LENGTH) return { kind: 'unreadable' };
  const { displayName, user, host } = addressIn(raw);
  if (user.trim() === '' || saysWithheld(user)) return { kind: 'withheld' };
  if (asksToWithhold(displayName) || isWithheldHost(host)) return { kind: 'withheld' };
  if (/^\s*[-./]/.test(user)) return { kind: 'unreadable' };

  const [, plus, digits] = /^(\+?)(\d+)$/.exec(user.replace(SEPARATORS, '')) ?? [];
  if (digits === undefined) return { kind: 'unreadable' };
  // Before addresses of machines: seven digits with dots between them can look like one.
  if (isWithheldKeypad(digits)) return { kind: 'withheld' };
  if (IP_ADDRESS.test(user)) return { kind: 'unreadable' };
  // A plus in a query arrives as a space.
  return readDigits(digits, { hasPlus: plus === '+', mayHavePlus: /^\s/.test(user) });
}

function readDigits(digits: string, { hasPlus, mayHavePlus }: { hasPlus: boolean; mayHavePlus: boolean }) {
  const international = hasPlus || mayHavePlus ? digits : /^(?:011|00)(\d+)$/.exec(digits)?.[1];
  if (international !== undefined && isForeign(international)) return notTextable('foreign');
  // After a plus comes a country code, so ten digits there are no number of ours.
  const national = (hasPlus ? /^(?:011|00)?1(\d{10})$/ : /^(?:(?:011|00)?1)?(\d{10})$/).exec(digits)?.[1];
  return national === undefined ? ({ kind: 'unreadable' } as const) : readNational(national);
}

/** Ten digits, by the rules of the North American Numbering Plan. */
function readNational(national: string): CallerNumber {
  const area = national.slice(0, 3);
  const exchange = national.slice(3, 6);
  const isWellFormed =
    /^[2-9][0-8]\d$/.test(area) &&
    /^[2-9]/.test(exchange) &&
    !area.endsWith('11') &&
    !exchange.endsWith('11');
  if (!isWellFormed) return { kind: 'unreadable' };
  if (TOLL_FREE.has(area)) return notTextable('toll-free');
  if (PREMIUM.has(area)) return notTextable('premium');
  if (/^55501\d\d$/.test(national.slice(3))) return notTextable('fictional');
  return { kind: 'textable', number: `+1${national}` };
}

/** `digits` begin with a country code. Country code 1 is ours, and its rules are our own. */
function isForeign(digits: string): boolean {
  if (!/^[2-9]\d{6,14}$/.test(digits)) return false;
  return parsePhoneNumberFromString(`+${digits}`)?.isValid() ?? false;
}

function notTextable(why: Extract<CallerNumber, { kind: 'not-textable' }>['why']): CallerNumber {
  return { kind: 'not-textable', why };
}
