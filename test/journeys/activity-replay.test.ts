import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivityEntry, Replayed } from '../../src/domain/activity/activity-entry.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import { activity, NOT_TEXTED } from '../durable/activity.ts';
import { inboxOf } from '../durable/firing.ts';
import { emptyData, openAroundTheClock } from '../empty-data.ts';
import { fire, HANGUP, JSON_TYPE, post, textsTo } from './hook-request.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LIST = '/api/practices/lakeside/activity';
const CALLER = '2062020131';
let manager: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  await openAroundTheClock();
  manager = await signedInAs('manager@lakeside.example');
});

async function newest(): Promise<ActivityEntry> {
  const { activity: listed } = await (await manager.ask(LIST)).json<{ activity: ActivityEntry[] }>();
  if (!listed[0]) throw new Error('nothing fired');
  return listed[0];
}

async function replayed(id: string, browser = manager): Promise<Replayed> {
  const response = await browser.post(`${LIST}/${id}/replay`, {});
  expect(response.status).toBe(200);
  return response.json<Replayed>();
}

describe('a call that is replayed', () => {
  it('goes through the same decisions as if it came now, and leaves nothing', async () => {
    await fire(HANGUP, post(new URLSearchParams({ CALLER_ID_NUMBER: CALLER, call_id: 'a-1' })));
    await expect.poll(() => textsTo(CALLER)).toHaveLength(1);
    await expect.poll(async () => (await newest()).outcome).toBe('texting');
    const { id } = await newest();
    const again = await replayed(id);
    expect(again).toMatchObject({ outcome: 'dry-run' });
    expect(again.decisions.find(({ check }) => check === 'same-call')?.isPassed).toBe(true);
    // The one call is the reason why another would not be texted so soon.
    expect(again.decisions.find(({ isPassed }) => !isPassed)?.check).toBe('cooldown');
    expect(await textsTo(CALLER)).toHaveLength(1);
    expect((await newest()).id).toBe(id);
  });

  it('shows what a change has brought', async () => {
    await env.DB.prepare("UPDATE triggers SET is_on = 0 WHERE id = 'lakeside-hangup-en'").run();
    forgetTriggers();
    await fire(HANGUP, post(new URLSearchParams({ CALLER_ID_NUMBER: CALLER })));
    const { id, outcome } = await newest();
    expect(outcome).toBe('trigger-off');
    await env.DB.prepare("UPDATE triggers SET is_on = 1 WHERE id = 'lakeside-hangup-en'").run();
    forgetTriggers();
    expect((await replayed(id)).outcome).toBe('dry-run');
    expect(await textsTo(CALLER)).toEqual([]);
  });

  it('is as old as it was, so that a late report is late again', async () => {
    const at = Math.floor(Date.now() / 1000);
    await fire(HANGUP, post(new URLSearchParams({ CALLER_ID_NUMBER: CALLER, timestamp: String(at - 7200) })));
    expect((await replayed((await newest()).id)).outcome).toBe('stale');
  });

  it('that could not be read is not read now either', async () => {
    await fire(HANGUP, post('{"caller":', JSON_TYPE));
    expect(await replayed((await newest()).id)).toMatchObject({
      outcome: 'malformed-request',
      decisions: [{ check: 'request', isPassed: false }],
    });
  });

  it('shows staff no number either', async () => {
    await fire(HANGUP, post(new URLSearchParams({ CALLER_ID_NUMBER: '18005550123' })));
    const staff = await signedInAs('staff@lakeside.example');
    expect(JSON.stringify(await replayed((await newest()).id, staff))).not.toContain('0123');
  });

  it('cannot be without its trigger, or where too little of it was kept, or by others', async () => {
    const request = { ...activity().request, isCut: true };
    const cut = activity({ outcome: 'stale', ...NOT_TEXTED, request });
    const gone = activity({ trigger: { id: 'gone', useCase: 'abandoned-call', language: 'en' } });
    for (const one of [cut, gone]) {
      await inboxOf().recordActivity(one);
      const response = await manager.post(`${LIST}/${one.id}/replay`, {});
      expect([response.status, await codeOf(response)]).toEqual([409, 'cannot-replay']);
    }
    const harbor = await signedInAs('staff@harbor.example');
    expect((await harbor.post(`${LIST}/${cut.id}/replay`, {})).status).toBe(404);
  });
});
