import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import * as z from 'zod';
import { ENTERPRISE_LOG } from '../../domain/audit/audit-entry.ts';
import { MEMBER_ROLES } from '../../domain/people/people.ts';
import {
  MAX_GROUP_RULES,
  type ProviderLook,
  type SignInSettings,
  type SignInSettingsAnswer,
} from '../../domain/people/single-sign-on.ts';
import { publicOrigins } from '../../domain/practice/public-origins.ts';
import { changeSignInSettings, signInSettings as readSettings } from '../../practices/sign-in-settings.ts';
import { Problem } from '../../problem.ts';
import { audited } from '../audit/audited.ts';
import { jsonBody } from '../door/json-body.ts';
import { ownSite } from '../door/own-site.ts';
import { discover } from './openid-discovery.ts';
import { placeOfSecret } from './openid-provider.ts';
import { PROVIDER_FAULTS } from './provider-faults.ts';
import { adminOnly, type SignedInEnv, signedIn } from './signed-in.ts';
import { CALLBACK } from './single-sign-on.ts';

/** How people sign in, for all practices; an admin's. */
export const signInSettings = new Hono<SignedInEnv>();

const SETTINGS = '/api/enterprise/sign-in';
const LOOK = `${SETTINGS}/look`;

const MAX_BODY_BYTES = 64 * 1024;

const Group = z.string().trim().min(1, 'write the group').max(200, 'a group has at most 200 characters');
const Issuer = z.string().trim().max(500, 'an issuer has at most 500 characters');

const Rule = z.discriminatedUnion('is', [
  z.strictObject({ group: Group, is: z.literal('admin') }),
  z.strictObject({
    group: Group,
    is: z.literal('member'),
    practiceId: z.string().min(1).max(64),
    role: z.enum(MEMBER_ROLES, 'use staff or manager'),
  }),
]);

const SingleSignOn = z
  .strictObject({
    name: z.string().trim().max(40, 'a name has at most 40 characters'),
    issuer: Issuer,
    clientId: z.string().trim().max(200, 'a client id has at most 200 characters'),
    groupsClaim: z.string().trim().min(1, 'write the claim, such as groups').max(100),
    trustsEmails: z.boolean(),
    groups: z.array(Rule).max(MAX_GROUP_RULES, `there can be at most ${MAX_GROUP_RULES} groups`),
    isOn: z.boolean(),
    isOnlyWay: z.boolean(),
  })
  .refine(({ isOn, name }) => !isOn || name !== '', { path: ['name'], error: 'write what it is called' })
  .refine(({ isOn, issuer }) => !isOn || issuer !== '', { path: ['issuer'], error: 'write the issuer' })
  .refine(({ isOn, clientId }) => !isOn || clientId !== '', {
    path: ['clientId'],
    error: 'write the client id',
  })
  .refine(({ isOn, isOnlyWay }) => isOn || !isOnlyWay, {
    path: ['isOnlyWay'],
    error: 'what is off cannot be the only way in',
  })
  .refine(({ groups }) => new Set(groups.map(placeOf)).size === groups.length, {
    path: ['groups'],
    error: 'a group stands there twice for the same practice',
  });

const Change = z.strictObject({
  /** As it was seen; 0 where nothing was set yet. */
  version: z.int().min(0),
  passkeysNeeded: z.boolean(),
  singleSignOn: SingleSignOn,
});

signInSettings.get(
  SETTINGS,
  describeRoute({
    summary: 'How people sign in (admins)',
    responses: {
      200: { description: 'The settings; of the client secret, whether there is one.' },
      403: { description: '`not-allowed`' },
    },
  }),
  signedIn,
  adminOnly,
  async (c) => c.json(answerOf(c, await readSettings(c.env.DB))),
);

signInSettings.put(
  SETTINGS,
  describeRoute({
    summary: 'Change how people sign in, all of it at once (admins)',
    responses: {
      200: { description: 'The settings as they are now.' },
      400: { description: '`invalid-request`: what is wrong, and where' },
      403: { description: '`not-allowed`' },
      409: {
        description:
          '`changed-meanwhile`: ask again; `not-tried-yet`: sign in by it once first; `passkey-first`',
      },
    },
  }),
  signedIn,
  adminOnly,
  jsonBody(Change, MAX_BODY_BYTES),
  async (c) => {
    const change = c.req.valid('json');
    const { singleSignOn } = change;
    const unknown = singleSignOn.groups.find(
      (rule) => rule.is === 'member' && !c.var.session.practices.some(({ id }) => id === rule.practiceId),
    );
    if (unknown !== undefined)
      throw new Problem('invalid-request', { message: 'Check “groups”: there is no such practice.' });
    const before = await readSettings(c.env.DB);
    if (before.version !== change.version) throw new Problem('changed-meanwhile');
    if (singleSignOn.isOnlyWay && !hasWorked(before, singleSignOn)) throw new Problem('not-tried-yet');
    if (change.passkeysNeeded && c.var.session.passkey === 'asked') throw new Problem('passkey-first');
    const isChanged = await audited(c, (entry) => {
      const told = {
        log: ENTERPRISE_LOG,
        action: 'sign-in-changed',
        subject: { is: 'enterprise', id: ENTERPRISE_LOG, label: 'How people sign in' },
        before: factsOf(before),
        after: factsOf(change),
      } as const;
      return changeSignInSettings(c.env.DB, change, entry(told));
    });
    if (!isChanged) throw new Problem('changed-meanwhile');
    return c.json(answerOf(c, await readSettings(c.env.DB)));
  },
);

signInSettings.post(
  LOOK,
  describeRoute({
    summary: 'Look at a provider before anybody signs in by it (admins)',
    responses: {
      200: { description: 'What was found, or what is wrong in words.' },
      403: { description: '`not-allowed`' },
    },
  }),
  signedIn,
  adminOnly,
  jsonBody(z.strictObject({ issuer: Issuer.min(1, 'write the issuer') })),
  async (c) => {
    const asking = { isLocal: c.env.ENVIRONMENT === 'local', now: Date.now() };
    const found = await discover(c.req.valid('json').issuer, asking, true);
    if (found.is !== 'found')
      return c.json({ is: 'wrong', message: PROVIDER_FAULTS[found.is] } satisfies ProviderLook);
    const { server } = found;
    return c.json({
      is: 'found',
      signsInAt: new URL(server.authorization_endpoint ?? '').host,
      algorithms: server.id_token_signing_alg_values_supported ?? [],
      offersGroups: (server.scopes_supported ?? []).includes('groups'),
      secretSent: c.env.SINGLE_SIGN_ON_SECRET ? placeOfSecret(server) : null,
    } satisfies ProviderLook);
  },
);

for (const path of [SETTINGS, LOOK]) {
  signInSettings.all(path, () => {
    throw new Problem('wrong-method');
  });
}

/** Side by side, so that an entry says which of them differ. */
function factsOf({ passkeysNeeded, singleSignOn }: Pick<SignInSettings, 'passkeysNeeded' | 'singleSignOn'>) {
  return { passkeysNeeded, ...singleSignOn };
}

/** With another provider or client nobody can know yet whether anybody gets in. */
function hasWorked(before: SignInSettings, after: { issuer: string; clientId: string }): boolean {
  const { issuer, clientId } = before.singleSignOn;
  return before.workedAt !== null && issuer === after.issuer && clientId === after.clientId;
}

function placeOf(rule: z.output<typeof Rule>): string {
  return JSON.stringify([rule.group, rule.is === 'member' ? rule.practiceId : null]);
}

function answerOf(c: Context<SignedInEnv>, settings: SignInSettings): SignInSettingsAnswer {
  const { all } = publicOrigins(c.env.PUBLIC_ORIGIN);
  const { origin } = ownSite(c.req.raw, c.env.PUBLIC_ORIGIN);
  const origins = all.length > 0 ? all : [origin];
  return {
    ...settings,
    hasSecret: Boolean(c.env.SINGLE_SIGN_ON_SECRET),
    redirectUris: [...new Set(origins)].map((one) => `${one}${CALLBACK}`),
    practices: c.var.session.practices.map(({ id, name }) => ({ id, name })),
  };
}
