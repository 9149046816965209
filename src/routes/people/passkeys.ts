import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { MAX_PASSKEY_NAME_LENGTH, type OwnWaysIn, type Passkey } from '../../domain/people/passkeys.ts';
import {
  addPasskey,
  confirmationOf,
  passkeysOf,
  removePasskey,
  renamePasskey,
} from '../../practices/passkeys.ts';
import { practicesOf } from '../../practices/people.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { ownSite } from '../door/own-site.ts';
import { MadePasskey } from './passkey-check.ts';
import { newPasskeyOf } from './passkey-proof.ts';
import { recheckSockets } from './recheck-sockets.ts';
import { sessionCookie } from './session-cookie.ts';
import { type SignedInEnv, signedIn } from './signed-in.ts';

/** Everybody's own passkeys. */
export const passkeys = new Hono<SignedInEnv>();

const ALL = '/api/session/passkeys';
const ONE = `${ALL}/:passkey`;

const Name = z
  .string()
  .trim()
  .min(1, 'write a name')
  .max(MAX_PASSKEY_NAME_LENGTH, `a name has at most ${MAX_PASSKEY_NAME_LENGTH} characters`);

const confirmFirst = { 403: { description: '`confirm-first`: see `/api/session/confirmation`' } };

passkeys.get(
  ALL,
  describeRoute({
    summary: 'My ways in: the passkeys, and whether there is a password',
    responses: { 200: { description: '`passkeys`, `hasPassword`, `isConfirmed`, `host`' } },
  }),
  signedIn,
  async (c) => {
    const [own, { isConfirmed, hasPassword }] = await Promise.all([
      passkeysOf(c.env.DB, c.var.session.staff.id),
      confirmationOf(c.env.DB, secretOf(c), Date.now()),
    ]);
    const { host } = ownSite(c.req.raw, c.env.PUBLIC_ORIGIN);
    return c.json({ passkeys: own, hasPassword, isConfirmed, host } satisfies OwnWaysIn);
  },
);

passkeys.post(
  ALL,
  describeRoute({
    summary: 'Add a passkey, which answers a challenge for `account`',
    responses: {
      201: { description: 'Added.' },
      401: { description: '`bad-passkey`' },
      409: { description: '`passkey-exists`, `too-many-passkeys`' },
      ...confirmFirst,
    },
  }),
  signedIn,
  jsonBody(z.strictObject({ passkey: MadePasskey, name: Name.optional() })),
  async (c) => {
    const now = Date.now();
    await requireConfirmed(c, now);
    const { passkey: made, name } = c.req.valid('json');
    const staffId = c.var.session.staff.id;
    const { passkey } = await newPasskeyOf(c, made, { is: 'account', staffId }, now);
    const named = { ...passkey, name: name ?? passkey.name };
    const added = await audited(c, (entry) => {
      const after = { name: named.name, host: named.host };
      const made = entry.person({ staffId, isOwn: true, action: 'passkey-added', after });
      return addPasskey(c.env.DB, { staffId, passkey: named, now }, made);
    });
    switch (added) {
      case 'known':
        throw new Problem('passkey-exists');
      case 'too-many':
        throw new Problem('too-many-passkeys');
      case 'added':
        return c.json({ name: named.name }, 201);
    }
  },
);

passkeys.patch(
  ONE,
  describeRoute({
    summary: 'Give one of my passkeys another name',
    responses: { 204: { description: 'Named.' }, 404: { description: '`not-found`: not one of mine' } },
  }),
  signedIn,
  jsonBody(z.strictObject({ name: Name })),
  async (c) => {
    const { name } = c.req.valid('json');
    const { id: staffId } = c.var.session.staff;
    const { id, name: before } = await ownPasskey(c);
    const isRenamed = await audited(c, (entry) => {
      const change = { before: { name: before }, after: { name } };
      const made = entry.person({ staffId, isOwn: true, action: 'passkey-renamed', ...change });
      return renamePasskey(c.env.DB, { staffId, id, name }, made);
    });
    if (!isRenamed) throw new Problem('not-found');
    return c.body(null, 204);
  },
);

passkeys.delete(
  ONE,
  describeRoute({
    summary: 'Remove one of my passkeys; what was signed in with it goes on',
    responses: {
      204: { description: 'Removed.' },
      404: { description: '`not-found`: not one of mine' },
      409: { description: '`last-way-in`' },
      ...confirmFirst,
    },
  }),
  signedIn,
  async (c) => {
    await requireConfirmed(c, Date.now());
    const { id: staffId } = c.var.session.staff;
    const { id, name, host } = await ownPasskey(c);
    const isRemoved = await audited(c, (entry) => {
      const made = entry.person({ staffId, isOwn: true, action: 'passkey-removed', before: { name, host } });
      return removePasskey(c.env.DB, staffId, id, made);
    });
    if (!isRemoved) throw new Problem('last-way-in');
    await recheckSockets(c.env, await practicesOf(c.env.DB, staffId), staffId);
    return c.body(null, 204);
  },
);

for (const path of [ALL, ONE]) {
  passkeys.all(path, () => {
    throw new Problem('wrong-method');
  });
}

async function ownPasskey(c: Context<SignedInEnv>): Promise<Passkey> {
  const own = await passkeysOf(c.env.DB, c.var.session.staff.id);
  const found = own.find(({ id }) => id === c.req.param('passkey'));
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/** An unattended desk must not be enough to make oneself a way in for later. */
export async function requireConfirmed(c: Context<SignedInEnv>, now: number): Promise<void> {
  const { isConfirmed } = await confirmationOf(c.env.DB, secretOf(c), now);
  if (!isConfirmed) throw new Problem('confirm-first');
}

/** `signedIn` has let the request in by it. */
function secretOf(c: Context<SignedInEnv>): string {
  return sessionCookie.read(c) ?? '';
}
