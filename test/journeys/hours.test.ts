import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { FEDERAL_HOLIDAYS } from '../../src/domain/hours/federal-holidays.ts';
import type { Holiday } from '../../src/domain/hours/schedule.ts';
import { scheduleOf } from '../../src/practices/hours.ts';
import { LAKESIDE_HOURS } from '../../src/practices/seed-hours.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const PRACTICE = '/api/practices/lakeside/hours';
const LINE = '/api/practices/lakeside/lines/lakeside-main/hours';
const OPEN_AT = '/api/practices/lakeside/open-at';

const EMPTY_WEEK = [[], [], [], [], [], [], []];

const WHOLE_DAY = [{ from: '00:00', to: '24:00' }];

const NIGHTS = {
  timeZone: 'America/New_York',
  week: [[], [], [], [{ from: '20:00', to: '02:00' }], [], [], []],
  holidays: [],
  afterHoursReply: { isOn: false, text: {} },
};

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

function put(browser: StaffBrowser, path: string, json: unknown): Promise<Response> {
  return browser.ask(path, { method: 'PUT', json });
}

async function hoursAt(path: string): Promise<unknown> {
  return (await (await staff.ask(path)).json<{ hours: unknown }>()).hours;
}

async function openAt(query: Record<string, string> = {}, browser = staff) {
  const answer = await browser.ask(`${OPEN_AT}?${new URLSearchParams(query)}`);
  return answer.json<{
    opening: Record<string, unknown>;
    reply: { text: string; closedSince: number } | null;
  }>();
}

describe('the hours of a practice', () => {
  it('can be read by its staff, and set by its managers and by admins', async () => {
    expect(await hoursAt(PRACTICE)).toEqual(LAKESIDE_HOURS);
    for (const browser of [manager, await signedInAs('admin@offhook.example')]) {
      const set = await put(browser, PRACTICE, NIGHTS);
      expect(set.status).toBe(200);
      expect(await set.json()).toEqual({ hours: NIGHTS });
    }
    expect(await hoursAt(PRACTICE)).toEqual(NIGHTS);
  });

  it('are not for staff to set, nor for anybody who is not signed in', async () => {
    const refused = await put(staff, PRACTICE, NIGHTS);
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'not-allowed']);
    staff.cookies.clear();
    expect((await staff.ask(PRACTICE)).status).toBe(401);
    expect((await staff.ask(OPEN_AT)).status).toBe(401);
  });

  it('of another practice are not there', async () => {
    for (const path of [PRACTICE, LINE, OPEN_AT]) expect((await stranger.ask(path)).status).toBe(404);
    const admin = await signedInAs('admin@offhook.example');
    expect((await put(admin, '/api/practices/no-such/hours', NIGHTS)).status).toBe(404);
    expect((await put(stranger, PRACTICE, NIGHTS)).status).toBe(404);
    expect(await hoursAt(PRACTICE)).toEqual(LAKESIDE_HOURS);
  });

  it('are asked for with GET and PUT', async () => {
    expect((await manager.post(PRACTICE, NIGHTS)).status).toBe(405);
    expect((await manager.ask(PRACTICE, { method: 'DELETE' })).status).toBe(405);
  });

  it('have room for sixty holidays, each with its texts', async () => {
    const text = { en: 'e'.repeat(480), es: 'ñ'.repeat(480) };
    const holidays: Holiday[] = Array.from({ length: 60 }, (_, index) => ({
      name: `Day ${index}`,
      rule: {
        kind: 'once',
        date: `2027-0${1 + Math.floor(index / 28)}-${String(1 + (index % 28)).padStart(2, '0')}`,
      },
      part: null,
      text,
    }));
    expect((await put(manager, PRACTICE, { ...NIGHTS, holidays })).status).toBe(200);
    const more = await put(manager, PRACTICE, { ...NIGHTS, holidays: [...holidays, ...FEDERAL_HOLIDAYS] });
    expect(more.status).toBe(400);
  });
});

describe('two managers who change hours at once', () => {
  const MORNINGS = [[], ...LAKESIDE_HOURS.week.slice(1)];

  it.each([PRACTICE, LINE])('are both heard where they change different things, of %s', async (path) => {
    await put(manager, path, LAKESIDE_HOURS);
    const first = await put(manager, path, { ...LAKESIDE_HOURS, week: MORNINGS, expected: LAKESIDE_HOURS });
    const second = await put(manager, path, { ...LAKESIDE_HOURS, holidays: [], expected: LAKESIDE_HOURS });
    expect([first.status, second.status]).toEqual([200, 200]);
    const both = { ...LAKESIDE_HOURS, week: MORNINGS, holidays: [] };
    expect(await second.json()).toEqual({ hours: both });
    expect(await hoursAt(path)).toEqual(both);
  });

  it('are not both heard where they change the same: the second is given what the first one wrote', async () => {
    await put(manager, PRACTICE, { ...LAKESIDE_HOURS, week: MORNINGS, expected: LAKESIDE_HOURS });
    const second = await put(manager, PRACTICE, {
      ...LAKESIDE_HOURS,
      week: EMPTY_WEEK,
      expected: LAKESIDE_HOURS,
    });
    expect(second.status).toBe(409);
    expect(await second.json()).toEqual({
      error: { code: 'changed-meanwhile', message: expect.any(String), requestId: expect.any(String) },
      hours: { ...LAKESIDE_HOURS, week: MORNINGS },
    });
    expect(await hoursAt(PRACTICE)).toEqual({ ...LAKESIDE_HOURS, week: MORNINGS });
  });

  it('at the very same moment, one of them', async () => {
    const weeks = Array.from({ length: 6 }, (_, day) =>
      EMPTY_WEEK.map((none, at) => (at === day ? WHOLE_DAY : none)),
    );
    const answers = await Promise.all(
      weeks.map((week) => put(manager, PRACTICE, { ...LAKESIDE_HOURS, week, expected: LAKESIDE_HOURS })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    const won = answers.findIndex(({ status }) => status === 200);
    expect(await hoursAt(PRACTICE)).toEqual({ ...LAKESIDE_HOURS, week: weeks[won] });
  });

  it('know when there were none, and when an answer was lost', async () => {
    expect((await put(manager, LINE, { ...NIGHTS, expected: null })).status).toBe(200);
    expect((await put(manager, LINE, { ...NIGHTS, expected: null })).status).toBe(200);
    expect((await put(manager, LINE, { ...LAKESIDE_HOURS, expected: null })).status).toBe(409);
    await manager.ask(LINE, { method: 'DELETE' });
    const gone = await put(manager, LINE, { ...LAKESIDE_HOURS, expected: NIGHTS });
    expect(gone.status).toBe(409);
    expect(await gone.json()).toMatchObject({ hours: null });
    expect(await hoursAt(LINE)).toBeNull();
  });

  it('are refused where what they saw cannot be read', async () => {
    const refused = await put(manager, PRACTICE, { ...NIGHTS, expected: { week: [] } });
    expect([refused.status, await codeOf(refused)]).toEqual([400, 'invalid-request']);
    expect(await hoursAt(PRACTICE)).toEqual(LAKESIDE_HOURS);
  });
});

describe('hours that make no sense are refused by the name of the field', () => {
  const oneHoliday = (given: Partial<Record<keyof Holiday, unknown>>) => ({
    holidays: [{ name: 'A day', rule: { kind: 'yearly', date: '12-25' }, part: null, text: null, ...given }],
  });
  const monday = (...spans: unknown[]) => ({ week: [spans, [], [], [], [], [], []] });

  it.each<[string, object, string]>([
    ['an unknown zone', { timeZone: 'America/Lakeside' }, '“timeZone”: this is no time zone'],
    ['an offset', { timeZone: '-08:00' }, '“timeZone”: this is no time zone'],
    ['six days', { week: EMPTY_WEEK.slice(1) }, '“week”: give seven days'],
    ['25 hours', monday({ from: '08:00', to: '25:00' }), '“week.0.0.to”: write a time of day'],
    ['a start at 24:00', monday({ from: '24:00', to: '08:00' }), '“week.0.0.from”: write a time of day'],
    [
      'an overlap',
      monday({ from: '08:00', to: '12:00' }, { from: '11:59', to: '17:00' }),
      '“week.0.1”: Monday 11:59–17:00 overlaps Monday 08:00–12:00.',
    ],
    [
      'an overlap over midnight',
      { week: [[], [{ from: '20:00', to: '03:00' }], [{ from: '02:00', to: '04:00' }], [], [], [], []] },
      '“week.2.0”: Wednesday 02:00–04:00 overlaps Tuesday 20:00–03:00.',
    ],
    [
      'an overlap from Sunday into Monday',
      { week: [[{ from: '00:00', to: '08:00' }], [], [], [], [], [], [{ from: '23:00', to: '00:01' }]] },
      '“week.6.0”: Sunday 23:00–00:01 overlaps Monday 00:00–08:00.',
    ],
    [
      'a date that never comes',
      oneHoliday({ rule: { kind: 'yearly', date: '02-30' } }),
      '“holidays.0.rule.date”',
    ],
    [
      'a date that did not come',
      oneHoliday({ rule: { kind: 'once', date: '2027-02-29' } }),
      '“holidays.0.rule.date”',
    ],
    ['another rule', oneHoliday({ rule: { kind: 'easter' } }), 'use the kind once, yearly or nth-weekday'],
    [
      'a sixth Monday',
      oneHoliday({ rule: { kind: 'nth-weekday', month: 1, weekday: 1, nth: 6 } }),
      '“holidays.0.rule.nth”: use 1 to 5',
    ],
    [
      'an overlap within a holiday',
      oneHoliday({
        part: [
          { from: '08:00', to: '12:00' },
          { from: '08:00', to: '09:00' },
        ],
      }),
      '“holidays.0.part.1”: 08:00–09:00 overlaps 08:00–12:00.',
    ],
    [
      'a text too long',
      oneHoliday({ text: { en: 'x'.repeat(481) } }),
      '“holidays.0.text.en”: a text holds at most 480',
    ],
    ['a language that is none', oneHoliday({ text: { 'not a tag': 'x' } }), '“holidays.0.text.not a tag”'],
    [
      'a reply that is on and empty',
      { afterHoursReply: { isOn: true, text: {} } },
      '“afterHoursReply.text”: write the reply',
    ],
    ['a field of another name', { holiday: [] }, 'holiday'],
  ])('%s', async (_, wrong, words) => {
    const answer = await put(manager, PRACTICE, { ...NIGHTS, ...wrong });
    const { error } = await answer.json<{ error: { code: string; message: string } }>();
    expect([answer.status, error.code]).toEqual([400, 'invalid-request']);
    expect(error.message).toContain(words);
    expect(await hoursAt(PRACTICE)).toEqual(LAKESIDE_HOURS);
  });

  it('and what only looks odd is taken', async () => {
    const { timeZone: _, ...ofPractice } = NIGHTS;
    const week = [
      [
        { from: '13:00', to: '24:00' },
        { from: '08:00', to: '13:00' },
      ],
      [{ from: '00:00', to: '00:00' }],
      [],
      [],
      [],
      [],
      [{ from: '22:00', to: '08:00' }],
    ];
    const odd = { ...ofPractice, week };
    expect((await put(manager, PRACTICE, odd)).status).toBe(200);
    expect(await hoursAt(PRACTICE)).toEqual({ ...odd, timeZone: null });
  });
});

describe('the hours of a line', () => {
  it('are those of its practice until it has its own, and again when these are taken away', async () => {
    expect(await hoursAt(LINE)).toBeNull();
    expect((await put(manager, LINE, NIGHTS)).status).toBe(200);
    expect(await hoursAt(LINE)).toEqual(NIGHTS);
    expect((await scheduleOf(env.DB, 'lakeside', 'lakeside-main'))?.schedule.week).toEqual(NIGHTS.week);
    expect((await scheduleOf(env.DB, 'lakeside', null))?.schedule).toEqual({
      timeZone: 'America/Los_Angeles',
      week: LAKESIDE_HOURS.week,
      holidays: LAKESIDE_HOURS.holidays,
    });
    expect((await manager.ask(LINE, { method: 'DELETE' })).status).toBe(204);
    expect((await manager.ask(LINE, { method: 'DELETE' })).status).toBe(204);
    expect(await hoursAt(LINE)).toBeNull();
    expect((await scheduleOf(env.DB, 'lakeside', 'lakeside-main'))?.schedule.week).toEqual(
      LAKESIDE_HOURS.week,
    );
  });

  it('are set by managers, on lines of their practice', async () => {
    expect((await put(staff, LINE, NIGHTS)).status).toBe(403);
    expect((await staff.ask(LINE, { method: 'DELETE' })).status).toBe(403);
    for (const line of ['harbor-main', 'no-such']) {
      const path = `/api/practices/lakeside/lines/${line}/hours`;
      expect((await staff.ask(path)).status).toBe(404);
      expect((await put(manager, path, NIGHTS)).status).toBe(404);
      expect((await manager.ask(path, { method: 'DELETE' })).status).toBe(404);
    }
    expect((await scheduleOf(env.DB, 'harbor', 'harbor-main'))?.schedule.week).not.toEqual(NIGHTS.week);
  });
});

describe('is it open?', () => {
  it('at a moment, with the reply that a caller would get', async () => {
    // A Monday, 12:30 in Los Angeles.
    const lunch = await openAt({ at: '2026-11-23T12:30-08:00', language: 'es-MX' });
    const closedSince = Date.UTC(2026, 10, 23, 20);
    expect(lunch).toEqual({
      opening: { isOpen: false, closedSince, opensAt: Date.UTC(2026, 10, 23, 21), holiday: null },
      reply: { text: LAKESIDE_HOURS.afterHoursReply.text.es, closedSince },
    });
    expect(await openAt({ at: String(Date.UTC(2026, 10, 23, 21)) })).toEqual({
      opening: { isOpen: true, closesAt: Date.UTC(2026, 10, 24, 1) },
      reply: null,
    });
  });

  it('on a holiday names it', async () => {
    const { opening } = await openAt({ at: '2026-11-26T10:00:00-08:00' });
    expect(opening).toMatchObject({ isOpen: false, holiday: { name: 'Thanksgiving' } });
  });

  it('now, and for a line with hours of its own', async () => {
    await put(manager, LINE, { ...NIGHTS, week: EMPTY_WEEK });
    expect(await openAt({ line: 'lakeside-main' })).toEqual({
      opening: { isOpen: false, closedSince: 0, opensAt: null, holiday: null },
      reply: null,
    });
    expect((await staff.ask(`${OPEN_AT}?line=harbor-main`)).status).toBe(404);
  });

  it('always, where nobody set any hours', async () => {
    await env.DB.exec('DELETE FROM practice_hours');
    expect(await openAt()).toEqual({ opening: { isOpen: true, closesAt: null }, reply: null });
  });

  it.each([
    'tomorrow',
    '2026-11-23',
    '2026-11-23T09:00',
    '2026-02-30T09:00Z',
    '2026-13-01T09:00Z',
    '1',
    '9'.repeat(15),
    '',
  ])('cannot be said for %o', async (moment) => {
    const answer = await staff.ask(`${OPEN_AT}?at=${moment}`);
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid-request']);
  });

  it('takes an offset whose plus arrives as a space', async () => {
    expect((await staff.ask(`${OPEN_AT}?at=2026-11-23T09:00+01:00`)).status).toBe(200);
  });
});

describe('what holds for a line', () => {
  it('is read at most every ten seconds, and at once after a change here', async () => {
    const before = await scheduleOf(env.DB, 'lakeside', 'lakeside-main', 100_000);
    await env.DB.exec('DELETE FROM practice_hours');
    expect(await scheduleOf(env.DB, 'lakeside', 'lakeside-main', 109_999)).toBe(before);
    expect(await scheduleOf(env.DB, 'lakeside', 'lakeside-main', 110_000)).toBeNull();
    await put(manager, PRACTICE, NIGHTS);
    expect(await scheduleOf(env.DB, 'lakeside', 'lakeside-main', 110_001)).not.toBeNull();
  });

  it('is nothing where the practice is not there', async () => {
    expect(await scheduleOf(env.DB, 'no-such', null)).toBeNull();
  });
});
