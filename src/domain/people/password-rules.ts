import { isCommonPassword } from './common-passwords.ts';

export const MIN_PASSWORD_LENGTH = 12;
/** More is no safer, and costs time to hash. */
export const MAX_PASSWORD_LENGTH = 256;

export type PasswordVerdict = 'good' | 'too-short' | 'too-long' | 'common';

/** Length, and not what everybody guesses first; rules about signs only make people write it down. */
export function judgePassword(password: string, email: string): PasswordVerdict {
  if ([...password].length < MIN_PASSWORD_LENGTH) return 'too-short';
  if (password.length > MAX_PASSWORD_LENGTH) return 'too-long';
  const address = email.toLowerCase();
  const own = address.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  return password.toLowerCase() === address || isCommonPassword(password, own) ? 'common' : 'good';
}

/** What to do about it. */
export const PASSWORD_ADVICE: Record<Exclude<PasswordVerdict, 'good'>, string> = {
  'too-short': `Use at least ${MIN_PASSWORD_LENGTH} characters. A few words in a row are easy to keep in mind.`,
  'too-long': `Use at most ${MAX_PASSWORD_LENGTH} characters.`,
  common: 'This password is one of the first that anybody would try. Choose another.',
};
