import type { Context } from 'hono';
import * as z from 'zod';
import type { Env } from '../../env.ts';
import type { ChosenWayIn } from '../../practices/chosen-way-in.ts';
import type { PasskeyFor } from '../../practices/sign-in-attempts.ts';
import { Problem } from '../../problem.ts';
import { hashOfChosen } from './check-password.ts';
import { MadePasskey } from './passkey-check.ts';
import { newPasskeyOf } from './passkey-proof.ts';

/** A password, judged later with words about what to do, or what the browser made for a challenge of the link. */
export const wayIn = {
  password: z.string().min(1, 'write a password').max(1000).optional(),
  passkey: MadePasskey.optional(),
};

/** What whoever has a link chose to sign in by; throws, with what to do about it, where it is no good. */
export async function chosenWayIn<E extends { Bindings: Env }>(
  c: Context<E>,
  given: { password?: string | undefined; passkey?: z.output<typeof MadePasskey> | undefined },
  link: { email: string; for: PasskeyFor },
  now: number,
): Promise<ChosenWayIn> {
  const { password, passkey } = given;
  if (passkey !== undefined) return { is: 'passkey', ...(await newPasskeyOf(c, passkey, link.for, now)) };
  if (password === undefined)
    throw new Problem('invalid-request', {
      message: 'Check “password”: write a password, or send a passkey',
    });
  return { is: 'password', hash: hashOfChosen(password, link.email) };
}
