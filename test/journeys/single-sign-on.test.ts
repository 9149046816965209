import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOUD_ACTIONS } from '../../src/domain/audit/audit-entry.ts';
import {
  type GroupRule,
  NO_SINGLE_SIGN_ON,
  type SingleSignOn,
} from '../../src/domain/people/single-sign-on.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { auditedIn } from './audit-entries.ts';
import { CLIENT_ID, ISSUER, OpenIdApi } from './openid-api.ts';
import { codeOf, StaffBrowser, signedInAs } from './staff-browser.ts';

const SETTINGS = '/api/enterprise/sign-in';
const CLINIC = {
  ...NO_SINGLE_SIGN_ON,
  name: 'Clinic login',
  issuer: ISSUER,
  clientId: CLIENT_ID,
  isOn: true,
};
const NIA = { sub: 'nia-at-clinic', email: 'nia@lakeside.example', email_verified: true, name: 'Nia Okafor' };
const DESK: GroupRule = { group: 'Front desk', is: 'member', practiceId: 'lakeside', role: 'staff' };
const LEADS: GroupRule = { group: 'Leads', is: 'member', practiceId: 'lakeside', role: 'manager' };
const IT: GroupRule = { group: 'IT', is: 'admin' };

let provider: OpenIdApi;
let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  Object.assign(env, { SINGLE_SIGN_ON_SECRET: 'the-secret' });
  provider = await OpenIdApi.start();
  admin = await signedInAs('admin@offhook.example');
  await set({});
});

afterEach(() => {
  vi.restoreAllMocks();
  delete (env as { SINGLE_SIGN_ON_SECRET?: string }).SINGLE_SIGN_ON_SECRET;
});

describe('a single sign-on', () => {
  it('signs in who has an account with the e-mail that the provider has verified', async () => {
    const browser = new StaffBrowser();
    expect(await (await browser.ask('/api/session/ways')).json()).toEqual({
      singleSignOn: 'Clinic login',
      isOnlyWay: false,
    });
    const { back, asked } = await goThrough(browser);
    expect([back.status, back.headers.get('Location')]).toEqual([302, '/']);
    expect(await emailOf(browser)).toBe('staff@lakeside.example');
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: CLIENT_ID,
      redirect_uri: 'https://offhook.example/api/session/single-sign-on/callback',
      response_type: 'code',
      scope: 'openid email profile groups',
      code_challenge_method: 'S256',
    });
  });

  it('shows the provider our secret, and nobody else', async () => {
    await goThrough(new StaffBrowser());
    const token = provider.asked.find(({ url }) => url.endsWith('/token'));
    expect(token?.headers.get('Authorization')).toBe(
      `Basic ${btoa(`${CLIENT_ID}:the-secret`.replaceAll('-', '%2D'))}`,
    );
    const others = provider.asked.filter(({ url }) => !url.endsWith('/token'));
    expect(JSON.stringify(others.map(({ url, headers }) => [url, [...headers]]))).not.toContain('the-secret');
    expect(await (await admin.ask(SETTINGS)).text()).not.toContain('the-secret');
  });

  it('works for a client without a secret too', async () => {
    delete (env as { SINGLE_SIGN_ON_SECRET?: string }).SINGLE_SIGN_ON_SECRET;
    const browser = new StaffBrowser();
    await goThrough(browser);
    expect(await browser.status()).toBe(200);
  });

  it('in a window of its own says that the other one goes on', async () => {
    const browser = new StaffBrowser();
    const { back } = await goThrough(browser, '?window=1');
    expect(back.status).toBe(200);
    expect(await back.text()).toContain('/assets/signed-in.js');
    expect(await browser.status()).toBe(200);
  });

  it('asks at the second address for what the token does not say', async () => {
    const { email, email_verified, name, sub } = NIA;
    await set({ groups: [DESK] });
    provider.claims = { sub };
    provider.userInfo = { sub, email, email_verified, name, groups: ['Front desk'] };
    const browser = new StaffBrowser();
    await goThrough(browser);
    expect(await emailOf(browser)).toBe(email);
  });

  it('does not believe a second address that speaks of somebody else', async () => {
    provider.claims = { sub: 'nia-at-clinic' };
    provider.userInfo = { ...provider.claims, sub: 'somebody-else', email: 'staff@lakeside.example' };
    await expectRefused(new StaffBrowser(), 'could not be verified');
  });

  it('goes by the subject once it is known, whatever becomes of the e-mail', async () => {
    await goThrough(new StaffBrowser());
    provider.claims = { ...provider.claims, email: 'ana.reyes@lakeside.example' };
    const browser = new StaffBrowser();
    await goThrough(browser);
    expect(await emailOf(browser)).toBe('staff@lakeside.example');
  });

  it('is not there until an admin has turned it on', async () => {
    await set({ isOn: false });
    const browser = new StaffBrowser();
    expect(await (await browser.ask('/api/session/ways')).json()).toEqual({
      singleSignOn: null,
      isOnlyWay: false,
    });
    expect((await browser.ask('/api/session/single-sign-on')).status).toBe(404);
  });
});

describe('a forged answer lets nobody in:', () => {
  it.each<[string, OpenIdApi['forgery']]>([
    ['another issuer', { claims: (it) => ({ ...it, iss: 'https://login.evil.example' }) }],
    ['another audience', { claims: (it) => ({ ...it, aud: 'another-client' }) }],
    ['several audiences, and not for us', { claims: (it) => ({ ...it, aud: [CLIENT_ID, 'x'], azp: 'x' }) }],
    ['another nonce', { claims: (it) => ({ ...it, nonce: 'another' }) }],
    ['no nonce', { claims: ({ nonce: _, ...it }) => it }],
    ['expired', { claims: (it) => ({ ...it, exp: Math.floor(Date.now() / 1000) - 60 }) }],
    ['not valid yet', { claims: (it) => ({ ...it, nbf: Math.floor(Date.now() / 1000) + 600 }) }],
    ['algorithm none', { header: { alg: 'none' }, signature: 'none' }],
    ['algorithm none, with a signature', { header: { alg: 'none' } }],
    ['signed with our own secret', { header: { alg: 'HS256' }, signature: 'shared-secret' }],
    ['signed with another key', { signature: 'other-key' }],
    ['signed with a key that the provider does not have', { header: { kid: 'k2' }, signature: 'other-key' }],
    ['a signature that is cut off', { signature: 'cut-off' }],
    ['no signature', { signature: 'none' }],
    ['no subject', { claims: ({ sub: _, ...it }) => it }],
  ])('a token with %s', async (_, forgery) => {
    provider.forgery = forgery;
    await expectRefused(new StaffBrowser(), 'could not be verified');
  });

  it('a state that is not ours, that was used before, or that is too old', async () => {
    const browser = new StaffBrowser();
    const { url } = await begin(browser);
    const cookie = browser.cookies.get('__Host-offhook-attempt') ?? '';
    url.searchParams.set('state', 'another');
    expect((await browser.ask(url.pathname + url.search)).status).toBe(403);
    const { url: good } = await begin(browser);
    const again = new StaffBrowser();
    again.cookies.set('__Host-offhook-attempt', browser.cookies.get('__Host-offhook-attempt') ?? '');
    expect((await browser.ask(good.pathname + good.search)).status).toBe(302);
    expect(await (await again.ask(good.pathname + good.search)).text()).toContain('was used before');
    expect(await again.status()).toBe(401);
    again.cookies.set('__Host-offhook-attempt', cookie);
    expect((await again.ask(good.pathname + good.search)).status).toBe(403);
    const { url: old } = await begin(again);
    await env.DB.prepare('UPDATE sign_in_attempts SET expires_at = expires_at - 600001').run();
    expect((await again.ask(old.pathname + old.search)).status).toBe(403);
  });

  it('the state of another browser', async () => {
    const { url } = await begin(new StaffBrowser());
    const victim = new StaffBrowser();
    expect((await victim.ask(url.pathname + url.search)).status).toBe(403);
    await begin(victim);
    expect((await victim.ask(url.pathname + url.search)).status).toBe(403);
    expect(await victim.status()).toBe(401);
  });

  it('an answer of another provider, a code that was not given, and no code', async () => {
    for (const [name, value] of [
      ['iss', 'https://login.evil.example'],
      ['code', 'stolen'],
      ['code', ''],
    ] as const) {
      const browser = new StaffBrowser();
      const { url } = await begin(browser);
      url.searchParams.set(name, value);
      expect((await browser.ask(url.pathname + url.search)).status).toBe(403);
      expect(await browser.status()).toBe(401);
    }
  });

  it('a refusal of the provider, in our words and not in its own', async () => {
    const browser = new StaffBrowser();
    const { url } = await begin(browser);
    url.searchParams.delete('code');
    url.searchParams.set('error', 'access_denied');
    url.searchParams.set('error_description', '<script>alert(1)</script>');
    const page = await (await browser.ask(url.pathname + url.search)).text();
    expect(page).toContain('The provider did not sign you in.');
    expect(page).not.toContain('alert(1)');
  });

  it('settings that were changed while the person was away', async () => {
    const browser = new StaffBrowser();
    const { url } = await begin(browser);
    await set({ clientId: 'another' });
    expect((await browser.ask(url.pathname + url.search)).status).toBe(403);
  });
});

describe('whom the provider vouches for', () => {
  it.each([
    ['says that the e-mail is not verified', { email_verified: false }, false],
    ['does not say whether it is', { email_verified: undefined }, false],
    ['does not say, and is trusted with it', { email_verified: undefined }, true],
    ['says that it is not, and is trusted', { email_verified: false }, true],
    ['gives no e-mail', { email: undefined }, true],
    ['gives none that is one', { email: 'staff' }, true],
  ])('is nobody that we know where it %s', async (what, changes, trustsEmails) => {
    await set({ trustsEmails });
    provider.claims = { ...provider.claims, ...changes };
    const browser = new StaffBrowser();
    const { back } = await goThrough(browser);
    const isIn = what === 'does not say, and is trusted with it';
    expect(back.status).toBe(isIn ? 302 : 403);
    expect(await browser.status()).toBe(isIn ? 200 : 401);
  });

  it('stays out when deactivated', async () => {
    await env.DB.prepare("UPDATE staff SET deactivated_at = 1 WHERE id = 'lakeside-staff'").run();
    await expectRefused(new StaffBrowser(), 'deactivated');
  });

  it('gets an account on the first sign-in if a group gives access, and else none', async () => {
    await set({ groups: [DESK] });
    provider.claims = { ...NIA, groups: ['Kitchen'] };
    await expectRefused(new StaffBrowser(), 'none of your groups');
    provider.claims = { ...NIA, groups: ['Kitchen', 'Front desk'] };
    const browser = new StaffBrowser();
    await goThrough(browser);
    expect(await (await browser.ask('/api/session')).json()).toMatchObject({
      staff: { name: 'Nia Okafor', email: NIA.email, isAdmin: false },
      practices: [{ id: 'lakeside', role: 'staff' }],
    });
    expect((await new StaffBrowser().signIn(NIA.email, '')).status).toBe(400);
  });

  it('is what the groups say at each sign-in, where they say anything', async () => {
    await set({ groups: [DESK, LEADS, IT] });
    const browser = new StaffBrowser();
    const come = async (...groups: string[]) => {
      provider.claims = { ...provider.claims, groups };
      await goThrough(browser);
      const { staff, practices } = await (await browser.ask('/api/session')).json<{
        staff: { isAdmin: boolean };
        practices: { id: string; role: string }[];
      }>();
      return [staff.isAdmin, practices.map(({ id, role }) => `${id} ${role}`)];
    };
    await env.DB.prepare(
      "INSERT INTO memberships (staff_id, practice_id, role) VALUES ('lakeside-staff', 'harbor', 'staff')",
    ).run();
    expect(await come('Front desk', 'Leads')).toEqual([false, ['harbor staff', 'lakeside manager']]);
    expect(await come('Front desk')).toEqual([false, ['harbor staff', 'lakeside staff']]);
    expect(await come()).toEqual([false, ['harbor staff']]);
    expect(await come('IT')).toEqual([true, ['harbor admin', 'lakeside admin']]);
    expect(await come('Leads')).toEqual([false, ['harbor staff', 'lakeside manager']]);
  });

  it('stays admin where there is no other, whatever the groups say', async () => {
    await set({ groups: [IT] });
    provider.claims = { ...provider.claims, email: 'admin@offhook.example', groups: [] };
    const browser = new StaffBrowser();
    await goThrough(browser);
    expect(await (await browser.ask('/api/session')).json()).toMatchObject({ staff: { isAdmin: true } });
  });
});

describe('single sign-on as the only way in', () => {
  it('is refused before anybody has come in by it', async () => {
    const answer = await put({ isOnlyWay: true });
    expect([answer.status, await codeOf(answer)]).toEqual([409, 'not-tried-yet']);
  });

  it('closes passwords, links and invitations to all but admins', async () => {
    const manager = await signedInAs('manager@lakeside.example');
    const { path } = await (
      await manager.post('/api/practices/lakeside/invitations', { email: NIA.email, role: 'staff' })
    ).json<{ path: string }>();
    const link = await (
      await manager.post('/api/practices/lakeside/people/lakeside-staff/password-link')
    ).json<{ path: string }>();
    await goThrough(new StaffBrowser());
    await set({ isOnlyWay: true });
    const closed = [403, 'single-sign-on-only'];
    expect(await refusal(await new StaffBrowser().signIn('staff@lakeside.example'))).toEqual(closed);
    const password = 'four words in a row';
    const used = { token: link.path.split('.')[1], password };
    expect(await refusal(await new StaffBrowser().post('/api/password-links/use', used))).toEqual(closed);
    const accepted = { token: path.split('.')[1], name: NIA.name, password };
    expect(await refusal(await new StaffBrowser().post('/api/invitations/accept', accepted))).toEqual(closed);
    expect((await new StaffBrowser().signIn('admin@offhook.example')).status).toBe(200);
    // Past the only way in: so that nobody overlooks it, in the log of every practice and of the enterprise.
    for (const log of ['lakeside', 'harbor', '*'])
      expect(await auditedIn(log)).toContain('Jo Lindqvist: break-glass, Jo Lindqvist');
    expect(LOUD_ACTIONS).toContain('break-glass');
  });

  it('takes up an invitation for who came in by it', async () => {
    await goThrough(new StaffBrowser());
    await set({ isOnlyWay: true });
    const { path } = await (
      await admin.post('/api/practices/harbor/invitations', {
        email: 'staff@lakeside.example',
        role: 'staff',
      })
    ).json<{ path: string }>();
    const token = path.split('.')[1];
    expect(await refusal(await new StaffBrowser().post('/api/invitations/accept', { token }))).toEqual([
      401,
      'not-signed-in',
    ]);
    const other = await signedInAs('staff@harbor.example');
    expect((await other.post('/api/invitations/accept', { token })).status).toBe(401);
    const browser = new StaffBrowser();
    await goThrough(browser);
    const joined = await browser.post('/api/invitations/accept', { token });
    expect(joined.status).toBe(201);
    expect(await joined.json()).toMatchObject({ practices: [{ id: 'harbor' }, { id: 'lakeside' }] });
  });
});

async function set(changes: Partial<SingleSignOn>): Promise<void> {
  expect((await put(changes)).status).toBe(200);
}

async function put(changes: Partial<SingleSignOn>): Promise<Response> {
  const { version } = await (await admin.ask(SETTINGS)).json<{ version: number }>();
  const json = { version, passkeysNeeded: false, singleSignOn: { ...CLINIC, ...changes } };
  return admin.ask(SETTINGS, { method: 'PUT', json });
}

async function begin(browser: StaffBrowser, search = '') {
  const sent = await browser.ask(`/api/session/single-sign-on${search}`);
  expect(sent.status).toBe(302);
  return provider.signIn(sent.headers.get('Location') ?? '');
}

async function goThrough(browser: StaffBrowser, search = '') {
  const { url, asked } = await begin(browser, search);
  return { back: await browser.ask(url.pathname + url.search), asked };
}

async function expectRefused(browser: StaffBrowser, words: string): Promise<void> {
  const { back } = await goThrough(browser);
  expect(back.status).toBe(403);
  expect(await back.text()).toContain(words);
  expect(await browser.status()).toBe(401);
}

async function emailOf(browser: StaffBrowser): Promise<string> {
  return (await (await browser.ask('/api/session')).json<{ staff: { email: string } }>()).staff.email;
}

async function refusal(answer: Response): Promise<[number, string]> {
  return [answer.status, await codeOf(answer)];
}
