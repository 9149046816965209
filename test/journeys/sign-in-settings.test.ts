import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_SINGLE_SIGN_ON, type SignInSettingsAnswer } from '../../src/domain/people/single-sign-on.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { SoftAuthenticator } from '../soft-authenticator.ts';
import { discovery, ISSUER, OpenIdApi } from './openid-api.ts';
import { codeOf, ORIGIN, StaffBrowser, signedInAs } from './staff-browser.ts';

const SETTINGS = '/api/enterprise/sign-in';
const LOOK = `${SETTINGS}/look`;
const CLINIC = {
  ...NO_SINGLE_SIGN_ON,
  name: 'Clinic login',
  issuer: ISSUER,
  clientId: 'offhook',
  isOn: true,
};
const DESK = { group: 'Desk', is: 'member', practiceId: 'lakeside', role: 'staff' } as const;

let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  admin = await signedInAs('admin@offhook.example');
});

afterEach(() => vi.restoreAllMocks());

describe('how people sign in', () => {
  it('is for admins to see and change', async () => {
    for (const email of ['staff@lakeside.example', 'manager@lakeside.example']) {
      const browser = await signedInAs(email);
      expect(await refusal(await browser.ask(SETTINGS))).toEqual([403, 'not-allowed']);
      expect(await refusal(await put({}, browser))).toEqual([403, 'not-allowed']);
      expect(await refusal(await browser.post(LOOK, { issuer: ISSUER }))).toEqual([403, 'not-allowed']);
    }
    expect((await new StaffBrowser().ask(SETTINGS)).status).toBe(401);
  });

  it('is nothing but passwords and passkeys until it is changed', async () => {
    expect(await settings()).toEqual({
      passkeysNeeded: false,
      singleSignOn: NO_SINGLE_SIGN_ON,
      version: 0,
      workedAt: null,
      hasSecret: false,
      redirectUris: [`${ORIGIN}/api/session/single-sign-on/callback`],
      practices: [
        { id: 'harbor', name: 'Harbor Pediatrics' },
        { id: 'lakeside', name: 'Lakeside Family Clinic' },
      ],
    });
  });

  it('is kept as it was sent', async () => {
    const sent = { ...CLINIC, groups: [DESK, { group: 'IT', is: 'admin' } as const] };
    await addPasskey(admin);
    expect((await put({ singleSignOn: sent, passkeysNeeded: true })).status).toBe(200);
    expect(await settings()).toMatchObject({ singleSignOn: sent, passkeysNeeded: true, version: 1 });
  });

  it('of two admins at once, the second is told', async () => {
    expect((await put({ version: 0 })).status).toBe(200);
    expect(await refusal(await put({ version: 0, passkeysNeeded: true }))).toEqual([
      409,
      'changed-meanwhile',
    ]);
    expect(await settings()).toMatchObject({ passkeysNeeded: false, version: 1 });
    const both = await Promise.all([put({ version: 1 }), put({ version: 1 })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it.each([
    ['on, without a name', { name: '' }, 'name'],
    ['on, without an issuer', { issuer: ' ' }, 'issuer'],
    ['on, without a client id', { clientId: '' }, 'clientId'],
    ['the only way, and off', { isOn: false, isOnlyWay: true }, 'isOnlyWay'],
    ['with a group twice', { groups: [DESK, { ...DESK, role: 'manager' }] }, 'groups'],
    ['with a group without a name', { groups: [{ ...DESK, group: '  ' }] }, 'group'],
    ['with a practice that is not there', { groups: [{ ...DESK, practiceId: 'nowhere' }] }, 'groups'],
    ['with a role that is none', { groups: [{ ...DESK, role: 'admin' }] }, 'role'],
    ['with more groups than there may be', { groups: many(201) }, 'groups'],
    ['with what nobody knows', { colour: 'red' }, 'singleSignOn'],
  ])('is not taken where it is %s', async (_, changes, field) => {
    const answer = await put({ singleSignOn: { ...CLINIC, ...changes } });
    expect(answer.status).toBe(400);
    const { error } = await answer.json<{ error: { message: string } }>();
    expect(error.message).toContain(field);
    expect(await settings()).toMatchObject({ version: 0 });
  });

  it('has room for 200 groups, hostile names and all', async () => {
    const groups = many(200).map((one, n) => ({ ...one, group: `${one.group} <script>'";--${n}` }));
    expect((await put({ singleSignOn: { ...CLINIC, groups } })).status).toBe(200);
    expect((await settings()).singleSignOn.groups).toEqual(groups);
  });

  it('names one address for each host name, for the provider to send people back to', async () => {
    Object.assign(env, { PUBLIC_ORIGIN: 'https://new.example,https://old.example' });
    try {
      expect((await settings()).redirectUris).toEqual([
        'https://new.example/api/session/single-sign-on/callback',
        'https://old.example/api/session/single-sign-on/callback',
      ]);
    } finally {
      delete (env as { PUBLIC_ORIGIN?: string }).PUBLIC_ORIGIN;
    }
  });
});

describe('a look at a provider', () => {
  it('says what it found', async () => {
    await OpenIdApi.start();
    expect(await look()).toEqual({
      is: 'found',
      signsInAt: 'login.clinic.example',
      algorithms: ['RS256'],
      offersGroups: true,
      secretSent: null,
    });
  });

  it.each([
    ['nothing is there', () => new Response('no', { status: 404 }), 'no OpenID discovery document'],
    ['there is something else', () => new Response('<h1>Hello</h1>'), 'no OpenID discovery document'],
    ['it is broken', () => new Response('x', { status: 503 }), 'did not answer'],
    [
      'it sends us elsewhere',
      () => new Response(null, { status: 302, headers: { Location: 'https://evil.example' } }),
      'no OpenID discovery document',
    ],
    [
      'it calls itself otherwise',
      () => Response.json(discovery({ issuer: 'https://evil.example' })),
      'another issuer',
    ],
    [
      'it has no keys',
      () => Response.json(discovery({ jwks_uri: undefined })),
      'does not offer what is needed',
    ],
    [
      'it has another flow only',
      () => Response.json(discovery({ response_types_supported: ['id_token'] })),
      'does not offer what is needed',
    ],
    ['it never ends', () => new Response('x'.repeat(600 * 1024)), 'did not answer'],
    [
      'the line breaks',
      () => {
        throw new Error('network connection lost');
      },
      'did not answer',
    ],
  ])('says so where %s', async (_, answer, words) => {
    const provider = await OpenIdApi.start();
    provider.instead.set('/.well-known/openid-configuration', answer);
    expect(await look()).toEqual({ is: 'wrong', message: expect.stringContaining(words) });
  });

  it.each([
    'login.clinic.example',
    'ftp://login.clinic.example',
    'http://login.clinic.example',
    'https://10.0.0.1',
    'https://[fd00::1]/',
    'https://user:password@login.clinic.example',
    'https://login.clinic.internal',
    'https://login.clinic.example/?a=b',
  ])('does not go to %s', async (issuer) => {
    const provider = await OpenIdApi.start();
    expect(await look(issuer)).toEqual({ is: 'wrong', message: expect.stringContaining('https address') });
    expect(provider.asked).toEqual([]);
  });
});

describe('where managers and admins need a passkey', () => {
  it('whoever asks it of others has one', async () => {
    expect(await refusal(await put({ passkeysNeeded: true }))).toEqual([409, 'passkey-first']);
  });

  it('who has none makes one before anything else', async () => {
    await needPasskeys();
    const manager = new StaffBrowser();
    const answer = await manager.signIn('manager@lakeside.example');
    expect(await answer.json()).toMatchObject({ passkey: 'needed' });
    const people = '/api/practices/lakeside/people';
    expect(await refusal(await manager.ask(people))).toEqual([403, 'passkey-needed']);
    const device = await addPasskey(manager);
    expect((await manager.ask(people)).status).toBe(200);
    expect(await refusal(await new StaffBrowser().signIn('manager@lakeside.example'))).toEqual([
      403,
      'passkey-needed',
    ]);
    const back = new StaffBrowser();
    const { options } = await (await back.post('/api/passkey-challenges', { for: 'sign-in' })).json<{
      options: { challenge: string };
    }>();
    const signedIn = await back.post('/api/session/passkey', { passkey: await device.use(options) });
    expect(await signedIn.json()).toMatchObject({ passkey: 'none' });
  });

  it('staff go on as before', async () => {
    await needPasskeys();
    const staff = new StaffBrowser();
    expect(await (await staff.signIn('staff@lakeside.example')).json()).toMatchObject({ passkey: 'none' });
    expect((await staff.ask('/api/practices/lakeside/conversations')).status).toBe(200);
  });

  it('who lost it comes in by a link, and adds another', async () => {
    const manager = await signedInAs('manager@lakeside.example');
    await addPasskey(manager);
    await needPasskeys();
    const link = await (
      await admin.post('/api/practices/lakeside/people/lakeside-manager/password-link')
    ).json<{ path: string }>();
    const used = { token: link.path.split('.')[1], password: 'four words in a row' };
    const back = new StaffBrowser();
    expect((await back.post('/api/password-links/use', used)).status).toBe(201);
    expect((await back.ask('/api/practices/lakeside/people')).status).toBe(200);
    await addPasskey(back);
  });

  it('elsewhere they are asked kindly', async () => {
    const manager = new StaffBrowser();
    expect(await (await manager.signIn('manager@lakeside.example')).json()).toMatchObject({
      passkey: 'asked',
    });
    await addPasskey(manager);
    expect(await (await manager.ask('/api/session')).json()).toMatchObject({ passkey: 'none' });
  });
});

async function settings(): Promise<SignInSettingsAnswer> {
  return (await admin.ask(SETTINGS)).json();
}

async function put(changes: object, browser = admin): Promise<Response> {
  const { version } = await settings();
  const json = { version, passkeysNeeded: false, singleSignOn: CLINIC, ...changes };
  return browser.ask(SETTINGS, { method: 'PUT', json });
}

async function needPasskeys(): Promise<void> {
  await addPasskey(admin);
  expect((await put({ passkeysNeeded: true })).status).toBe(200);
}

async function look(issuer = ISSUER): Promise<unknown> {
  return (await admin.post(LOOK, { issuer })).json();
}

async function addPasskey(browser: StaffBrowser): Promise<SoftAuthenticator> {
  const device = new SoftAuthenticator(ORIGIN);
  const { options } = await (await browser.post('/api/passkey-challenges/account')).json<{
    options: { challenge: string; user: { id: string } };
  }>();
  const added = await browser.post('/api/session/passkeys', { passkey: await device.make(options) });
  expect(added.status).toBe(201);
  return device;
}

function many(count: number) {
  return Array.from({ length: count }, (_, n) => ({ ...DESK, group: `Group ${n}` }));
}

async function refusal(answer: Response): Promise<[number, string]> {
  return [answer.status, await codeOf(answer)];
}
