import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDetail, ActivityEntry } from '../../src/domain/activity/activity-entry.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import { emptyData } from '../empty-data.ts';
import { fire, HANGUP, JSON_TYPE, post, refused, textsTo } from './hook-request.ts';
import { signedInAs } from './staff-browser.ts';

/** A phone system that is being set up, or was set up wrong: the practice can see what came, and why it was refused. */

const LIST = '/api/practices/lakeside/activity';
const CALLER = '2063045566';

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
});

async function onlyActivity(): Promise<ActivityDetail> {
  const manager = await signedInAs('manager@lakeside.example');
  let listed: ActivityEntry[] = [];
  // Counted for a few seconds before it is written.
  await expect
    .poll(
      async () => {
        listed = (await (await manager.ask(LIST)).json<{ activity: ActivityEntry[] }>()).activity;
        return listed.length;
      },
      { timeout: 8_000, interval: 300 },
    )
    .toBe(1);
  return (await manager.ask(`${LIST}/${listed[0]?.id}`)).json<ActivityDetail>();
}

describe('a phone system with the wrong address of a trigger', () => {
  it.each([
    ['of another environment', '/hooks/live/abandoned-call/lakeside-hangup-en', '/hooks/demo/'],
    ['of another use case', '/hooks/demo/call-to-text/lakeside-hangup-en', 'abandoned-call'],
  ])('%s is in the activity, with what came', async (_, path, words) => {
    const body = JSON.stringify({ CALLER_ID_NUMBER: CALLER });
    for (let n = 0; n < 3; n += 1)
      expect(await fire(path, post(body, JSON_TYPE))).toMatchObject(refused(404, 'unknown-trigger'));
    const { activity } = await onlyActivity();
    expect(activity).toMatchObject({ outcome: 'unknown-trigger', count: 3, request: { body } });
    expect(activity.decisions).toMatchObject([{ check: 'address', isPassed: false }]);
    expect(activity.decisions[0]?.words).toContain(words);
    expect(activity.request.path).not.toContain('lakeside-hangup-en');
    expect(await textsTo(CALLER)).toEqual([]);
  });

  it.each([
    ['of one that was ended', 'revoked_at = 1', 'ended'],
    [
      'that was replaced',
      "token = 'new', previous_token = 'lakeside-hangup-en', previous_until = 1",
      'replaced',
    ],
  ])('%s is in the activity too', async (_, change, words) => {
    await env.DB.prepare(`UPDATE triggers SET ${change} WHERE id = 'lakeside-hangup-en'`).run();
    forgetTriggers();
    const short = `/webhook/jive/lakeside-hangup-en?from=${CALLER}`;
    expect(await fire(short)).toMatchObject(refused(404, 'unknown-trigger'));
    const { activity } = await onlyActivity();
    expect(activity).toMatchObject({ outcome: 'unknown-trigger', request: { query: `from=${CALLER}` } });
    expect(activity.decisions[0]?.words).toContain(words);
  });
});

describe('a phone system that asks whether its calls are heard', () => {
  it('is in the activity, so that whoever sets it up sees that it found the address', async () => {
    const asked = await fire(HANGUP, post('', { 'Validation-Token': 'are-you-there' }));
    expect([asked.status, asked.headers.get('Validation-Token')]).toEqual([200, 'are-you-there']);
    const { activity } = await onlyActivity();
    expect(activity).toMatchObject({ outcome: 'other-event', caller: null });
    expect(activity.decisions[0]?.words).toContain('only asked');
  });
});
