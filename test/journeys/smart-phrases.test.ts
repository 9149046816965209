import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OpeningAhead } from '../../src/domain/words/built-in-phrases.ts';
import type { SmartPhrase } from '../../src/domain/words/phrase-edits.ts';
import { LAKESIDE_HOURS } from '../../src/practices/seed-hours.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { codeOf, StaffBrowser, signedInAs } from './staff-browser.ts';

const PHRASES = '/api/practices/lakeside/smart-phrases';
const OWN = '/api/session/smart-phrases';
const UNDO = '/api/session/undo-send';

interface Answered {
  general: SmartPhrase[];
  own: SmartPhrase[];
  opening: OpeningAhead | null;
  undoSeconds: number;
  claims: boolean;
}

let manager: StaffBrowser;
let staff: StaffBrowser;
let stranger: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  manager = await signedInAs('manager@lakeside.example');
  staff = await signedInAs('staff@lakeside.example');
  stranger = await signedInAs('staff@harbor.example');
});

async function asked(browser = staff, path = PHRASES): Promise<Answered> {
  return (await browser.ask(path)).json<Answered>();
}

function set(
  browser: StaffBrowser,
  path: string,
  phrases: unknown,
  expected: unknown = [],
): Promise<Response> {
  return browser.ask(path, { method: 'PUT', json: { phrases, expected } });
}

const PORTAL = { name: 'portal', text: 'https://lakeside.example' };
const ASK = { name: 'Form', text: null };

describe('smart phrases', () => {
  it('of a practice are set by managers and used by its staff; own ones are of one person', async () => {
    expect((await set(manager, PHRASES, [PORTAL, ASK])).status).toBe(200);
    expect((await set(staff, OWN, [{ name: '{ Sign off }', text: 'Ana' }])).status).toBe(200);
    expect(await asked()).toMatchObject({
      general: [ASK, PORTAL],
      own: [{ name: 'Sign off', text: 'Ana' }],
      undoSeconds: 5,
    });
    expect((await asked(manager)).own).toEqual([]);
    expect((await asked(stranger, '/api/practices/harbor/smart-phrases')).general).toEqual([]);
  });

  it('changed by two: different ones both stay, the same one is a conflict with what is there', async () => {
    await set(manager, PHRASES, [PORTAL]);
    expect((await set(manager, PHRASES, [PORTAL, ASK], [PORTAL])).status).toBe(200);
    expect((await set(manager, PHRASES, [PORTAL, { name: 'other', text: 'x' }], [PORTAL])).status).toBe(200);
    expect((await asked()).general).toHaveLength(3);
    const late = await set(manager, PHRASES, [{ ...PORTAL, text: 'new' }], [{ ...PORTAL, text: 'old' }]);
    expect([late.status, (await late.json<{ phrases: object[] }>()).phrases.length]).toEqual([409, 3]);
    expect((await asked()).general).toContainEqual(PORTAL);
  });

  it.each([
    ['a built-in name', { name: 'practice name', text: 'x' }, 'built in'],
    ['no text', { name: 'x', text: '' }, 'stands for'],
    ['one in another', { name: 'x', text: '{portal}' }, 'braces'],
    ['signs in a name', { name: '<b>', text: 'x' }, 'letters'],
    ['a name of 41', { name: 'x'.repeat(41), text: 'x' }, '40'],
  ])('refuse %s, and say why', async (_, phrase, why) => {
    for (const [browser, path] of [
      [manager, PHRASES],
      [staff, OWN],
    ] as const) {
      const answer = await set(browser, path, [PORTAL, phrase]);
      expect(answer.status).toBe(400);
      expect((await answer.json<{ error: { message: string } }>()).error.message).toContain(why);
    }
    expect(await asked()).toMatchObject({ general: [], own: [] });
  });

  it('refuse two of one name, and more than there is room for', async () => {
    expect((await set(manager, PHRASES, [PORTAL, { name: 'PORTAL', text: 'x' }])).status).toBe(400);
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `n${index}`, text: 'x' }));
    expect((await set(manager, PHRASES, many(101))).status).toBe(400);
    expect((await set(manager, PHRASES, many(100))).status).toBe(200);
    expect((await set(staff, OWN, many(51))).status).toBe(400);
  });

  it('know when a practice and a line are open, and that one without hours always is', async () => {
    expect((await asked()).opening?.nextOpensAt).toBeGreaterThan(Date.now());
    const night = { ...LAKESIDE_HOURS, week: Array.from({ length: 7 }, () => []), holidays: [] };
    const line = '/api/practices/lakeside/lines/lakeside-main/hours';
    expect((await manager.ask(line, { method: 'PUT', json: night })).status).toBe(200);
    expect((await asked(staff, `${PHRASES}?line=lakeside-main`)).opening).toEqual({
      today: [],
      nextOpensAt: null,
    });
    expect((await staff.ask(`${PHRASES}?line=harbor-main`)).status).toBe(404);
    await openAroundTheClock();
    expect((await asked()).opening).toBeNull();
  });

  it('are refused in what leaves by itself', async () => {
    const hours = { ...LAKESIDE_HOURS, afterHoursReply: { isOn: true, text: { en: 'Hi {caller name}' } } };
    const path = '/api/practices/lakeside/hours';
    const answer = await manager.ask(path, { method: 'PUT', json: hours });
    expect(answer.status).toBe(400);
    expect((await answer.json<{ error: { message: string } }>()).error.message).toContain('braces');
  });
});

describe('taking back what was sent', () => {
  it('is each person’s choice, from not at all to 30 seconds', async () => {
    const put = (seconds: unknown) => staff.ask(UNDO, { method: 'PUT', json: { seconds } });
    for (const seconds of [0, 30]) {
      expect((await put(seconds)).status).toBe(204);
      expect((await asked()).undoSeconds).toBe(seconds);
    }
    for (const seconds of [-1, 31, 2.5, 'x']) expect((await put(seconds)).status).toBe(400);
    expect((await asked(manager)).undoSeconds).toBe(5);
  });
});

describe('taking a conversation by beginning a reply', () => {
  it('is each person’s choice, and on until they say otherwise', async () => {
    const put = (claims: unknown) => staff.ask('/api/session/claims', { method: 'PUT', json: { claims } });
    expect((await asked()).claims).toBe(true);
    for (const claims of [false, true, false]) {
      expect((await put(claims)).status).toBe(204);
      expect((await asked()).claims).toBe(claims);
    }
    expect((await put('no')).status).toBe(400);
    expect((await asked(manager)).claims).toBe(true);
    expect((await asked()).undoSeconds).toBe(5);
  });
});

describe('who may do what with smart phrases', () => {
  it('everybody reads those of their practice, managers set them, everybody sets their own', async () => {
    const refused = await set(staff, PHRASES, [PORTAL]);
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'not-allowed']);
    expect((await set(stranger, PHRASES, [PORTAL])).status).toBe(404);
    expect((await stranger.ask(PHRASES)).status).toBe(404);
    const nobody = new StaffBrowser();
    for (const path of [PHRASES, OWN]) expect((await set(nobody, path, [])).status).toBe(401);
    expect((await nobody.ask(UNDO, { method: 'PUT', json: { seconds: 1 } })).status).toBe(401);
    for (const path of [PHRASES, OWN, UNDO])
      expect((await staff.ask(path, { method: 'POST', json: {} })).status).toBe(405);
    expect((await asked()).general).toEqual([]);
  });
});
