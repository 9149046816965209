/** One of somebody's passkeys, as My account shows it. Instants are epoch milliseconds. */
export interface Passkey {
  id: string;
  name: string;
  /** The host name that it is good for: a deployment can have several. */
  host: string;
  madeAt: number;
  usedAt: number | null;
}

export const MAX_PASSKEYS = 20;
export const MAX_PASSKEY_NAME_LENGTH = 60;

/** By which way somebody came in. */
export const WAYS_IN = ['password', 'passkey', 'single-sign-on', 'link'] as const;
export type WayIn = (typeof WAYS_IN)[number];

/** How long somebody who has shown who they are may change how they sign in, without showing it again. */
export const CONFIRMED_MINUTES = 10;

/** How long a browser has to come back with a passkey, or from the provider of a single sign-on. */
export const ATTEMPT_MINUTES = 10;

/** What My account answers about the ways in of whoever asks. */
export interface OwnWaysIn {
  passkeys: Passkey[];
  hasPassword: boolean;
  /** Whether ways in can be changed without showing once more who one is. */
  isConfirmed: boolean;
  /** The host name that a passkey made here is good for. */
  host: string;
}

/**
 * A device that counts has counted on. Zero both times: it does not count, as passkeys that are synced do not.
 * https://www.w3.org/TR/webauthn-3/#sctn-sign-counter
 */
export function hasCountedOn(before: number, now: number): boolean {
  return now > before || (now === 0 && before === 0);
}
