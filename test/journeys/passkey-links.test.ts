import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { firstAdminLinkSql } from '../../src/practices/first-admin-link.ts';
import { hashOf } from '../../src/practices/secret.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { SoftAuthenticator } from '../soft-authenticator.ts';
import { codeOf, ORIGIN, StaffBrowser, signedInAs } from './staff-browser.ts';

/** Whoever comes by a link may make a passkey instead of choosing a password. */

interface Link {
  /** As a challenge names it. */
  for: 'first-admin' | 'invitation' | 'password-link';
  token: string;
  email: string;
  /** Uses it up. */
  use: (browser: StaffBrowser, passkey: unknown) => Promise<Response>;
}

const LINKS: Record<string, () => Promise<Link>> = {
  'of the first admin': async () => {
    await env.DB.prepare('UPDATE staff SET is_admin = 0').run();
    const [token, email] = ['first-admin-token', 'first@offhook.example'];
    const link = { tokenHash: await hashOf(token), email, expiresAt: Date.now() + 60_000 };
    await env.DB.prepare(firstAdminLinkSql(link)).run();
    const use: Link['use'] = (browser, passkey) =>
      browser.post('/api/first-admin', { token, name: 'Fay First', passkey });
    return { for: 'first-admin', token, email, use };
  },
  'of an invitation': async () => {
    const manager = await signedInAs('manager@lakeside.example');
    const email = 'nia@lakeside.example';
    const answer = await manager.post('/api/practices/lakeside/invitations', { email, role: 'staff' });
    const token = tokenIn(await answer.json());
    const use: Link['use'] = (browser, passkey) =>
      browser.post('/api/invitations/accept', { token, name: 'Nia Okafor', passkey });
    return { for: 'invitation', token, email, use };
  },
  'for who forgot the password': async () => {
    const manager = await signedInAs('manager@lakeside.example');
    const answer = await manager.post('/api/practices/lakeside/people/lakeside-staff/password-link');
    const token = tokenIn(await answer.json());
    const use: Link['use'] = (browser, passkey) =>
      browser.post('/api/password-links/use', { token, passkey });
    return { for: 'password-link', token, email: 'staff@lakeside.example', use };
  },
};

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
});

describe.each(Object.entries(LINKS))('a link %s', (_, make) => {
  it('makes a passkey, by which the person then signs in', async () => {
    const [link, browser, device] = [await make(), new StaffBrowser(), new SoftAuthenticator(ORIGIN)];
    const passkey = await device.make(await optionsOf(browser, link));
    const used = await link.use(browser, passkey);
    expect(used.status).toBe(201);
    expect(await used.json()).toMatchObject({ staff: { email: link.email }, passkey: 'none' });
    const elsewhere = new StaffBrowser();
    const { options } = await (await elsewhere.post('/api/passkey-challenges', { for: 'sign-in' })).json<{
      options: { challenge: string };
    }>();
    const back = await elsewhere.post('/api/session/passkey', { passkey: await device.use(options) });
    expect(await back.json()).toMatchObject({ staff: { email: link.email } });
    // The password that there was, if any, is no longer good.
    expect((await new StaffBrowser().signIn(link.email)).status).toBe(401);
  });

  it('does not take a passkey that was made for another link, or twice', async () => {
    const [link, browser] = [await make(), new StaffBrowser()];
    const other = await (link.for === 'invitation'
      ? LINKS['for who forgot the password']
      : LINKS['of an invitation'])?.();
    if (other === undefined) throw new Error('there is no other link');
    const foreign = await new SoftAuthenticator(ORIGIN).make(await optionsOf(browser, other));
    expect(await refusal(await link.use(browser, foreign))).toEqual([401, 'bad-passkey']);
    const passkey = await new SoftAuthenticator(ORIGIN).make(await optionsOf(browser, link));
    expect((await link.use(browser, passkey)).status).toBe(201);
    expect((await link.use(new StaffBrowser(), passkey)).status).toBe(404);
    const { results } = await env.DB.prepare('SELECT staff_id FROM passkeys').all();
    expect(results.length).toBe(1);
  });

  it('that is no good begins nothing', async () => {
    const link = await make();
    const answer = await new StaffBrowser().post('/api/passkey-challenges', { for: link.for, token: 'no' });
    expect(await refusal(answer)).toEqual([404, 'not-found']);
  });

  it('needs a password or a passkey', async () => {
    const link = await make();
    expect([400, 401]).toContain((await link.use(new StaffBrowser(), undefined)).status);
    expect((await link.use(new StaffBrowser(), { id: 'x' })).status).toBe(400);
  });
});

it('an invitation of who has an account makes no passkey: it would open the account to whoever has the link', async () => {
  const admin = await signedInAs('admin@offhook.example');
  const email = 'staff@lakeside.example';
  const answer = await admin.post('/api/practices/harbor/invitations', { email, role: 'staff' });
  const token = tokenIn(await answer.json());
  const begun = await new StaffBrowser().post('/api/passkey-challenges', { for: 'invitation', token });
  expect(begun.status).toBe(404);
});

async function optionsOf(browser: StaffBrowser, link: Link) {
  const asked = { for: link.for, token: link.token };
  const { options } = await (await browser.post('/api/passkey-challenges', asked)).json<{
    options: { challenge: string; user: { id: string; name: string } };
  }>();
  expect(options.user.name).toBe(link.email);
  return options;
}

function tokenIn({ path }: { path: string }): string {
  return path.split('.')[1] ?? '';
}

async function refusal(answer: Response): Promise<[number, string]> {
  return [answer.status, await codeOf(answer)];
}
