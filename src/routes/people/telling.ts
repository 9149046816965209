import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { mayPushTo } from '../../domain/telling/push-endpoint.ts';
import { toldAhead, toldHours } from '../../domain/telling/quiet.ts';
import { vapidKeys } from '../../domain/telling/vapid-keys.ts';
import { scheduleOf } from '../../practices/hours.ts';
import { hashOf } from '../../practices/secret.ts';
import { setTelling, tellingOf } from '../../practices/telling.ts';
import { Problem } from '../../problem.ts';
import { inboxOf } from '../conversations/inbox-of-practice.ts';
import { jsonBody } from '../door/json-body.ts';
import { OwnHours } from '../practice/hours-body.ts';
import { sessionTagOf } from './end-pushes.ts';
import { sessionCookie } from './session-cookie.ts';
import { practiceOf, type SignedInEnv, signedIn } from './signed-in.ts';

/** How somebody is told of what happens while they do not look. */
export const telling = new Hono<SignedInEnv>();

const OF_PRACTICE = '/api/practices/:practice/telling';
const OWN = '/api/session/telling';
const PUSH = '/api/session/push-subscription';

/** How far ahead a page knows when it is quiet; it asks again when it is loaded, and every few hours. */
const AHEAD_MS = 8 * 24 * 3_600_000;

const TellingBody = z.strictObject({
  quiet: z.discriminatedUnion(
    'is',
    [z.strictObject({ is: z.literal('never') }), z.strictObject({ is: z.literal('practice') }), OwnHours],
    'choose never, practice or own',
  ),
  passesUrgent: z.boolean(),
});

/** Base64url, as a browser gives it: 65 bytes of a point, 16 of a secret. */
const SubscriptionBody = z.strictObject({
  endpoint: z.string().min(1, 'name the address of the push service'),
  keys: z.strictObject({
    p256dh: z.string().regex(/^B[A-Za-z0-9_-]{86}$/, 'send the public key of the subscription'),
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'send the secret of the subscription'),
  }),
});

telling.get(
  OF_PRACTICE,
  describeRoute({
    summary: 'When I am told of what happens in this practice',
    responses: {
      200: {
        description:
          '`telling` as it was set; `told`, the spans of the next days, null for always; `pushKey`, null where nothing can be pushed',
      },
      404: { description: 'Not there, or not yours to see.' },
    },
  }),
  signedIn,
  async (c) => {
    const { id } = practiceOf(c.var.session, c.req.param('practice'));
    const now = Date.now();
    const [own, hours] = await Promise.all([
      tellingOf(c.env.DB, c.var.session.staff.id),
      scheduleOf(c.env.DB, id, null),
    ]);
    const told = toldAhead(toldHours(own.quiet, hours?.schedule ?? null), now, now + AHEAD_MS);
    return c.json({ telling: own, told, pushKey: vapidKeys(c.env)?.publicKey ?? null });
  },
);

telling.put(
  OWN,
  describeRoute({
    summary: 'Set when I am told',
    responses: { 204: { description: 'Set.' }, 400: { description: '`invalid-request`' } },
  }),
  signedIn,
  jsonBody(TellingBody),
  async (c) => {
    const { id: staffId } = c.var.session.staff;
    const wish = c.req.valid('json');
    await setTelling(c.env.DB, staffId, wish);
    await inPracticesOf(c, (practiceId) => inboxOf(c.env, practiceId).tellWhen({ staffId, ...wish }));
    return c.body(null, 204);
  },
);

telling.put(
  PUSH,
  describeRoute({
    summary: 'Tell me through this browser while no page is open, of the practices in which I work',
    responses: {
      200: { description: 'Kept until this browser signs out; `practices`, of how many it is told.' },
      400: { description: '`invalid-request`: no push service that is asked' },
      503: { description: '`unavailable`: this deployment has no keys for it' },
    },
  }),
  signedIn,
  jsonBody(SubscriptionBody),
  async (c) => {
    const { endpoint, keys } = c.req.valid('json');
    if (!mayPushTo(endpoint, c.env.ENVIRONMENT === 'local'))
      throw new Problem('invalid-request', {
        message: 'Check “endpoint”: it is not the address of a push service.',
      });
    if (vapidKeys(c.env) === null)
      throw new Problem('unavailable', { message: 'Nothing can be pushed here: ask who runs Offhook.' });
    const { staff, practices, worksIn } = c.var.session;
    const own = { ...(await tellingOf(c.env.DB, staff.id)), staffId: staff.id, endpoint, keys };
    const session = await sessionTag(c);
    const told = practices.filter(({ id }) => worksIn.includes(id));
    await Promise.all(
      told.map(({ id, name: practiceName, role }) =>
        inboxOf(c.env, id).subscribe({ ...own, session, practiceName, isManager: role !== 'staff' }),
      ),
    );
    return c.json({ practices: told.length });
  },
);

telling.delete(
  PUSH,
  describeRoute({
    summary: 'Tell me no more through this browser',
    responses: { 204: { description: 'Nothing is told there any more.' } },
  }),
  signedIn,
  async (c) => {
    const session = await sessionTag(c);
    const { id } = c.var.session.staff;
    await inPracticesOf(c, (practiceId) => inboxOf(c.env, practiceId).unsubscribe(id, session));
    return c.body(null, 204);
  },
);

for (const path of [OWN, PUSH]) {
  telling.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** Not those that admins reach from outside: nobody wants to be told of all of them. */
async function inPracticesOf(
  { var: { session } }: Pick<Context<SignedInEnv>, 'var'>,
  tell: (practiceId: string) => Promise<unknown>,
): Promise<void> {
  await Promise.all(session.worksIn.map(tell));
}

async function sessionTag(c: Context<SignedInEnv>): Promise<string> {
  return sessionTagOf(await hashOf(sessionCookie.read(c) ?? ''));
}
