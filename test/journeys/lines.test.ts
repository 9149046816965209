import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { lineByNumber } from '../../src/practices/lines.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { triggerByToken } from '../../src/practices/triggers.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LINES = '/api/practices/lakeside/lines';
const MAIN = `${LINES}/lakeside-main`;

const SEEDED = {
  id: 'lakeside-main',
  name: 'Main line',
  number: '+12062020100',
  mainNumber: '+12065550101',
  carrier: 'simulator',
  segmentsPerSecond: 100,
  looksUpLineType: false,
  canLookUpLineType: true,
  version: 1,
  retiredAt: null,
  carrierCheck: null,
  textInAt: null,
};

let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
});

async function lines(browser = manager): Promise<unknown> {
  return (await (await browser.ask(LINES)).json<{ lines: unknown[] }>()).lines;
}

describe('the lines of a practice', () => {
  it('are told to those who work there, and to nobody else', async () => {
    expect(await lines()).toEqual([SEEDED]);
    expect(await lines(await signedInAs('staff@lakeside.example'))).toEqual([SEEDED]);
    expect((await (await signedInAs('staff@harbor.example')).ask(LINES)).status).toBe(404);
  });

  it('can be changed one setting at a time, in effect at once', async () => {
    // In the isolate's memory before.
    await triggerByToken(env.DB, 'lakeside-hangup-en');
    await lineByNumber(env.DB, '+12062020100');
    const changed = await manager.patch(MAIN, { looksUpLineType: true });
    expect(changed.status).toBe(200);
    expect(await changed.json()).toEqual({ line: { ...SEEDED, looksUpLineType: true, version: 2 } });
    await (await signedInAs('admin@offhook.example')).patch(MAIN, { segmentsPerSecond: 0.5 });
    const settings = { looksUpLineType: true, segmentsPerSecond: 0.5 };
    expect(await lines()).toEqual([{ ...SEEDED, ...settings, version: 3 }]);
    expect((await triggerByToken(env.DB, 'lakeside-hangup-en'))?.line).toMatchObject(settings);
    expect((await lineByNumber(env.DB, '+12062020100'))?.line).toMatchObject(settings);
    await manager.patch(MAIN, { looksUpLineType: false, segmentsPerSecond: 100 });
    expect(await lines()).toEqual([{ ...SEEDED, version: 4 }]);
  });

  it.each([
    [{}, 'looksUpLineType or segmentsPerSecond'],
    [{ segmentsPerSecond: 0.09 }, '0.1 to 1000'],
    [{ segmentsPerSecond: 1000.5 }, '0.1 to 1000'],
    [{ segmentsPerSecond: '3' }, 'segmentsPerSecond'],
    [{ segmentsPerSecond: null }, 'segmentsPerSecond'],
    [{ looksUpLineType: 1 }, 'looksUpLineType'],
    [{ looksUpLineType: true, segmentsPerSecond: -1 }, 'segmentsPerSecond'],
  ])('refuse %j in words, and stay as they are', async (change, words) => {
    const answer = await manager.patch(MAIN, change);
    expect(answer.status).toBe(400);
    expect((await answer.json<{ error: { message: string } }>()).error.message).toContain(words);
    expect(await lines()).toEqual([SEEDED]);
  });

  it('cannot be told to look up what their carrier does not know', async () => {
    await env.DB.prepare("UPDATE lines SET carrier = 'kannel' WHERE id = 'lakeside-main'").run();
    const answer = await manager.patch(MAIN, { looksUpLineType: true });
    expect(answer.status).toBe(400);
    expect((await manager.patch(MAIN, { looksUpLineType: false })).status).toBe(200);
  });

  it('are not for staff to change, nor for other practices', async () => {
    const staff = await signedInAs('staff@lakeside.example');
    const refused = await staff.patch(MAIN, { looksUpLineType: true });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'not-allowed']);
    const stranger = await signedInAs('staff@harbor.example');
    expect((await stranger.patch(MAIN, { looksUpLineType: true })).status).toBe(404);
    // A line of another practice, by way of one's own.
    expect((await manager.patch(`${LINES}/harbor-main`, { looksUpLineType: true })).status).toBe(404);
    expect((await manager.ask(LINES, { method: 'DELETE' })).status).toBe(405);
    expect(await lines()).toEqual([SEEDED]);
  });
});
