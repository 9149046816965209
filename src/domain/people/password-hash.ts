import { argon2id } from '@noble/hashes/argon2.js';

/** OWASP's second choice for argon2id (19 MiB, two passes), which stays inside a Worker's memory and time. */
const COST = { m: 19456, t: 2, p: 1 } as const;
const HASH_BYTES = 32;

export const SALT_BYTES = 16;

/** Opens for no password, at the price of one: so that an unknown e-mail takes as long as a wrong password. */
export const NO_PASSWORD_HASH = phc(new Uint8Array(SALT_BYTES), new Uint8Array(HASH_BYTES));

/** In PHC form, with the salt and the cost inside. `salt` must be random. */
export function hashPassword(password: string, salt: Uint8Array): string {
  return phc(salt, derive(password, salt, COST, HASH_BYTES));
}

/** False too for a hash that is not of this form. */
export function isPasswordOf(hash: string, password: string): boolean {
  const [, m, t, p, salt, expected] =
    /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d)\$([A-Za-z\d+/]{11,64})\$([A-Za-z\d+/]{16,88})$/.exec(
      hash,
    ) ?? [];
  if (salt === undefined || expected === undefined) return false;
  const bytes = fromBase64(expected);
  const cost = { m: Number(m), t: Number(t), p: Number(p) };
  return isEqual(bytes, derive(password, fromBase64(salt), cost, bytes.length));
}

/** NFKC, because the same key on two keyboards can send two spellings of one letter. */
function derive(
  password: string,
  salt: Uint8Array,
  cost: { m: number; t: number; p: number },
  length: number,
) {
  return argon2id(password.normalize('NFKC'), salt, { ...cost, dkLen: length });
}

/** In a time that does not tell how much of it is right. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

function phc(salt: Uint8Array, hash: Uint8Array): string {
  return `$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$${toBase64(salt)}$${toBase64(hash)}`;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
