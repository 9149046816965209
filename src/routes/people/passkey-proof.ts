import type { Context } from 'hono';
import type * as z from 'zod';
import { browserName } from '../../domain/people/browser-name.ts';
import type { Env } from '../../env.ts';
import {
  type NewPasskey,
  notePasskeyUse,
  passkeyByCredential,
  type StoredPasskey,
} from '../../practices/passkeys.ts';
import type { PasskeyFor } from '../../practices/sign-in-attempts.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { ownAttempt } from '../door/attempt.ts';
import { checkUse, type MadePasskey, readNewPasskey, type UsedPasskey } from './passkey-check.ts';

interface Here {
  Bindings: Env;
}

/** Whose passkey was used just now in this browser; throws where it shows nothing. */
export async function staffOfPasskey<E extends Here>(
  c: Context<E>,
  used: z.output<typeof UsedPasskey>,
  now: number,
): Promise<string> {
  const attempt = await ownAttempt(c, 'passkey', now);
  if (attempt === null) throw tooLate();
  const passkey = await passkeyByCredential(c.env.DB, used.id);
  if (passkey === null) throw new Problem('unknown-passkey');
  const use = await checkUse(used, attempt, passkey);
  switch (use.is) {
    case 'refused':
      throw new Problem('bad-passkey');
    case 'copied':
      throw await copied(c, passkey);
    case 'genuine': {
      const { id, staffId } = passkey;
      if (!(await notePasskeyUse(c.env.DB, { id, counter: use.counter, now })))
        throw await copied(c, passkey);
      return staffId;
    }
  }
}

/** The passkey that was made just now in this browser, for the one whom it was begun for. */
export async function newPasskeyOf<E extends Here>(
  c: Context<E>,
  made: z.output<typeof MadePasskey>,
  whom: PasskeyFor,
  now: number,
): Promise<{ passkey: NewPasskey; userId: string }> {
  const attempt = await ownAttempt(c, 'new-passkey', now);
  if (attempt === null || JSON.stringify(attempt.for) !== JSON.stringify(whom)) throw tooLate();
  const passkey = await readNewPasskey(
    made,
    attempt,
    browserName(c.req.header('user-agent') ?? '') ?? 'Passkey',
  );
  if (passkey === null) throw new Problem('bad-passkey');
  return { passkey, userId: attempt.userId };
}

function tooLate(): Problem {
  return new Problem('bad-passkey', {
    message: 'This took too long, or was begun in another tab. Start again with the passkey.',
  });
}

/** Loud, because a key that should never leave its device is at two places. */
async function copied<E extends Here>(c: Context<E>, { id, staffId }: StoredPasskey): Promise<Problem> {
  console.error('a passkey was used that seems to be copied', { passkeyId: id });
  const told = { staffId, isOwn: false, action: 'passkey-copied', always: true } as const;
  await audited(c, (entry) => entry.person(told).run());
  return new Problem('bad-passkey', {
    message:
      'This passkey may have been copied, so it is not taken. Sign in another way, remove it, and tell an admin.',
  });
}
