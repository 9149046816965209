import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashPassword,
  isPasswordOf,
  NO_PASSWORD_HASH,
  SALT_BYTES,
} from '../../src/domain/people/password-hash.ts';
import { judgePassword } from '../../src/domain/people/password-rules.ts';

const SALT = new Uint8Array(SALT_BYTES).fill(7);
const ANA = 'ana.reyes@lakeside.example';

describe('a password hash', () => {
  // From test.c of the reference implementation, https://github.com/P-H-C/phc-winner-argon2
  it.each([
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc',
  ])('is what the reference implementation makes: %s', (hash) => {
    expect(isPasswordOf(hash, 'password')).toBe(true);
    expect(isPasswordOf(hash, 'Password')).toBe(false);
  });

  it('says with what it was made, so that the cost can grow later', () => {
    const hash = hashPassword('four words in a row', SALT);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$BwcHBwcHBwcHBwcHBwcHBw\$[\w+/]{43}$/);
    expect(isPasswordOf(hash, 'four words in a row')).toBe(true);
    expect(isPasswordOf(hash, 'four words in a ro')).toBe(false);
  });

  it('takes one letter for the same however a keyboard spells it', () => {
    const composed = 'contrase\u00f1a larga';
    expect(isPasswordOf(hashPassword(composed, SALT), composed.normalize('NFD'))).toBe(true);
  });

  it('of nobody costs as much, and opens for nothing', () => {
    expect(NO_PASSWORD_HASH).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$A{22}\$A{43}$/);
    expect(isPasswordOf(NO_PASSWORD_HASH, '')).toBe(false);
    expect(isPasswordOf(NO_PASSWORD_HASH, 'offhook-demo')).toBe(false);
  });

  it('that is none opens for nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\$argon2id\$.*$/)), (text) => {
        expect(isPasswordOf(text, text)).toBe(false);
      }),
    );
  });
});

describe('a new password', () => {
  it.each([
    ['three-short', 'too-short'],
    ['🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑', 'too-short'],
    ['x'.repeat(257), 'too-long'],
    ['Password-1234', 'common'],
    ['1234 5678 9012', 'common'],
    ['correct horse battery staple', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['ababababababab', 'common'],
    ['------------', 'common'],
    ['Ana.Reyes@lakeside.example', 'common'],
    ['Welcome2026!!', 'common'],
    ['P@ssw0rd-P@ssw0rd', 'common'],
    ['pa55w0rd2026', 'common'],
    ['Summer Clinic 2027', 'common'],
    ['qwertyuiop[]', 'common'],
    ['1qaz2wsx3edc!', 'common'],
    ['lakeside2026reyes', 'common'],
    ['0987654321098', 'common'],
    ['abc123abc123', 'common'],
    ['harbour lantern', 'good'],
    ['mañana por la tarde', 'good'],
    ['чернильница 42', 'good'],
  ])('%s is %s', (password, verdict) => {
    expect(judgePassword(password, ANA)).toBe(verdict);
  });
});
