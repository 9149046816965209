import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SetUpAnswer, SetUpStepId } from '../../src/domain/practice/set-up.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, ORIGIN, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LAKESIDE = '/api/practices/lakeside';
const REVIEW = `${LAKESIDE}/triggers/lakeside-hangup-en/text-review`;

let admin: StaffBrowser;
let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  admin = await signedInAs('admin@offhook.example');
  manager = await signedInAs('manager@lakeside.example');
});

async function setUpOf(practice: string, browser = admin): Promise<SetUpAnswer> {
  const answer = await browser.ask(`/api/practices/${practice}/setup`);
  expect(answer.status).toBe(200);
  return answer.json<SetUpAnswer>();
}

async function doneIn(practice: string): Promise<SetUpStepId[]> {
  return (await setUpOf(practice)).steps.filter(({ state }) => state === 'done').map(({ id }) => id);
}

async function createdIn<T>(answer: Response): Promise<T> {
  expect(answer.status).toBe(201);
  return answer.json<T>();
}

describe('the steps of a new practice', () => {
  it('tick one after the other, each by what is so', async () => {
    const { practice } = await createdIn<{ practice: { id: string } }>(
      await admin.post('/api/practices', { name: 'New', kind: 'clinic', timeZone: 'America/Denver' }),
    );
    const at = `/api/practices/${practice.id}`;
    expect(await doneIn('new')).toEqual(['profile']);
    expect((await setUpOf('new')).steps.map(({ id, state }) => [id, state]).at(-1)).toEqual([
      'live',
      'elsewhere',
    ]);

    const { line } = await createdIn<{ line: { id: string } }>(
      await admin.post(`${at}/lines`, { name: 'Main', number: '3032020150', carrier: 'simulator' }),
    );
    const lineStep = (await setUpOf('new')).steps.find(({ id }) => id === 'line');
    expect(lineStep).toMatchObject({
      state: 'open',
      missing: [expect.stringContaining('no text has come in')],
    });

    const closed = { week: [[], [], [], [], [], [], []], holidays: [] };
    await admin.ask(`${at}/hours`, {
      method: 'PUT',
      json: { ...closed, afterHoursReply: { isOn: false, text: {} } },
    });
    const { trigger } = await createdIn<{ trigger: { id: string; text: string } }>(
      await admin.post(`${at}/triggers`, { line: line.id, useCase: 'abandoned-call', language: 'en' }),
    );
    expect(await doneIn('new')).toEqual(['profile', 'hours', 'trigger']);
    const review = await admin.ask(`${at}/triggers/${trigger.id}/text-review`, {
      method: 'PUT',
      json: { text: trigger.text },
    });
    expect(review.status).toBe(204);
    expect(await doneIn('new')).toEqual(['profile', 'hours', 'trigger', 'texts']);

    // From the bench it is a test and no call of a phone system.
    await admin.post(`${at}/triggers/${trigger.id}/test`, { number: '2062020123', dryRun: false });
    await expect.poll(() => doneIn('new')).toEqual(['profile', 'hours', 'trigger', 'texts', 'tested']);
    const { url } = await (await admin.ask(`${at}/triggers/${trigger.id}/address`)).json<{ url: string }>();
    await exports.default.fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ CALLER_ID_NUMBER: '2062020124' }),
    });
    await expect.poll(() => doneIn('new')).toContain('call');
    await exports.default.fetch(`${ORIGIN}/simulator/handsets/2062020124/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ to: '+13032020150', body: 'Hello' }),
    });
    await expect.poll(() => doneIn('new')).toContain('line');
    expect(await doneIn('new')).not.toContain('teammate');
  });
});

describe('the text of a trigger', () => {
  const texts = async () => (await setUpOf('lakeside')).steps.find(({ id }) => id === 'texts');

  it('is stood by word for word: another text has to be looked at again, and saving it counts', async () => {
    expect((await texts())?.missing).toEqual([
      'English: 2 texts to look at.',
      'Spanish: 2 texts to look at.',
    ]);
    const { triggers } = await setUpOf('lakeside');
    for (const { id, text } of triggers) {
      const path = `${LAKESIDE}/triggers/${id}/text-review`;
      expect((await manager.ask(path, { method: 'PUT', json: { text } })).status).toBe(204);
    }
    expect(await texts()).toMatchObject({
      state: 'done',
      facts: [
        { words: 'English: looked at', at: expect.any(Number) },
        { words: 'Spanish: looked at', at: expect.any(Number) },
      ],
    });
    await env.DB.exec("UPDATE triggers SET text = 'Another.' WHERE id = 'lakeside-hangup-en'");
    expect((await texts())?.missing).toEqual(['English: one text to look at.']);
    const stale = await manager.ask(REVIEW, { method: 'PUT', json: { text: 'What it was.' } });
    expect([stale.status, await codeOf(stale)]).toEqual([409, 'changed-meanwhile']);
    const saved = await manager.patch(`${LAKESIDE}/triggers/lakeside-hangup-en`, {
      text: 'This is Lakeside. How can we help?',
      expected: { text: 'Another.' },
    });
    expect(saved.status).toBe(200);
    expect((await texts())?.state).toBe('done');
  });
});

describe('the steps', () => {
  it('say who works here, and are of managers only', async () => {
    const teammate = (await setUpOf('lakeside', manager)).steps.find(({ id }) => id === 'teammate');
    expect(teammate?.facts[0]?.words).toBe('Ana Reyes, Marcus Webb work here');
    const staff = await signedInAs('staff@lakeside.example');
    const foreign = await signedInAs('staff@harbor.example');
    expect((await staff.ask(`${LAKESIDE}/setup`)).status).toBe(403);
    expect((await foreign.ask(`${LAKESIDE}/setup`)).status).toBe(404);
    expect((await staff.ask(REVIEW, { method: 'PUT', json: {} })).status).toBe(403);
    expect((await foreign.ask(REVIEW, { method: 'PUT', json: { text: 'x' } })).status).toBe(404);
    expect((await manager.ask(REVIEW, { method: 'PUT', json: {} })).status).toBe(400);
    expect((await manager.ask(REVIEW, { method: 'DELETE' })).status).toBe(405);
  });
});
