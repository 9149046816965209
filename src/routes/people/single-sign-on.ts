import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import {
  accessOf,
  type SignInSettings,
  vouchedEmail,
  type WaysIn,
} from '../../domain/people/single-sign-on.ts';
import type { Env } from '../../env.ts';
import { practicesOf } from '../../practices/people.ts';
import type { Attempt } from '../../practices/sign-in-attempts.ts';
import { noteThatItWorked, signInSettings } from '../../practices/sign-in-settings.ts';
import { accountOf, applyAccess } from '../../practices/single-sign-on-people.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { ownAttempt, rememberAttempt } from '../door/attempt.ts';
import { ownSite } from '../door/own-site.ts';
import { plainPage } from '../door/plain-page.ts';
import { type Asking, discover } from './openid-discovery.ts';
import { beginAt, personBack } from './openid-provider.ts';
import { PROVIDER_FAULTS } from './provider-faults.ts';
import { recheckSockets } from './recheck-sockets.ts';
import { startSession } from './start-session.ts';

/** Signing in through the OpenID provider of one's organization. Browsers come here by links, so it answers with pages. */
export const singleSignOn = new Hono<{ Bindings: Env }>();

const WAYS = '/api/session/ways';
const BEGIN = '/api/session/single-sign-on';
export const CALLBACK = `${BEGIN}/callback`;

type Here = Context<{ Bindings: Env }>;

singleSignOn.get(
  WAYS,
  describeRoute({
    summary: 'What the sign-in form offers besides e-mail and password',
    responses: { 200: { description: '`singleSignOn`: its name, or null; `isOnlyWay`' } },
  }),
  async (c) => {
    const { singleSignOn: it } = await signInSettings(c.env.DB);
    c.header('Cache-Control', 'no-store');
    return c.json({
      singleSignOn: it.isOn ? it.name : null,
      isOnlyWay: it.isOn && it.isOnlyWay,
    } satisfies WaysIn);
  },
);

singleSignOn.get(
  BEGIN,
  describeRoute({
    summary: 'Go to the provider; `window=1` where the page that asks stays open beside it',
    responses: {
      302: { description: 'To the provider.' },
      404: { description: 'A page: there is no single sign-on.' },
      502: { description: 'A page: the provider cannot be used now, and why.' },
    },
  }),
  async (c) => {
    const now = Date.now();
    const { singleSignOn: settings } = await signInSettings(c.env.DB);
    if (!settings.isOn) return refused(c, 404, 'There is no single sign-on here. Sign in another way.');
    const found = await discover(settings.issuer, askingOf(c, now));
    if (found.is !== 'found') return refused(c, 502, PROVIDER_FAULTS[found.is]);
    const redirectUri = `${ownSite(c.req.raw, c.env.PUBLIC_ORIGIN).origin}${CALLBACK}`;
    const { clientId, issuer } = settings;
    const { address, ...begun } = await beginAt(found.server, { clientId, redirectUri });
    const isWindow = c.req.query('window') === '1';
    const attempt = { is: 'single-sign-on', ...begun, issuer, clientId, redirectUri, isWindow } as const;
    await rememberAttempt(c, attempt, now);
    c.header('Cache-Control', 'no-store');
    return c.redirect(address);
  },
);

singleSignOn.get(
  CALLBACK,
  describeRoute({
    summary: 'Where the provider sends the browser back to',
    responses: {
      200: { description: 'A page: signed in, in a window of its own.' },
      302: { description: 'Signed in: to the inbox.' },
      403: { description: 'A page: not signed in, and why.' },
    },
  }),
  async (c) => {
    const now = Date.now();
    c.header('Cache-Control', 'no-store');
    const attempt = await ownAttempt(c, 'single-sign-on', now);
    if (attempt === null)
      return refused(
        c,
        403,
        'This sign-in took too long, was used before, or began in another browser. Start again.',
      );
    const settings = await signInSettings(c.env.DB);
    const why = await arrive(c, attempt, settings, now);
    if (why !== null) return refused(c, 403, why);
    if (!attempt.isWindow) return c.redirect('/');
    return c.html(
      plainPage({
        title: 'You are signed in',
        text: 'Close this window: the page that you came from goes on where it was.',
        link: { href: '/', words: 'Open the inbox here' },
        script: '/assets/signed-in.js',
      }),
    );
  },
);

for (const path of [WAYS, BEGIN, CALLBACK]) {
  singleSignOn.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** Signs in whom the provider vouches for; answers why not, or null. */
async function arrive(
  c: Here,
  attempt: Extract<Attempt, { is: 'single-sign-on' }>,
  { singleSignOn: settings }: SignInSettings,
  now: number,
): Promise<string | null> {
  const { issuer, clientId } = attempt;
  // The settings may have changed while the person was away.
  if (!settings.isOn || settings.issuer !== issuer || settings.clientId !== clientId)
    return 'The way to sign in was changed meanwhile. Start again.';
  const asking = askingOf(c, now);
  const found = await discover(issuer, asking);
  if (found.is !== 'found') return PROVIDER_FAULTS[found.is];
  const back = await personBack(
    {
      server: found.server,
      settings,
      secret: c.env.SINGLE_SIGN_ON_SECRET ?? null,
      answer: new URL(c.req.url).searchParams,
      begun: attempt,
    },
    asking,
  );
  if (back.is !== 'person') {
    console.error('a single sign-on was refused', { fault: back.is });
    return PROVIDER_FAULTS[back.is];
  }
  const { person } = back;
  const access = accessOf(settings.groups, person.groups);
  const email = vouchedEmail(person, settings.trustsEmails);
  const name = person.name ?? email ?? '';
  const newId = crypto.randomUUID();
  const arrival = await audited(c, (entry) => {
    const made = entry.person({
      staffId: newId,
      isOwn: true,
      action: 'account-by-sign-on',
      after: { issuer },
    });
    const { subject } = person;
    return accountOf(c.env.DB, { issuer, subject, email, name, access, newId }, made);
  });
  if (arrival.is !== 'known' && arrival.is !== 'new') return ARRIVAL_WORDS[arrival.is];
  await letIn(c, arrival.staffId, access, { issuer, clientId, now });
  return null;
}

async function letIn(
  c: Here,
  staffId: string,
  access: ReturnType<typeof accessOf>,
  used: { issuer: string; clientId: string; now: number },
): Promise<void> {
  const db = c.env.DB;
  const before = await practicesOf(db, staffId);
  const isChanged = await audited(c, (entry) => {
    const told = { staffId, isOwn: true, action: 'access-by-groups', after: access, always: true } as const;
    return applyAccess(db, staffId, access, () => entry.person(told));
  });
  if (isChanged) {
    const after = await practicesOf(db, staffId);
    await recheckSockets(c.env, [...new Set([...before, ...after])], staffId);
  }
  const also = [noteThatItWorked(db, used)];
  await startSession(c, staffId, used.now, { way: 'single-sign-on', also });
}

const ARRIVAL_WORDS = {
  deactivated: 'Your account here is deactivated. Ask an admin.',
  'no-email':
    'Your organization does not say that your e-mail address is verified, so we cannot tell who you are. Ask an admin.',
  'no-access': 'You have no account here, and none of your groups gives you one. Ask an admin.',
} as const;

function askingOf(c: Here, now: number): Asking {
  return { isLocal: c.env.ENVIRONMENT === 'local', now };
}

function refused(c: Here, status: 403 | 404 | 502, text: string): Response | Promise<Response> {
  const link = { href: '/', words: 'Back to sign-in' };
  return c.html(plainPage({ title: 'You are not signed in', text, link }), status);
}
