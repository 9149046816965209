import type { Env } from '../../env.ts';
import type { FoundSession } from '../../practices/sessions.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';

const TAG_LENGTH = 16;

/** By which signing out finds what belongs to that browser; it lets nobody in. */
export function sessionTagOf(tokenHash: string): string {
  return tokenHash.slice(0, TAG_LENGTH);
}

/** Whoever signed out is told no more through that browser. Signing out never fails for it. */
export async function endPushes(env: Env, { signedIn, tokenHash }: FoundSession): Promise<void> {
  const told = await Promise.allSettled(
    signedIn.worksIn.map((id) => inboxOf(env, id).unsubscribe(signedIn.staff.id, sessionTagOf(tokenHash))),
  );
  for (const one of told)
    if (one.status === 'rejected') console.error('pushes were not ended', { error: String(one.reason) });
}
