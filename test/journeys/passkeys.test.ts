import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { SoftAuthenticator } from '../soft-authenticator.ts';
import { codeOf, ORIGIN, StaffBrowser, signedInAs } from './staff-browser.ts';

const STAFF = 'staff@lakeside.example';
const MANAGER = 'manager@lakeside.example';

interface Options {
  options: { challenge: string; user: { id: string; name: string }; rp: { id: string } };
}

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
});

describe('a passkey', () => {
  it('is added, and signs in without an e-mail or a password', async () => {
    const { browser, device } = await withPasskey(STAFF);
    expect(await namesOf(browser)).toEqual(['Passkey']);
    const elsewhere = new StaffBrowser();
    const answer = await signIn(elsewhere, device);
    expect(answer.status).toBe(200);
    expect((await answer.json<{ staff: { email: string } }>()).staff.email).toBe(STAFF);
    expect(await elsewhere.status()).toBe(200);
  });

  it('is one of several, each with a name, and is removed again', async () => {
    const { browser } = await withPasskey(STAFF);
    expect((await add(browser, new SoftAuthenticator(ORIGIN), 'Key on my ring')).status).toBe(201);
    const [first, second] = await passkeysOf(browser);
    expect([first?.name, second?.name]).toEqual(['Passkey', 'Key on my ring']);
    const path = `/api/session/passkeys/${first?.id}`;
    expect((await browser.patch(path, { name: ' My laptop ' })).status).toBe(204);
    expect(await namesOf(browser)).toEqual(['My laptop', 'Key on my ring']);
    expect((await browser.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect(await namesOf(browser)).toEqual(['Key on my ring']);
    expect((await browser.ask(path, { method: 'DELETE' })).status).toBe(404);
  });

  it('that was removed lets nobody in', async () => {
    const { browser, device } = await withPasskey(STAFF);
    const [only] = await passkeysOf(browser);
    await browser.ask(`/api/session/passkeys/${only?.id}`, { method: 'DELETE' });
    expect(await refusal(await signIn(new StaffBrowser(), device))).toEqual([401, 'unknown-passkey']);
  });

  it('of somebody who was deactivated lets nobody in', async () => {
    const { device } = await withPasskey(STAFF);
    await env.DB.prepare('UPDATE staff SET deactivated_at = 1 WHERE email = ?').bind(STAFF).run();
    expect(await refusal(await signIn(new StaffBrowser(), device))).toEqual([401, 'unknown-passkey']);
  });

  it('stays where it is the last way in', async () => {
    const { browser } = await withPasskey(STAFF);
    await env.DB.prepare('UPDATE staff SET password_hash = NULL WHERE email = ?').bind(STAFF).run();
    const [only] = await passkeysOf(browser);
    const answer = await browser.ask(`/api/session/passkeys/${only?.id}`, { method: 'DELETE' });
    expect(await refusal(answer)).toEqual([409, 'last-way-in']);
    expect((await browser.post('/api/session/password', { password: 'a heron stands still' })).status).toBe(
      204,
    );
    expect((await browser.ask(`/api/session/passkeys/${only?.id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('of a colleague is neither seen nor changed', async () => {
    const { browser } = await withPasskey(STAFF);
    const [only] = await passkeysOf(browser);
    const manager = await signedInAs(MANAGER);
    expect(await passkeysOf(manager)).toEqual([]);
    const path = `/api/session/passkeys/${only?.id}`;
    expect((await manager.patch(path, { name: 'Mine' })).status).toBe(404);
    expect((await manager.ask(path, { method: 'DELETE' })).status).toBe(404);
  });

  it.each([
    ['', 400],
    ['x'.repeat(61), 400],
    ['<img src=x onerror=alert(1)>', 204],
  ])('is not named %j without a word about it', async (name, status) => {
    const { browser } = await withPasskey(STAFF);
    const [only] = await passkeysOf(browser);
    expect((await browser.patch(`/api/session/passkeys/${only?.id}`, { name })).status).toBe(status);
  });

  it('is not added twice, nor more often than there is room', async () => {
    const { browser, device } = await withPasskey(STAFF);
    const { options } = await begin(browser);
    const again = await device.make(options);
    expect(await refusal(await browser.post('/api/session/passkeys', { passkey: again }))).toEqual([
      409,
      'passkey-exists',
    ]);
    const rows = Array.from({ length: 19 }, (_, n) =>
      env.DB.prepare(
        `INSERT INTO passkeys (id, staff_id, credential_id, public_key, counter, transports, host, name, made_at)
         SELECT ?1, staff_id, ?1, 'k', 0, '[]', host, 'One more', 1 FROM passkeys LIMIT 1`,
      ).bind(`more-${n}`),
    );
    await env.DB.batch(rows);
    const answer = await add(browser, new SoftAuthenticator(ORIGIN));
    expect(await refusal(answer)).toEqual([409, 'too-many-passkeys']);
  });
});

describe('a passkey that is made', () => {
  it.each([
    ['for another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['on another site', { origin: 'https://offhook.example.evil.example' }],
    ['for another host', { host: 'evil.example' }],
    ['without looking who it is', { isVerified: false }],
    ['by what is no making', { type: 'webauthn.get' }],
  ])('%s is refused', async (_, changes) => {
    const browser = await signedInAs(STAFF);
    const { options } = await begin(browser);
    const passkey = await new SoftAuthenticator(ORIGIN).make(options, changes);
    expect(await refusal(await browser.post('/api/session/passkeys', { passkey }))).toEqual([
      401,
      'bad-passkey',
    ]);
    expect(await passkeysOf(browser)).toEqual([]);
  });

  it('by what another browser began is refused, and so is one for a colleague', async () => {
    const [browser, manager] = [await signedInAs(STAFF), await signedInAs(MANAGER)];
    const { options } = await begin(browser);
    const passkey = await new SoftAuthenticator(ORIGIN).make(options);
    expect(await refusal(await manager.post('/api/session/passkeys', { passkey }))).toEqual([
      401,
      'bad-passkey',
    ]);
    const stolen = browser.cookies.get('__Host-offhook-attempt') ?? '';
    manager.cookies.set('__Host-offhook-attempt', stolen);
    expect((await manager.post('/api/session/passkeys', { passkey })).status).toBe(401);
  });

  it('needs somebody who is signed in, and has shown lately that it is them', async () => {
    expect((await new StaffBrowser().post('/api/passkey-challenges/account')).status).toBe(401);
    const browser = await signedInAs(STAFF);
    await env.DB.prepare('UPDATE sessions SET created_at = created_at - 11 * 60000').run();
    expect(await refusal(await browser.post('/api/passkey-challenges/account'))).toEqual([
      403,
      'confirm-first',
    ]);
    const wrong = await browser.post('/api/session/confirmation', { password: 'not the one' });
    expect(await refusal(wrong)).toEqual([403, 'wrong-password']);
    expect((await browser.post('/api/session/confirmation', { password: 'offhook-demo' })).status).toBe(204);
    expect((await add(browser, new SoftAuthenticator(ORIGIN))).status).toBe(201);
  });
});

describe('a passkey that is used', () => {
  it.each([
    ['for another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['on another site', { origin: 'https://evil.example' }],
    [
      'on another site, by a proxy that signs for ours',
      { origin: 'https://evil.example', host: 'offhook.example' },
    ],
    ['without looking who it is', { isVerified: false }],
    ['by what is no use', { type: 'webauthn.create' }],
  ])('%s is refused', async (_, changes) => {
    const { device } = await withPasskey(STAFF);
    const browser = new StaffBrowser();
    const answer = await signIn(browser, device, changes);
    expect(await refusal(answer)).toEqual([401, 'bad-passkey']);
    expect(await browser.status()).toBe(401);
  });

  it('works once for each challenge', async () => {
    const { device } = await withPasskey(STAFF);
    const browser = new StaffBrowser();
    const { options } = await challenge(browser);
    const cookie = browser.cookies.get('__Host-offhook-attempt') ?? '';
    const passkey = await device.use(options);
    expect((await browser.post('/api/session/passkey', { passkey })).status).toBe(200);
    const thief = new StaffBrowser();
    thief.cookies.set('__Host-offhook-attempt', cookie);
    expect(await refusal(await thief.post('/api/session/passkey', { passkey }))).toEqual([
      401,
      'bad-passkey',
    ]);
  });

  it('works in the browser that began, and not after ten minutes', async () => {
    const { device } = await withPasskey(STAFF);
    const [browser, other] = [new StaffBrowser(), new StaffBrowser()];
    const { options } = await challenge(browser);
    const passkey = await device.use(options);
    expect((await other.post('/api/session/passkey', { passkey })).status).toBe(401);
    await env.DB.prepare('UPDATE sign_in_attempts SET expires_at = expires_at - 600001').run();
    expect((await browser.post('/api/session/passkey', { passkey })).status).toBe(401);
  });

  it('with the signature of another device is refused', async () => {
    const { device } = await withPasskey(STAFF);
    const { device: other } = await withPasskey(MANAGER);
    const browser = new StaffBrowser();
    const { options } = await challenge(browser);
    const passkey = { ...(await other.use(options)), id: device.id, rawId: device.id };
    expect(await refusal(await browser.post('/api/session/passkey', { passkey }))).toEqual([
      401,
      'bad-passkey',
    ]);
  });

  it('that counts backwards has been copied, and is refused', async () => {
    const { device } = await withPasskey(STAFF);
    expect((await signIn(new StaffBrowser(), device, { counter: 7 })).status).toBe(200);
    const answer = await signIn(new StaffBrowser(), device, { counter: 7 });
    expect(answer.status).toBe(401);
    const { error } = await answer.json<{ error: { message: string } }>();
    expect(error.message).toContain('may have been copied');
    expect((await signIn(new StaffBrowser(), device, { counter: 8 })).status).toBe(200);
  });

  it('that does not count, as synced ones do not, works every time', async () => {
    const browser = await signedInAs(STAFF);
    const device = new SoftAuthenticator(ORIGIN);
    const { options } = await begin(browser);
    await browser.post('/api/session/passkeys', { passkey: await device.make(options, { counter: 0 }) });
    for (const _ of [1, 2])
      expect((await signIn(new StaffBrowser(), device, { counter: 0 })).status).toBe(200);
  });

  it('shows that it is me, and nobody else', async () => {
    const { browser, device } = await withPasskey(STAFF);
    const { device: other } = await withPasskey(MANAGER);
    const prove = async (with_: SoftAuthenticator) => {
      const { options } = await challenge(browser);
      return browser.post('/api/session/confirmation', { passkey: await with_.use(options) });
    };
    expect(await refusal(await prove(other))).toEqual([403, 'wrong-passkey']);
    expect((await prove(device)).status).toBe(204);
  });
});

describe('a challenge', () => {
  it('is refused to whoever asks for hundreds, until they have grown old', async () => {
    const browser = new StaffBrowser();
    await challenge(browser);
    await env.DB.prepare(
      `INSERT INTO sign_in_attempts (token_hash, facts, network, expires_at)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 299)
       SELECT 'filled-' || i, '{}', network, expires_at FROM n, sign_in_attempts`,
    ).run();
    const answer = await browser.post('/api/passkey-challenges', { for: 'sign-in' });
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '600']);
    const elsewhere = new StaffBrowser({ address: '198.51.100.9' });
    expect((await elsewhere.post('/api/passkey-challenges', { for: 'sign-in' })).status).toBe(200);
  });

  it.each([[{}], [{ for: 'account' }], [{ for: 'invitation' }], [{ for: 'sign-in', token: 'x' }]])(
    'is refused to %j',
    async (json) => {
      expect((await new StaffBrowser().post('/api/passkey-challenges', json)).status).toBe(400);
    },
  );

  it('is for the host name under which it was asked for, of those that are ours', async () => {
    Object.assign(env, { PUBLIC_ORIGIN: 'https://new.example,https://old.example' });
    try {
      for (const host of ['new.example', 'old.example']) {
        const browser = new StaffBrowser({ origin: `https://${host}` });
        expect((await challenge(browser)).options).toMatchObject({ rpId: host });
      }
    } finally {
      delete (env as { PUBLIC_ORIGIN?: string }).PUBLIC_ORIGIN;
    }
  });
});

async function withPasskey(email: string) {
  const [browser, device] = [await signedInAs(email), new SoftAuthenticator(ORIGIN)];
  expect((await add(browser, device)).status).toBe(201);
  return { browser, device };
}

async function begin(browser: StaffBrowser): Promise<Options> {
  return (await browser.post('/api/passkey-challenges/account')).json<Options>();
}

async function challenge(browser: StaffBrowser): Promise<{ options: { challenge: string } }> {
  return (await browser.post('/api/passkey-challenges', { for: 'sign-in' })).json();
}

async function add(browser: StaffBrowser, device: SoftAuthenticator, name?: string): Promise<Response> {
  const { options } = await begin(browser);
  return browser.post('/api/session/passkeys', {
    passkey: await device.make(options),
    ...(name && { name }),
  });
}

async function signIn(
  browser: StaffBrowser,
  device: SoftAuthenticator,
  changes: Parameters<SoftAuthenticator['use']>[1] = {},
): Promise<Response> {
  const { options } = await challenge(browser);
  return browser.post('/api/session/passkey', { passkey: await device.use(options, changes) });
}

async function passkeysOf(browser: StaffBrowser): Promise<{ id: string; name: string }[]> {
  const answer = await browser.ask('/api/session/passkeys');
  return (await answer.json<{ passkeys: { id: string; name: string }[] }>()).passkeys;
}

async function namesOf(browser: StaffBrowser): Promise<string[]> {
  return (await passkeysOf(browser)).map(({ name }) => name);
}

async function refusal(answer: Response): Promise<[number, string]> {
  return [answer.status, await codeOf(answer)];
}
