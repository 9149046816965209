import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Firing } from '../../src/domain/calls/firing.ts';
import type { ConversationContext } from '../../src/domain/conversation/conversation-context.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { FoundPatient } from '../../src/domain/patients/found-patient.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { activity } from '../durable/activity.ts';
import { CALLER, conversationOf, firing, inboxOf, LINE, textIn } from '../durable/firing.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { auditEntries } from './audit-entries.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

/** Whom staff are writing with: what the practice knows of a caller, and what they say themselves. */

let ana: StaffBrowser;
let manager: StaffBrowser;
let call: Firing;
const id = () => conversationOf().id.toString();
const SPANISH_LINE = { ...LINE, id: 'lakeside-second', name: 'Second line', number: '+12062020101' };

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  ana = await signedInAs('staff@lakeside.example');
  manager = await signedInAs('manager@lakeside.example');
  call = firing();
  await conversationOf().fire(call);
});

async function context(browser = ana): Promise<ConversationContext> {
  const answer = await browser.ask(`/api/conversations/${id()}/context`);
  expect(answer.status).toBe(200);
  return answer.json();
}

async function addPatient(name: string, number: string): Promise<{ id: string; version: number }> {
  const details = { name, numbers: [number], language: null, status: 'active' };
  const answer = await manager.post('/api/practices/lakeside/patients', details);
  expect(answer.status).toBe(201);
  return (await answer.json<{ patient: { id: string; version: number } }>()).patient;
}

const caller = async () => (await context()).conversation.caller;

describe('the context of a conversation', () => {
  it('tells of calls with their outcome, other lines, call-backs and what was done', async () => {
    const elsewhere = env.CONVERSATION.get(env.CONVERSATION.idFromName(`${SPANISH_LINE.id} ${CALLER}`));
    await elsewhere.receive(textIn('About my bill', { line: SPANISH_LINE }));
    const refused = activity({ outcome: 'opted-out', conversationId: id(), messageId: null });
    await inboxOf().recordActivity(refused);
    await ana.patch(`/api/conversations/${id()}`, { language: 'Spanish' });
    await vi.waitFor(async () => {
      const found = await context();
      expect(found.calls.find(({ id: one }) => one === refused.id)).toMatchObject({ outcome: 'opted-out' });
      expect(found.calls.filter(({ id: one }) => one === call.activity.id)).toMatchObject([
        { outcome: 'texting' },
      ]);
      expect(found.elsewhere).toMatchObject([
        { line: { name: 'Second line' }, last: { snippet: 'About my bill' } },
      ]);
      expect(found.callBacks).toMatchObject([{ reason: 'opted-out', caller: CALLER }]);
    });
    const found = await context();
    expect(found.events.map(({ kind, event }) => [kind, event?.name, event?.detail])).toEqual([
      ['event', 'language', 'es'],
      ['automatic', undefined, undefined],
    ]);
    expect(found.conversation.language).toBe('es');
    expect(found).toMatchObject({ patients: [], link: null, openedBy: null });
  });

  it('names who opened it to managers, and is one reading with opening it', async () => {
    await ana.ask(`/api/conversations/${id()}`);
    await context();
    await context();
    expect((await context(manager)).openedBy?.map(({ name }) => name)).toContain('Ana Reyes');
    const opened = (await auditEntries()).filter(({ action }) => action === 'conversation-opened');
    expect(opened.map(({ who }) => (who.is === 'staff' ? who.name : who.is)).sort()).toEqual(
      ['Ana Reyes', expect.any(String)].sort(),
    );
  });

  it('names patients of other practices only where that is allowed', async () => {
    await addPatient('Mia Okafor', CALLER);
    await env.DB.prepare(
      "INSERT INTO patients (practice_id, id, name, name_key, numbers, updated_at) VALUES ('harbor', 'h1', 'Leo Stone', 'leo stone', ?, 0)",
    )
      .bind(JSON.stringify([CALLER]))
      .run();
    await env.DB.prepare("INSERT INTO patient_numbers VALUES (?, 'harbor', 'h1')").bind(CALLER).run();
    expect((await context()).patients).toMatchObject([{ name: 'Mia Okafor', practice: { id: 'lakeside' } }]);
    await env.DB.exec(`UPDATE enterprise SET any_patient = '{}'`);
    expect((await context()).patients.map(({ name, practice }) => [name, practice.name])).toEqual([
      ['Mia Okafor', 'Lakeside Family Clinic'],
      ['Leo Stone', 'Harbor Pediatrics'],
    ]);
  });

  it('is not there for others', async () => {
    const kim = await signedInAs('staff@harbor.example');
    for (const answer of [
      await kim.ask(`/api/conversations/${id()}/context`),
      await kim.ask(`/api/conversations/${'0'.repeat(64)}/context`),
      await kim.ask(`/api/conversations/${id()}/patient`, { method: 'PUT', json: { patient: 'x' } }),
    ]) {
      expect([answer.status, await codeOf(answer)]).toEqual([404, 'not-found']);
    }
    expect((await exports.default.fetch(`${ORIGIN}/api/conversations/${id()}/context`)).status).toBe(401);
  });
});

describe('a patient whom staff say that the caller is', () => {
  it('is shown, stays when the number is somebody’s, and goes back to that when it is taken back', async () => {
    const mia = await addPatient('Mia Okafor', '+12062020177');
    const said = await ana.ask(`/api/conversations/${id()}/patient`, {
      method: 'PUT',
      json: { patient: mia.id },
    });
    expect((await said.json<{ conversation: ConversationSummary }>()).conversation.caller).toEqual({
      number: CALLER,
      name: 'Mia Okafor',
      verified: 'here',
      names: ['Mia Okafor'],
      linked: { id: mia.id, name: 'Mia Okafor' },
    });
    expect((await context()).link).toMatchObject({ by: 'Ana Reyes' });
    await addPatient('Noah Lind', CALLER);
    await conversationOf().receive(
      textIn('Hello', { match: { verified: 'here', names: ['Noah Lind'], language: null } }),
    );
    await vi.waitFor(async () =>
      expect(await env.DB.prepare('SELECT 1 FROM match_tasks').first()).toBeNull(),
    );
    expect(await caller()).toMatchObject({ name: 'Mia Okafor' });
    expect((await inboxOf().search('okafor', null, 'ana', 0)).conversations).toHaveLength(1);
    const ended = await ana.ask(`/api/conversations/${id()}/patient`, { method: 'DELETE' });
    expect(ended.status).toBe(200);
    expect(await caller()).toEqual({
      number: CALLER,
      name: 'Noah Lind',
      verified: 'here',
      names: ['Noah Lind'],
    });
    const actions = (await auditEntries()).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('patient-')).sort()).toEqual(
      ['patient-added', 'patient-added', 'patient-linked', 'patient-unlinked'].sort(),
    );
    const events = (await context()).events.flatMap(({ event }) => event ?? []);
    expect(events).toEqual([
      { name: 'unlinked', detail: 'Mia Okafor' },
      { name: 'linked', detail: 'Mia Okafor' },
    ]);
  });

  it('is followed when they are renamed, and ends when they are removed', async () => {
    const mia = await addPatient('Mia Okafor', '+12062020177');
    await ana.ask(`/api/conversations/${id()}/patient`, { method: 'PUT', json: { patient: mia.id } });
    const at = `/api/practices/lakeside/patients/${mia.id}`;
    const renamed = {
      name: 'Mia Stone',
      numbers: ['+12062020177'],
      language: null,
      status: 'active',
      version: 1,
    };
    expect((await manager.ask(at, { method: 'PUT', json: renamed })).status).toBe(200);
    await vi.waitFor(async () => expect(await caller()).toMatchObject({ name: 'Mia Stone' }));
    expect((await manager.ask(`${at}?version=2`, { method: 'DELETE' })).status).toBe(204);
    await vi.waitFor(async () =>
      expect(await caller()).toEqual({ number: CALLER, name: null, verified: null, names: [] }),
    );
    expect(await env.DB.prepare('SELECT 1 FROM patient_links').first()).toBeNull();
  });

  it('has to be an active one of the practice', async () => {
    const mia = await addPatient('Mia Okafor', '+12062020177');
    await env.DB.exec("UPDATE patients SET status = 'inactive' WHERE practice_id = 'lakeside'");
    for (const patient of [mia.id, 'nobody']) {
      const answer = await ana.ask(`/api/conversations/${id()}/patient`, {
        method: 'PUT',
        json: { patient },
      });
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid-request']);
    }
    expect((await caller()).name).toBeNull();
  });
});

describe('patients in the search', () => {
  const found = async (q: string) => {
    const answer = await ana.ask(`/api/practices/lakeside/patient-conversations?q=${encodeURIComponent(q)}`);
    expect(answer.status).toBe(200);
    return answer.json<{ patients: FoundPatient[]; isEverywhere: boolean }>();
  };
  const searched = async () =>
    (await auditEntries()).filter(({ action }) => action === 'other-patients-searched').length;

  it('lead to the conversations here; those of other practices only where that is allowed, and it is in the log', async () => {
    const mia = await addPatient('Zoë Okafor', CALLER);
    const harbor = "VALUES ('harbor', 'h1', 'Zoe Stone', 'zoe stone', '[\"+12062020199\"]', 0)";
    await env.DB.exec(
      `INSERT INTO patients (practice_id, id, name, name_key, numbers, updated_at) ${harbor}`,
    );
    await vi.waitFor(async () => {
      expect(await found('zoe')).toEqual({
        isEverywhere: false,
        patients: [
          {
            id: mia.id,
            name: 'Zoë Okafor',
            practice: { id: 'lakeside', name: 'Lakeside Family Clinic' },
            numbers: [{ number: CALLER, conversations: [id()] }],
          },
        ],
      });
    });
    expect(await searched()).toBe(0);
    await env.DB.exec(`UPDATE enterprise SET any_patient = '{}'`);
    const both = await found('zoe');
    expect(both.isEverywhere).toBe(true);
    expect(both.patients.map(({ name, practice }) => [name, practice.id])).toEqual([
      ['Zoë Okafor', 'lakeside'],
      ['Zoe Stone', 'harbor'],
    ]);
    await found('zoe s');
    expect(await searched()).toBe(1);
  });
});
