/** The number of the phone on this page: ten digits, kept in the address so that a reload is the same phone. */
import { HANDSET_ENDINGS, type HandsetKind, handsetKind } from '../../src/domain/conversation/handset.ts';

export function isPhoneNumber(digits: string): boolean {
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(digits);
}

/** What somebody typed or pasted, as ten digits where that is what it is. */
export function digitsOf(typed: string): string {
  const digits = typed.replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}

/** A Seattle mobile that nobody else on this demo is likely to have; never one of the special endings. */
export function randomNumber(): string {
  const between = (low: number, high: number) => low + Math.floor(Math.random() * (high - low));
  return `206${between(220, 300)}${between(1000, 10_000)}`;
}

/** The same phone with the last four digits that make it behave so. */
export function numberOfKind(number: string, kind: HandsetKind): string {
  if (handsetKind(number) === kind) return number;
  const ending = HANDSET_ENDINGS.find((special) => special.kind === kind)?.ending;
  return ending === undefined ? randomNumber() : number.slice(0, 6) + ending;
}

export function numberInAddress(search: string): string | null {
  const digits = digitsOf(new URLSearchParams(search).get('number') ?? '');
  return isPhoneNumber(digits) ? digits : null;
}
