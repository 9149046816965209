import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { MAX_KEY_NAME, MAX_KEYS, SCOPES } from '../../domain/people/api-key.ts';
import { apiKeys as allKeys, apiKeyWithId, makeApiKey, revokeApiKey } from '../../practices/api-keys.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { adminOnly, type SignedInEnv, signedIn } from './signed-in.ts';

/** By which programs come in; an admin's to give out and to revoke. */
export const apiKeys = new Hono<SignedInEnv>();

const KEYS = '/api/enterprise/api-keys';
const KEY = `${KEYS}/:key`;

const NewKey = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'say what it is for')
    .max(MAX_KEY_NAME, `a name has at most ${MAX_KEY_NAME} characters`),
  practiceId: z.string().min(1).max(64),
  scopes: z
    .array(z.enum(SCOPES, `use some of ${SCOPES.join(', ')}`))
    .min(1, 'choose what it is good for')
    .max(SCOPES.length, 'name each only once')
    .refine((scopes) => new Set(scopes).size === scopes.length, 'name each only once'),
});

const refusals = { 403: { description: '`not-allowed`' } };

apiKeys.get(
  KEYS,
  describeRoute({
    summary: 'The API keys that were not revoked, without what lets anybody in (admins)',
    responses: { 200: { description: '`keys`' }, ...refusals },
  }),
  signedIn,
  adminOnly,
  async (c) => c.json({ keys: await allKeys(c.env.DB) }),
);

apiKeys.post(
  KEYS,
  describeRoute({
    summary: 'Make an API key for one practice (admins)',
    responses: {
      201: { description: '`key`, and its `secret`, which is never shown again' },
      400: { description: '`invalid-request`; the message names the field.' },
      409: { description: '`list-full`' },
      ...refusals,
    },
  }),
  signedIn,
  adminOnly,
  jsonBody(NewKey),
  async (c) => {
    const { name, practiceId, scopes } = c.req.valid('json');
    const practice = c.var.session.practices.find((one) => one.id === practiceId);
    if (practice === undefined)
      throw new Problem('invalid-request', {
        message: 'Check “practiceId”: no practice that is in use has this id.',
      });
    const id = crypto.randomUUID();
    const secret = await audited(c, (entry) =>
      makeApiKey(
        c.env.DB,
        { id, name, practiceId, scopes, madeBy: c.var.session.staff.id, now: Date.now() },
        entry({
          log: [ENTERPRISE_LOG, practiceId],
          action: 'api-key-made',
          subject: { is: 'api-key', id, label: name },
          after: { practice: practice.name, scopes },
        }),
      ),
    );
    if (secret === null)
      throw new Problem('list-full', {
        message: `There are ${MAX_KEYS} API keys already. Revoke those that nothing uses any more, then make this one.`,
      });
    return c.json({ key: await apiKeyWithId(c.env.DB, id), secret }, 201);
  },
);

apiKeys.delete(
  KEY,
  describeRoute({
    summary: 'Revoke an API key: it is good for nothing from the next request on (admins)',
    responses: {
      204: { description: 'It is revoked, now or before.' },
      404: { description: '`not-found`' },
      ...refusals,
    },
  }),
  signedIn,
  adminOnly,
  async (c) => {
    const key = await apiKeyWithId(c.env.DB, c.req.param('key'));
    if (key === null) throw new Problem('not-found');
    const { id, name, practice, scopes } = key;
    await audited(c, (entry) =>
      revokeApiKey(
        c.env.DB,
        { id, now: Date.now() },
        entry({
          log: [ENTERPRISE_LOG, practice.id],
          action: 'api-key-revoked',
          subject: { is: 'api-key', id, label: name },
          before: { practice: practice.name, scopes },
        }),
      ),
    );
    return c.body(null, 204);
  },
);

for (const path of [KEYS, KEY]) {
  apiKeys.all(path, () => {
    throw new Problem('wrong-method');
  });
}
