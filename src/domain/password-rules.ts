export const MIN_PASSWORD_LENGTH = 12;
/** More is no safer, and costs time to hash. */
export const MAX_PASSWORD_LENGTH = 256;

/** What is tried first among passwords of this length; compared without case and without what is not a letter or digit. */
const COMMON = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789123',
  '123123123123',
  '111111111111',
  '000000000000',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwerty123456',
  'qwertyqwerty',
  'qwertyuiopasdfghjkl',
  '1qaz2wsx3edc',
  '1q2w3e4r5t6y',
  'abcdefghijkl',
  'abcdefghijklmnop',
  'abc123abc123',
  'passwordpassword',
  'password1234',
  'password12345',
  'password123456',
  'passw0rd1234',
  'adminadminadmin',
  'administrator',
  'administrator1',
  'letmeinletmein',
  'welcomewelcome',
  'welcome12345',
  'changeme1234',
  'changemechangeme',
  'iloveyou1234',
  'iloveyouiloveyou',
  'correcthorsebatterystaple',
  'offhookoffhook',
  'offhookdemo12',
]);

export type PasswordVerdict = 'good' | 'too-short' | 'too-long' | 'common';

/** Length, and not what everybody guesses first; rules about signs only make people write it down. */
export function judgePassword(password: string, email: string): PasswordVerdict {
  if ([...password].length < MIN_PASSWORD_LENGTH) return 'too-short';
  if (password.length > MAX_PASSWORD_LENGTH) return 'too-long';
  const plain = password.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const isOneThing = new Set(plain).size < 4;
  return isOneThing || COMMON.has(plain) || password.toLowerCase() === email.toLowerCase()
    ? 'common'
    : 'good';
}

/** What to do about it. */
export const PASSWORD_ADVICE: Record<Exclude<PasswordVerdict, 'good'>, string> = {
  'too-short': `Use at least ${MIN_PASSWORD_LENGTH} characters. A few words in a row are easy to keep in mind.`,
  'too-long': `Use at most ${MAX_PASSWORD_LENGTH} characters.`,
  common: 'This password is one of the first that anybody would try. Choose another.',
};
