import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Caller } from '../../src/domain/patients/caller-match.ts';
import type { Env } from '../../src/env.ts';
import { MATCH_ONE } from '../../src/practices/caller-matches.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { conversationOf } from '../../src/routes/conversations/conversation-address.ts';
import worker from '../../src/worker.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { fire, HANGUP, texting } from './hook-request.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const SETTING = '/api/enterprise/any-patient';
const HARBOR_HANGUP = '/hooks/demo/abandoned-call/harbor-hangup-en';
/** Of the seed: two children's, one's, a deceased patient's; and nobody's. */
const [FAMILY, THEO, LUCIA, ADA, NOBODY] = [
  '2062020311',
  '2062020312',
  '2062020314',
  '2062020315',
  '2062020177',
];
const ACKNOWLEDGED = {
  isOn: true,
  acknowledgement: { name: 'Dana Cole', role: 'Privacy officer', text: 'Allowed by our rules.' },
};

let admin: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  admin = await signedInAs('admin@offhook.example');
});
afterEach(() => vi.restoreAllMocks());

async function found(practice: string, q = ''): Promise<ConversationSummary[]> {
  const path = `/api/practices/${practice}/conversations?q=${encodeURIComponent(q)}`;
  return (await (await admin.ask(path)).json<{ conversations: ConversationSummary[] }>()).conversations;
}

/** The only caller there is, as the inbox shows them, once that is so. */
async function expectCaller(practice: string, caller: Partial<Caller>): Promise<void> {
  await vi.waitFor(
    async () => {
      expect((await found(practice)).map((one) => one.caller)).toEqual([expect.objectContaining(caller)]);
    },
    { timeout: 5_000 },
  );
}

const text = (from: string, to: string, body = 'Hello') =>
  fire(`/simulator/handsets/${from}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ to, body }),
  });

const turn = (json: unknown) => admin.ask(SETTING, { method: 'PUT', json });

describe('a caller whose number is that of a patient', () => {
  it('of the practice is named from the first call on, and found by that name', async () => {
    await fire(`${HARBOR_HANGUP}?from=${THEO}`);
    await expectCaller('harbor', { verified: 'here', name: 'Theo Lindgren', names: ['Theo Lindgren'] });
    expect(await found('harbor', 'lindg')).toHaveLength(1);
    expect(await found('harbor', THEO)).toHaveLength(1);
  });

  it('is named from the first text on, and in the language of the patient', async () => {
    await text(LUCIA, '2062020200');
    await expectCaller('harbor', { verified: 'here', name: 'Lucía Romero' });
    expect((await found('harbor', 'lucia'))[0]).toMatchObject({ language: 'es' });
  });

  it('is named as soon as a directory that was empty has them', async () => {
    const added = (name: string, numbers: string[]) =>
      admin.ask('/api/practices/lakeside/patients', {
        method: 'POST',
        json: { name, numbers, language: null, status: 'active' },
      });
    await fire(`${HANGUP}?from=${NOBODY}`);
    await expectCaller('lakeside', { verified: null });
    expect((await added('Ines Ray', [NOBODY])).status).toBe(201);
    await expectCaller('lakeside', { verified: 'here', name: 'Ines Ray' });
  });

  it('and of others: all are named, none is assumed', async () => {
    await fire(`${HARBOR_HANGUP}?from=${FAMILY}`);
    await expectCaller('harbor', { verified: 'here', name: null, names: ['Mia Okafor', 'Noah Okafor'] });
    for (const name of ['mia', 'noah']) expect(await found('harbor', name)).toHaveLength(1);
  });

  it('of another practice is told apart from an unknown one, without the name', async () => {
    await fire(`${HANGUP}?from=${THEO}`);
    await expectCaller('lakeside', { verified: 'elsewhere', name: null, names: [] });
    expect(await found('lakeside', 'lindgren')).toEqual([]);
    const answer = await admin.ask('/api/practices/lakeside/conversations');
    expect(await answer.text()).not.toContain('Lindgren');
  });

  it('nobody has is unverified', async () => {
    await fire(`${HANGUP}?from=${NOBODY}`);
    await expectCaller('lakeside', { verified: null, name: null, names: [] });
  });

  it('who died is not taken for them: whoever holds the phone now is answered, unverified', async () => {
    expect(await fire(`${HARBOR_HANGUP}?from=${ADA}`)).toMatchObject(texting);
    await expectCaller('harbor', { verified: null, names: [] });
  });

  it('whose record was replaced is who the other record says', async () => {
    await env.DB.batch(
      [
        "UPDATE patients SET replaced_by = 'seed-lucia-romero' WHERE id = 'seed-theo-lindgren'",
        // Two that point at each other lead nowhere, and end.
        "UPDATE patients SET replaced_by = 'seed-noah-okafor' WHERE id = 'seed-mia-okafor'",
        "UPDATE patients SET replaced_by = 'seed-mia-okafor' WHERE id = 'seed-noah-okafor'",
      ].map((sql) => env.DB.prepare(sql)),
    );
    await fire(`${HARBOR_HANGUP}?from=${THEO}`);
    await expectCaller('harbor', { verified: 'here', name: 'Lucía Romero' });
    await fire(`${HANGUP}?from=${FAMILY}`);
    await expectCaller('lakeside', { verified: null });
  });
});

describe('practices may message and search any patient', () => {
  it('only once somebody answers for it, and each practice’s conversations follow', async () => {
    await fire(`${HANGUP}?from=${THEO}`);
    await expectCaller('lakeside', { verified: 'elsewhere', names: [] });
    for (const refused of [
      { isOn: true },
      { isOn: true, acknowledgement: { ...ACKNOWLEDGED.acknowledgement, name: ' ' } },
      { isOn: true, acknowledgement: { ...ACKNOWLEDGED.acknowledgement, text: '' } },
    ]) {
      const answer = await turn(refused);
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid-request']);
    }
    expect(await (await admin.ask(SETTING)).json()).toMatchObject({
      setting: { isOn: false, acknowledgement: null },
    });

    const on = await turn(ACKNOWLEDGED);
    const setting = {
      isOn: true,
      acknowledgement: {
        ...ACKNOWLEDGED.acknowledgement,
        at: expect.any(Number),
        recordedBy: { id: 'admin', name: 'Jo Lindqvist' },
      },
    };
    expect([on.status, await on.json()]).toEqual([200, { setting }]);
    expect(await (await admin.ask(SETTING)).json()).toMatchObject({ setting });
    await expectCaller('lakeside', { verified: 'elsewhere', name: 'Theo Lindgren' });
    expect(await found('lakeside', 'theo')).toHaveLength(1);

    const log = env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName('*'));
    const everything = { words: null, actionsMeant: [], actions: null, from: null, to: null, before: null };
    const [entry] = (await log.page(everything)).entries;
    expect(entry).toMatchObject({ action: 'any-patient-on', after: expect.stringContaining('Dana Cole') });
    expect((await turn({ isOn: false })).status).toBe(200);
    await expectCaller('lakeside', { verified: 'elsewhere', name: null, names: [] });
    await vi.waitFor(async () => expect(await found('lakeside', 'theo')).toEqual([]));
    await vi.waitFor(async () =>
      expect(await env.DB.prepare('SELECT count(*) AS n FROM match_tasks').first('n')).toBe(0),
    );
  });

  it('then names a new caller at once', async () => {
    await turn(ACKNOWLEDGED);
    await fire(`${HANGUP}?from=${FAMILY}`);
    await expectCaller('lakeside', { verified: 'elsewhere', names: ['Mia Okafor', 'Noah Okafor'] });
  });

  it('is an admin’s to say', async () => {
    for (const email of ['manager@lakeside.example', 'staff@harbor.example']) {
      const browser = await signedInAs(email);
      expect((await browser.ask(SETTING)).status).toBe(403);
      expect((await browser.ask(SETTING, { method: 'PUT', json: ACKNOWLEDGED })).status).toBe(403);
    }
    expect((await admin.post(SETTING, ACKNOWLEDGED)).status).toBe(405);
  });
});

describe('a directory that is slow or away', () => {
  /** D1 with a match that is slow, or that fails so many times. */
  function directory({ delayMs = 0, failures = 0 }): Env {
    let left = failures;
    const slow = (statement: D1PreparedStatement): D1PreparedStatement =>
      new Proxy(statement, {
        get(target, name) {
          if (name === 'bind') return (...values: unknown[]) => slow(target.bind(...values));
          if (name === 'all')
            return async () => {
              await scheduler.wait(delayMs);
              if (left-- > 0) throw new Error('D1 is away');
              return target.all();
            };
          const value: unknown = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    const DB = new Proxy(env.DB, {
      get(target, name) {
        if (name === 'prepare')
          return (sql: string) =>
            sql.includes('patient_numbers') ? slow(target.prepare(sql)) : target.prepare(sql);
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return { ...env, DB };
  }

  it.each([
    ['slow', { delayMs: 600 }],
    ['away for a moment', { failures: 1 }],
  ])('%s holds up no text; the name comes after it', async (_, trouble) => {
    const request = new Request(`https://offhook.example${HARBOR_HANGUP}?from=${THEO}`, { method: 'POST' });
    const began = Date.now();
    const ctx = createExecutionContext();
    const answer = await worker.fetch(request, directory(trouble), ctx);
    expect(await answer.json()).toMatchObject({ result: 'texting' });
    expect(Date.now() - began).toBeLessThan(550);
    await expectCaller('harbor', { verified: 'here', name: 'Theo Lindgren' });
    await waitOnExecutionContext(ctx);
  });
});

describe('the match', () => {
  it('is one query, every step of it by a primary key', async () => {
    const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${MATCH_ONE}`)
      .bind(`+1${THEO}`, 'harbor')
      .all<{ detail: string }>();
    const steps = plan.results.map(({ detail }) => detail);
    expect(steps.filter((step) => /patient|\b[np]\b/.test(step))).toEqual([
      'SEARCH n USING PRIMARY KEY (number=?)',
      'SEARCH p USING PRIMARY KEY (practice_id=? AND id=?)',
      'SEARCH p USING PRIMARY KEY (practice_id=? AND id=?)',
    ]);
    // What is left are the number that was asked for, and the few rows found so far.
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([
      'SCAN CONSTANT ROW',
      'SCAN w',
      'SCAN f',
      'SCAN found',
      'SCAN enterprise',
    ]);
  });
});

describe('conversations that could not be told', () => {
  it('are told by the schedule', async () => {
    await fire(`${HARBOR_HANGUP}?from=${NOBODY}`);
    await expectCaller('harbor', { verified: null });
    await env.DB.batch(
      [
        `INSERT INTO patients (practice_id, id, name, name_key, numbers, updated_at)
         VALUES ('harbor', 'new', 'Nia New', 'nia new', '["+1${NOBODY}"]', 1)`,
        `INSERT INTO patient_numbers VALUES ('+1${NOBODY}', 'harbor', 'new')`,
        `INSERT INTO match_tasks (numbers) VALUES ('["+1${NOBODY}"]')`,
      ].map((sql) => env.DB.prepare(sql)),
    );
    await worker.scheduled(createScheduledController(), env);
    await expectCaller('harbor', { verified: 'here', name: 'Nia New' });
    expect(await env.DB.prepare('SELECT count(*) AS n FROM match_tasks').first('n')).toBe(0);
    // A call that looked before that is too late to take the name away again.
    const conversation = conversationOf(env, 'harbor-main', `+1${NOBODY}`);
    expect(await conversation.recordMatch({ verified: 'here', names: ['Nia New'], language: null })).toEqual({
      outcome: 'nothing-to-record',
    });
  });
});
