import { type NewPasskey, passkeyStatement } from './passkeys.ts';

/** By what somebody who came by a link will sign in from now on. `userId`: what the passkey calls them. */
export type ChosenWayIn =
  | { is: 'password'; hash: string }
  | { is: 'passkey'; passkey: NewPasskey; userId: string };

/** Null takes a password away that was there. */
export function passwordOf(chosen: ChosenWayIn): string | null {
  return chosen.is === 'password' ? chosen.hash : null;
}

/** For a new account: what its passkey calls it already. */
export function newIdOf(chosen: ChosenWayIn): string {
  return chosen.is === 'passkey' ? chosen.userId : crypto.randomUUID();
}

/** Right after the statement that makes or changes the account of this e-mail: it holds only if that one did. */
export function passkeyOf(
  db: D1Database,
  chosen: ChosenWayIn,
  email: string,
  now: number,
): D1PreparedStatement[] {
  return chosen.is === 'passkey' ? [passkeyStatement(db, { passkey: chosen.passkey, email, now })] : [];
}
