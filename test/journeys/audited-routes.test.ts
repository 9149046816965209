import { createExecutionContext } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LOUD_ACTIONS } from '../../src/domain/audit/audit-entry.ts';
import { LAKESIDE_HOURS } from '../../src/practices/seed-hours.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import worker from '../../src/worker.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { auditEntries, auditedIn } from './audit-entries.ts';
import { ORIGIN, StaffBrowser, signedInAs } from './staff-browser.ts';

const P = '/api/practices/lakeside';
const HOLD = `${P}/triggers/lakeside-hold-en`;

let manager: StaffBrowser;
let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
  admin = await signedInAs('admin@offhook.example');
});

async function done(answer: Promise<Response>, status = 200): Promise<Response> {
  const response = await answer;
  expect(response.status).toBe(status);
  return response;
}

async function conversation(): Promise<string> {
  await openAroundTheClock();
  const answer = await exports.default.fetch(`${ORIGIN}/hooks/demo/abandoned-call/lakeside-hangup-en`, {
    method: 'POST',
    body: new URLSearchParams({ CALLER_ID_NUMBER: '2062020123' }),
  });
  return (await answer.json<{ conversation: string }>()).conversation;
}

describe('what is done to triggers', () => {
  it('is in the log of their practice', async () => {
    const line = 'lakeside-main';
    const made = await done(
      manager.post(`${P}/triggers`, { line, useCase: 'call-to-text', language: 'fr' }),
      201,
    );
    const { trigger } = await made.json<{
      trigger: { id: string; address: { masked: string }; text: string };
    }>();
    const path = `${P}/triggers/${trigger.id}`;
    await done(
      manager.patch(path, {
        text: 'Bonjour, c’est nous.',
        isOn: true,
        expected: { text: trigger.text, isOn: false },
      }),
    );
    await done(manager.ask(`${path}/address`));
    await done(manager.post(`${path}/rotate`, { expected: trigger.address.masked }));
    await done(manager.post(`${path}/revoke`), 204);
    const label = 'Main line, call-to-text, fr';
    expect(await auditedIn()).toEqual(
      ['added', 'changed', 'text-reviewed', 'address-shown', 'rotated', 'revoked'].map(
        (what) => `Marcus Webb: trigger-${what}, ${label}`,
      ),
    );
    const [, changed] = await auditEntries();
    expect(JSON.parse(changed?.after ?? '')).toEqual({ text: 'Bonjour, c’est nous.', isOn: true });
  });

  it('past the rule that protects callers is in that of the enterprise too', async () => {
    await env.DB.prepare("UPDATE triggers SET is_on = 0 WHERE id = 'lakeside-hold-en'").run();
    const request = new Request(`${ORIGIN}${HOLD}/go-live`, {
      method: 'POST',
      headers: {
        Cookie: `__Host-offhook=${admin.cookies.get('__Host-offhook')}`,
        Origin: ORIGIN,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ override: true, reason: 'The phone system is being replaced today.' }),
    });
    const production = { ...env, ENVIRONMENT: 'production' } as const;
    expect((await worker.fetch(request, production, createExecutionContext())).status).toBe(200);
    const [told] = await auditEntries('*');
    expect(told).toMatchObject({ action: 'trigger-live-by-override', who: { name: 'Jo Lindqvist' } });
    expect(await auditEntries()).toMatchObject([{ action: 'trigger-live-by-override', id: told?.id }]);
  });
});

describe('what sets a practice up', () => {
  it('is told in words that people know', async () => {
    const hours = { ...LAKESIDE_HOURS, week: LAKESIDE_HOURS.week.map((day, n) => (n === 3 ? [] : day)) };
    await done(manager.ask(`${P}/hours`, { method: 'PUT', json: hours }));
    await done(manager.ask(`${P}/hours`, { method: 'PUT', json: { ...hours, expected: hours } }));
    const lineHours = `${P}/lines/lakeside-main/hours`;
    await done(manager.ask(lineHours, { method: 'PUT', json: { ...hours, expected: null } }));
    await done(manager.ask(lineHours, { method: 'DELETE' }), 204);
    expect(await auditEntries()).toMatchObject([
      { action: 'hours-changed', subject: { is: 'practice' }, after: '{"Thursday":"closed"}' },
      { action: 'hours-changed', subject: { is: 'line' }, before: null },
      { action: 'line-hours-ended' },
    ]);
  });

  it('or all of them is the enterprise’s', async () => {
    await done(admin.patch('/api/enterprise', { sessionIdleMinutes: 30 }));
    await done(
      admin.post('/api/enterprise/do-not-text', { number: '2062020188', reason: 'Asked us in writing' }),
      201,
    );
    await done(admin.post('/api/enterprise/do-not-text', { number: '2062020188', reason: 'Again' }));
    await done(admin.ask('/api/enterprise/do-not-text/12062020188', { method: 'DELETE' }), 204);
    await done(admin.ask('/api/enterprise/do-not-text/12062020188', { method: 'DELETE' }), 204);
    expect(await auditedIn('*')).toEqual([
      'Jo Lindqvist: enterprise-changed, Our practices',
      'Jo Lindqvist: do-not-text-added, +12062020188',
      'Jo Lindqvist: do-not-text-removed, +12062020188',
    ]);
    expect(await auditEntries()).toEqual([]);
  });
});

describe('how people come and go', () => {
  it('is in the log of the practice, from the invitation to the end', async () => {
    const invitation = { email: 'nia@lakeside.example', role: 'staff' };
    await done(manager.post(`${P}/invitations`, { ...invitation, email: 'no@lakeside.example' }), 201);
    const { invitations } = await (await manager.ask(`${P}/people`)).json<{
      invitations: { id: string }[];
    }>();
    await done(manager.ask(`${P}/invitations/${invitations[0]?.id}`, { method: 'DELETE' }), 204);
    const invited = await done(manager.post(`${P}/invitations`, invitation), 201);
    const { path } = await invited.json<{ path: string }>();
    const token = path.split('.').at(-1);
    const nia = new StaffBrowser();
    const password = 'four words in a row';
    await done(nia.post('/api/invitations/accept', { token, name: 'Nia Okafor', password }), 201);
    const { people } = await (await manager.ask(`${P}/people`)).json<{
      people: { id: string; name: string }[];
    }>();
    const person = `${P}/people/${people.find(({ name }) => name === 'Nia Okafor')?.id}`;
    await done(manager.patch(person, { role: 'manager' }));
    const link = await done(manager.post(`${person}/password-link`), 201);
    const linkToken = (await link.json<{ path: string }>()).path.split('.').at(-1);
    await done(
      nia.post('/api/password-links/use', { token: linkToken, password: 'other four words here' }),
      201,
    );
    await done(manager.ask(person, { method: 'DELETE' }), 204);
    expect(await auditedIn()).toEqual([
      'Marcus Webb: person-invited, no@lakeside.example',
      'Marcus Webb: invitation-withdrawn, no@lakeside.example',
      'Marcus Webb: person-invited, nia@lakeside.example',
      'Nia Okafor: person-joined, Nia Okafor',
      'Nia Okafor: signed-in, Nia Okafor',
      'Marcus Webb: role-changed, Nia Okafor',
      'Marcus Webb: password-link-made, Nia Okafor',
      'Nia Okafor: password-chosen, Nia Okafor',
      'Nia Okafor: signed-in, Nia Okafor',
      'Marcus Webb: membership-ended, Nia Okafor',
    ]);
    const kept = JSON.stringify(await auditEntries());
    for (const secret of [token, linkToken, password, 'other four words here'])
      expect(kept).not.toContain(secret);
  });

  it('by an admin’s hand is in that of the enterprise too', async () => {
    for (const change of [{ isActive: false }, { isActive: true }, { isAdmin: true }, { isAdmin: false }])
      await done(admin.patch('/api/enterprise/people/lakeside-staff', change), 204);
    const actions = ['person-deactivated', 'person-reactivated', 'admin-made', 'admin-unmade'];
    const expected = actions.map((action) => `Jo Lindqvist: ${action}, Ana Reyes`);
    expect(await auditedIn('*')).toEqual(expected);
    expect(await auditedIn()).toEqual(expected);
  });
});

describe('what people do with their own account', () => {
  it('is in the log of every practice that they work in: sign-ins, failed ones, passwords, sessions', async () => {
    const ana = new StaffBrowser({ address: '198.51.100.9' });
    const email = 'staff@lakeside.example';
    expect((await ana.signIn(email, 'wrong')).status).toBe(401);
    await vi.waitFor(async () => expect(await auditedIn()).toHaveLength(1));
    expect((await ana.signIn('nobody@lakeside.example', 'wrong')).status).toBe(401);
    await done(ana.signIn(email));
    const password = 'four words in a row';
    await done(ana.post('/api/session/password', { current: 'offhook-demo', password }), 204);
    await signedInAs(email);
    const { sessions } = await (await ana.ask('/api/session/all')).json<{
      sessions: { id: string; isThis: boolean }[];
    }>();
    const other = sessions.find(({ isThis }) => !isThis)?.id;
    await done(ana.ask(`/api/session/all/${other}`, { method: 'DELETE' }), 204);
    await done(ana.ask('/api/session', { method: 'DELETE' }), 204);
    await done(ana.signIn(email, password));
    await done(ana.ask('/api/session/all', { method: 'DELETE' }), 204);
    expect(await auditedIn()).toEqual([
      'stranger: password-wrong, Ana Reyes',
      'Ana Reyes: signed-in, Ana Reyes',
      'Ana Reyes: password-changed, Ana Reyes',
      'Ana Reyes: session-ended, Ana Reyes',
      'Ana Reyes: signed-out, Ana Reyes',
      'Ana Reyes: signed-in, Ana Reyes',
      'Ana Reyes: signed-out-everywhere, Ana Reyes',
    ]);
    expect((await auditEntries())[0]?.from.address).toBe('198.51.100.9');
    expect(await auditEntries('*')).toEqual([]);
    await done(new StaffBrowser().signIn('admin@offhook.example'));
    expect(await auditedIn('*')).toEqual(['Jo Lindqvist: signed-in, Jo Lindqvist']);
  });
});

describe('reading', () => {
  it('a conversation is written before it is shown: who, which, and nothing of what it says', async () => {
    const id = await conversation();
    const ana = await signedInAs('staff@lakeside.example');
    const opened = await done(ana.ask(`/api/conversations/${id}`));
    const { messages } = await opened.json<{ messages: { body: string }[] }>();
    expect(await auditEntries()).toMatchObject([
      {
        action: 'conversation-opened',
        who: { name: 'Ana Reyes' },
        subject: { id },
        before: null,
        after: null,
      },
    ]);
    // Somebody who has it open asks again with every text; who reads on has opened it before.
    await done(ana.ask(`/api/conversations/${id}`));
    await done(ana.ask(`/api/conversations/${id}?cursor=2`));
    await done(admin.ask(`/api/conversations/${id}?practice=lakeside`));
    await done(admin.ask(`/api/conversations/${id}?practice=harbor`));
    expect(await auditedIn()).toHaveLength(2);
    const kept = JSON.stringify([await auditEntries(), await auditEntries('harbor')]);
    expect(messages).toHaveLength(1);
    for (const { body } of messages) expect(kept).not.toContain(body);
    expect(kept).not.toContain('2062020123');
  });

  it('one of another practice is refused, and that too is written', async () => {
    const id = await conversation();
    const kim = await signedInAs('staff@harbor.example');
    expect((await kim.ask(`/api/conversations/${id}`)).status).toBe(404);
    expect((await admin.ask(`/api/conversations/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await auditEntries('harbor')).map(({ action }) => action)).toEqual([
      'conversation-opened',
      'nothing-shown',
    ]);
    expect(await auditEntries()).toEqual([]);
  });

  it('by an admin who does not work in the practice stands out, and is not hindered', async () => {
    const id = await conversation();
    await done(admin.ask(`/api/conversations/${id}`));
    const [entry] = await auditEntries();
    expect(entry).toMatchObject({ action: 'opened-from-outside', who: { name: 'Jo Lindqvist' } });
    expect(LOUD_ACTIONS).toContain('opened-from-outside');
    await env.DB.prepare(
      "INSERT INTO memberships (staff_id, practice_id, role) SELECT id, 'lakeside', 'staff' FROM staff WHERE is_admin = 1",
    ).run();
    await done(admin.ask(`/api/conversations/${id}`));
    expect((await auditEntries()).map(({ action }) => action)).toEqual([
      'opened-from-outside',
      'conversation-opened',
    ]);
  });

  it('shows nothing where it cannot be written', async () => {
    const id = await conversation();
    const ana = await signedInAs('staff@lakeside.example');
    const unreachable = vi.spyOn(env.AUDIT_LOG, 'idFromName').mockImplementation(() => {
      throw new Error('not now');
    });
    expect((await ana.ask(`/api/conversations/${id}`)).status).toBe(503);
    unreachable.mockRestore();
  });

  it('is not the same as deciding about consent, which is written too', async () => {
    const id = await conversation();
    const ana = await signedInAs('staff@lakeside.example');
    await done(
      ana.post(`/api/conversations/${id}/consent`, { state: 'opted-out', reason: 'Said so on the phone' }),
    );
    await done(ana.post(`/api/conversations/${id}/consent`, { state: 'no-opt-out' }));
    const kim = await signedInAs('staff@harbor.example');
    await done(kim.post(`/api/conversations/${id}/consent`, { state: 'no-opt-out' }), 404);
    expect((await auditEntries()).map(({ action, after }) => [action, after])).toEqual([
      ['consent-recorded', '{"consent":"opted-out","reason":"Said so on the phone"}'],
      ['opt-out-dismissed', null],
    ]);
  });
});
