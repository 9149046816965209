import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Configuration } from '../../src/domain/practice/configuration.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LAKESIDE = '/api/practices/lakeside/configuration';
const NEW = '/api/practices/new';

type File = Configuration & {
  kind: string;
  quickResponses: unknown;
  smartPhrases: { name: string; text: string }[];
};

let admin: StaffBrowser;
let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  admin = await signedInAs('admin@offhook.example');
  manager = await signedInAs('manager@lakeside.example');
});

async function exported(path = LAKESIDE): Promise<File> {
  const answer = await admin.ask(path);
  expect(answer.status).toBe(200);
  return answer.json<File>();
}

async function makeNew(): Promise<void> {
  const practice = { name: 'New', kind: 'clinic', timeZone: 'America/Denver' };
  expect((await admin.post('/api/practices', practice)).status).toBe(201);
}

function take(path: string, file: unknown, isDryRun = false): Promise<Response> {
  return admin.post(`${path}/configuration`, { file, isDryRun });
}

async function changesIn(answer: Response): Promise<string[]> {
  expect(answer.status).toBe(200);
  return (await answer.json<{ changes: string[] }>()).changes;
}

async function refusalsIn(answer: Response): Promise<string[]> {
  expect(answer.status).toBe(400);
  return (await answer.json<{ refusals: string[] }>()).refusals;
}

describe('the configuration of a practice', () => {
  it('comes out as one file, without anything that lets somebody in', async () => {
    const file = await exported();
    expect(file.practice.name).toBe('Lakeside Family Clinic');
    expect(file.lines[0]?.triggers).toHaveLength(4);
    expect(file.hours?.week).toHaveLength(7);
    const text = JSON.stringify(file);
    for (const secret of ['lakeside-hangup-en', 'token', 'Ana Reyes', '@'])
      expect(text).not.toContain(secret);
  });

  it('taken in where it came from changes nothing', async () => {
    expect(await changesIn(await take('/api/practices/lakeside', await exported()))).toEqual([]);
  });

  it('goes to another practice, whose line of the same name keeps its number; what is only there stays', async () => {
    await makeNew();
    const line = { name: 'Main line', number: '3032020150', carrier: 'simulator' };
    await admin.post(`${NEW}/lines`, line);
    const file = { ...(await exported()), smartPhrases: [{ name: 'parking', text: 'Behind the house.' }] };
    const dry = await changesIn(await take(NEW, file, true));
    expect(dry).toContain('Its hours, holidays and after-hours reply');
    expect(dry).toContain('Main line: new trigger abandoned-call, es');
    expect(dry).toContain('Smart phrase parking');
    expect((await exported(`${NEW}/configuration`)).lines[0]?.triggers).toEqual([]);

    expect(await changesIn(await take(NEW, file))).toEqual(dry);
    const now = await exported(`${NEW}/configuration`);
    expect(now.practice).toEqual(file.practice);
    expect(now.hours).toEqual(file.hours);
    expect(now.smartPhrases).toEqual(file.smartPhrases);
    expect(now.lines[0]).toMatchObject({ name: 'Main line', number: '+13032020150' });
    expect(now.lines[0]?.triggers).toEqual(file.lines[0]?.triggers);
    const { triggers } = await (await admin.ask(`${NEW}/triggers`)).json<{ triggers: { id: string }[] }>();
    expect(triggers.every(({ id }) => !id.startsWith('lakeside'))).toBe(true);
    expect(await changesIn(await take(NEW, file))).toEqual([]);
    expect(await env.AUDIT_LOG.get(env.AUDIT_LOG.idFromName('new')).head()).toMatchObject({ seq: 3 });
  });

  it('is refused whole where a number is somebody else’s, and nothing of it is left behind', async () => {
    await makeNew();
    const before = await exported(`${NEW}/configuration`);
    expect(await refusalsIn(await take(NEW, await exported()))).toEqual([
      expect.stringContaining('Main line: its number is in use already'),
    ]);
    const circle = await exported();
    circle.practice.mainNumber = '+12062020100';
    expect(await refusalsIn(await take('/api/practices/lakeside', circle))).toEqual([
      expect.stringContaining('circle'),
    ]);
    const foreign = await exported();
    for (const line of foreign.lines) Object.assign(line, { name: 'Other', number: '+12065550150' });
    expect(await refusalsIn(await take('/api/practices/lakeside', foreign))).toEqual([
      expect.stringContaining('films'),
    ]);
    const unknown = await exported();
    for (const line of unknown.lines)
      Object.assign(line, { name: 'Other', number: '+12062020177', carrier: 'twilio' });
    expect(await refusalsIn(await take('/api/practices/lakeside', unknown))).toEqual([
      expect.stringContaining('TWILIO_AUTH_TOKEN'),
    ]);
    expect(await exported(`${NEW}/configuration`)).toEqual({ ...before, exportedAt: expect.any(String) });
  });

  it.each([
    [{}, 'file'],
    [{ kind: 'holiday pictures' }, 'file.kind'],
    [{ lines: 'many' }, 'file'],
  ])('is refused in words where it is no such file: %j', async (wrong, words) => {
    const file = Object.keys(wrong).length === 0 ? {} : { ...(await exported()), ...wrong };
    const answer = await take('/api/practices/lakeside', file);
    expect(answer.status).toBe(400);
    expect((await answer.json<{ error: { message: string } }>()).error.message).toContain(words);
  });

  it('takes nothing that the pages would not take', async () => {
    const long = await exported();
    for (const line of long.lines) for (const trigger of line.triggers) trigger.text = 'x'.repeat(256);
    expect(await codeOf(await take('/api/practices/lakeside', long))).toBe('invalid-request');
    const phrase = await exported();
    phrase.smartPhrases = [{ name: '{{', text: 'x' }];
    expect(await refusalsIn(await take('/api/practices/lakeside', phrase))).toEqual([
      expect.stringContaining('Smart phrases'),
    ]);
  });

  it('is for managers of the practice', async () => {
    const staff = await signedInAs('staff@lakeside.example');
    const foreign = await signedInAs('staff@harbor.example');
    expect((await staff.ask(LAKESIDE)).status).toBe(403);
    expect((await foreign.ask(LAKESIDE)).status).toBe(404);
    expect((await staff.post(LAKESIDE, {})).status).toBe(403);
    expect((await foreign.post(LAKESIDE, {})).status).toBe(404);
    expect((await manager.post(LAKESIDE, {})).status).toBe(400);
    expect((await manager.ask(LAKESIDE, { method: 'DELETE' })).status).toBe(405);
  });
});
