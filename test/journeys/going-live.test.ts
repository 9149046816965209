import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ManagedTrigger } from '../../src/domain/triggers/managed-trigger.ts';
import { signProof, type TestProof } from '../../src/domain/triggers/test-proof.ts';
import type { Env } from '../../src/env.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import worker from '../../src/worker.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const HOLD_EN = '/api/practices/lakeside/triggers/lakeside-hold-en';
const DAY = 86_400_000;
const SECRET = 'shared by demo and production';
const DEMO = { ENVIRONMENT: 'demo', TEST_PROOF_SECRET: SECRET } as const;
const PRODUCTION = { ENVIRONMENT: 'production', TEST_PROOF_SECRET: SECRET } as const;

let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  await env.DB.prepare("UPDATE triggers SET is_on = 0 WHERE id = 'lakeside-hold-en'").run();
  manager = await signedInAs('manager@lakeside.example');
});

afterEach(() => {
  vi.useRealTimers();
});

/** As this deployment would answer if it were another one. */
async function ask(
  deployment: Partial<Env>,
  path: string,
  json?: unknown,
  { as = manager, method = 'POST' } = {},
): Promise<Response> {
  const request = new Request(ORIGIN + path, {
    method,
    headers: {
      Cookie: `__Host-offhook=${as.cookies.get('__Host-offhook')}`,
      Origin: ORIGIN,
      'Content-Type': 'application/json',
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  return worker.fetch(request, { ...env, ...deployment }, createExecutionContext());
}

async function wentLive(): Promise<{ isOn: boolean; wentLive: unknown }> {
  const { triggers } = await (await manager.ask('/api/practices/lakeside/triggers')).json<{
    triggers: ManagedTrigger[];
  }>();
  const found = triggers.find(({ id }) => id === 'lakeside-hold-en');
  return { isOn: found?.isOn ?? false, wentLive: found?.wentLive ?? null };
}

function proofOf(changes: Partial<TestProof> = {}, secret = SECRET): Promise<string> {
  const now = Date.now();
  return signProof(secret, {
    practiceId: 'lakeside',
    useCase: 'call-to-text',
    language: 'en',
    testedAt: now - DAY,
    expiresAt: now + DAY,
    ...changes,
  });
}

describe('in production', () => {
  const switchOn = { isOn: true, expected: { isOn: false } };

  it('a trigger is not switched on before it went live, and is switched like any other after', async () => {
    const early = await ask(PRODUCTION, HOLD_EN, switchOn, { method: 'PATCH' });
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('not-live-yet')]);
    const live = await ask(PRODUCTION, `${HOLD_EN}/go-live`, { proof: await proofOf() });
    expect(live.status).toBe(200);
    expect(await wentLive()).toMatchObject({
      isOn: true,
      wentLive: { how: 'proof', by: { name: 'Marcus Webb' }, testedAt: expect.any(Number) },
    });
    const off = { isOn: false, expected: { isOn: true } };
    expect((await ask(PRODUCTION, HOLD_EN, off, { method: 'PATCH' })).status).toBe(200);
    expect((await ask(PRODUCTION, HOLD_EN, switchOn, { method: 'PATCH' })).status).toBe(200);
  });

  it('a new trigger is off', async () => {
    const body = { line: 'lakeside-main', useCase: 'call-to-text', language: 'en-GB' };
    const added = await ask(PRODUCTION, '/api/practices/lakeside/triggers', body);
    expect(await added.json()).toMatchObject({ trigger: { isOn: false, wentLive: null } });
  });

  it.each([
    ['of another practice', { practiceId: 'harbor' }, /another practice/],
    ['of the other use case', { useCase: 'abandoned-call' }, /other use case/],
    ['of another language', { language: 'es' }, /another language/],
    ['that has ended', { expiresAt: Date.now() - 1 }, /older than 30 days/],
  ] as const)('a proof %s is refused', async (_, changes, why) => {
    const refused = await ask(PRODUCTION, `${HOLD_EN}/go-live`, { proof: await proofOf(changes) });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(why);
    expect(await wentLive()).toEqual({ isOn: false, wentLive: null });
  });

  it('a proof that was signed with another secret, or changed, is refused', async () => {
    const proof = await proofOf();
    const [prefix, payload, signature] = proof.split('.');
    const forged = [
      await proofOf({}, 'another secret'),
      `${prefix}.${btoa('{"practiceId":"lakeside"}').replaceAll('=', '')}.${signature}`,
      `${prefix}.${payload}.${'A'.repeat(43)}`,
      proof.slice(0, -1),
      'hello',
      '.'.repeat(1000),
    ];
    for (const one of forged) {
      expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, { proof: one })).status).toBe(422);
    }
    expect(await wentLive()).toEqual({ isOn: false, wentLive: null });
  });

  it('a proof may be pasted with the line breaks of an e-mail in it', async () => {
    const proof = ` ${(await proofOf()).replace(/(.{60})/g, '$1\r\n')} `;
    expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, { proof })).status).toBe(200);
  });

  it('only an admin goes live without a proof, and says why', async () => {
    const word = { override: true, reason: 'Tried with the clinic on the phone.' };
    expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, word)).status).toBe(403);
    const admin = { as: await signedInAs('admin@offhook.example') };
    for (const reason of ['', '         ', 'short', 'x'.repeat(501), 7]) {
      expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, { ...word, reason }, admin)).status).toBe(400);
    }
    // Without the secret too: it is optional.
    const without = { ENVIRONMENT: 'production', TEST_PROOF_SECRET: undefined } as unknown as Partial<Env>;
    expect((await ask(without, `${HOLD_EN}/go-live`, { proof: await proofOf() }, admin)).status).toBe(422);
    expect((await ask(without, `${HOLD_EN}/go-live`, word, admin)).status).toBe(200);
    expect(await wentLive()).toMatchObject({
      isOn: true,
      wentLive: { how: 'override', by: { name: 'Jo Lindqvist' }, reason: word.reason },
    });
  });

  it('who took it live first stays the one who answers for it', async () => {
    await ask(PRODUCTION, `${HOLD_EN}/go-live`, { proof: await proofOf() });
    const admin = { as: await signedInAs('admin@offhook.example') };
    const word = { override: true, reason: 'I was here as well, later.' };
    await ask(PRODUCTION, `${HOLD_EN}/go-live`, word, admin);
    expect(await wentLive()).toMatchObject({ wentLive: { how: 'proof', by: { name: 'Marcus Webb' } } });
  });

  it('staff and strangers do not take anything live, and no proof is made there', async () => {
    const body = { proof: await proofOf() };
    const staff = { as: await signedInAs('staff@lakeside.example') };
    const harbor = { as: await signedInAs('staff@harbor.example') };
    expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, body, staff)).status).toBe(403);
    expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, body, harbor)).status).toBe(404);
    expect((await ask(PRODUCTION, `${HOLD_EN}/test-proof`)).status).toBe(404);
    expect((await ask(DEMO, `${HOLD_EN}/test-proof`, undefined, staff)).status).toBe(403);
    expect((await ask(DEMO, `${HOLD_EN}/go-live`, body)).status).toBe(404);
  });
});

describe('a proof from demo', () => {
  const makeProof = () => ask(DEMO, `${HOLD_EN}/test-proof`);

  beforeEach(async () => {
    await env.DB.prepare("UPDATE triggers SET is_on = 1 WHERE id = 'lakeside-hold-en'").run();
    forgetTriggers();
  });

  it('is made once a text of the trigger has arrived on a phone, and takes it live', async () => {
    expect((await makeProof()).status).toBe(409);
    const test = await manager.post(`${HOLD_EN}/test`, { number: '(206) 202-0177' });
    expect(await test.json()).toMatchObject({
      status: 200,
      answer: { result: 'texting' },
      activityId: expect.stringMatching(/^[0-9a-z]{9}-[0-9a-f]{10}$/),
    });
    const made = await vi.waitFor(async () => {
      const answer = await makeProof();
      expect(answer.status).toBe(200);
      return answer.json<{ proof: string }>();
    }, 10_000);
    await env.DB.prepare("UPDATE triggers SET is_on = 0 WHERE id = 'lakeside-hold-en'").run();
    expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, made)).status).toBe(400);
    expect((await ask(PRODUCTION, `${HOLD_EN}/go-live`, { proof: made.proof })).status).toBe(200);
  });

  it('is not made of a dry run, of a text that did not arrive, or of another trigger', async () => {
    await manager.post(`${HOLD_EN}/test`, { number: '2062020178', dryRun: true });
    await manager.post(`${HOLD_EN}/test`, { number: '2062020006' });
    await manager.post('/api/practices/lakeside/triggers/lakeside-hold-es/test', { number: '2062020179' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const refused = await makeProof();
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('not-tested')]);
  });

  it('needs the secret', async () => {
    const without = { ENVIRONMENT: 'demo', TEST_PROOF_SECRET: undefined } as unknown as Partial<Env>;
    const refused = await ask(without, `${HOLD_EN}/test-proof`);
    expect(await refused.text()).toContain('TEST_PROOF_SECRET');
  });
});

describe('the test bench', () => {
  it('answers what a phone system would get, and texts nobody on a dry run', async () => {
    await env.DB.prepare("UPDATE triggers SET is_on = 1 WHERE id = 'lakeside-hold-en'").run();
    const test = async (body: object) => (await manager.post(`${HOLD_EN}/test`, body)).json();
    expect(await test({ number: '206 202 0181', dryRun: true })).toMatchObject({
      status: 200,
      answer: { result: 'skipped', reason: 'dry-run' },
      sent: { CALLER_ID_NUMBER: '206 202 0181', dry_run: '1' },
    });
    expect(await test({ number: 'my phone' })).toMatchObject({
      status: 422,
      answer: { error: { code: 'unreadable-caller' } },
    });
    expect(await test({ number: '206 555 0123' })).toMatchObject({
      answer: { result: 'skipped', reason: 'not-textable' },
    });
    for (const body of [{}, { number: '' }, { number: 'x'.repeat(41) }, { number: 2062020181 }]) {
      expect((await manager.post(`${HOLD_EN}/test`, body)).status).toBe(400);
    }
  });

  it('is for managers of the practice', async () => {
    const body = { number: '2062020182' };
    expect((await (await signedInAs('staff@lakeside.example')).post(`${HOLD_EN}/test`, body)).status).toBe(
      403,
    );
    expect((await (await signedInAs('staff@harbor.example')).post(`${HOLD_EN}/test`, body)).status).toBe(404);
  });
});

describe('what would happen at an instant', () => {
  const at = (when: string) => manager.ask(`${HOLD_EN}/what-would-happen?at=${when}`);
  const SATURDAY = '2026-11-28T12:00-08:00';
  const MONDAY = '2026-11-30T09:00-08:00';

  it.each([
    ['always', { does: 'text', text: expect.stringContaining('Lakeside') }],
    ['other-text', { does: 'text', text: 'We are closed.', isOpen: false }],
    ['hold', { does: 'hold', until: Date.parse('2026-11-30T08:00-08:00') }],
    ['nothing', { does: 'nothing' }],
  ] as const)('follows the hours and the rule %s', async (hoursRule, expected) => {
    await emptyData();
    await seedLocal(env.DB, 'local');
    manager = await signedInAs('manager@lakeside.example');
    const rules = { hoursRule, closedText: 'We are closed.' };
    const seen = { hoursRule: 'always', closedText: null };
    expect((await manager.patch(HOLD_EN, { rules, expected: { rules: seen } })).status).toBe(200);
    expect(await (await at(SATURDAY)).json()).toMatchObject({ isOn: true, ...expected });
    expect(await (await at(MONDAY)).json()).toMatchObject({ does: 'text', isOpen: true });
  });

  it.each(['', 'tomorrow', '2026-13-01T00:00Z', '1e20', '2026-11-28'])('is not told for %j', async (when) => {
    expect((await at(when)).status).toBe(400);
  });
});
