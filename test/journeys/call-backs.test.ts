import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CallBack } from '../../src/domain/calls/call-back.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { activity } from '../durable/activity.ts';
import { inboxOf } from '../durable/firing.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LIST = '/api/practices/lakeside/call-backs';
let id: string;
let staff: StaffBrowser;

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
  const one = activity({ outcome: 'landline', messageId: null });
  await inboxOf().recordActivity(one);
  id = one.id;
  staff = await signedInAs('staff@lakeside.example');
});

async function listed(search = ''): Promise<CallBack[]> {
  return (await (await staff.ask(LIST + search)).json<{ callBacks: CallBack[] }>()).callBacks;
}

describe('call-backs', () => {
  it('are claimed, tried, closed with a note, and opened again', async () => {
    expect(await listed()).toMatchObject([{ id, reason: 'landline', caller: '+12062020123' }]);
    expect((await staff.patch(`${LIST}/${id}`, { claim: true })).status).toBe(200);
    await staff.patch(`${LIST}/${id}`, { tried: 'no-answer' });
    const closed = await staff.patch(`${LIST}/${id}`, { outcome: 'reached', note: '  Booked.  ' });
    expect(await closed.json()).toMatchObject({
      callBack: { tries: [{ what: 'no-answer' }], closed: { outcome: 'reached', note: 'Booked.' } },
    });
    expect(await listed()).toEqual([]);
    expect(await listed('?state=closed')).toHaveLength(1);
    expect((await staff.patch(`${LIST}/${id}`, { reopen: true })).status).toBe(200);
    expect(await listed('?state=open')).toHaveLength(1);
  });

  it('claimed at the same moment go to one, and the other is told to whom', async () => {
    const manager = await signedInAs('manager@lakeside.example');
    const both = await Promise.all(
      [staff, manager].map((one) => one.patch(`${LIST}/${id}`, { claim: true })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [owner] = await listed();
    const told = await both
      .find(({ status }) => status === 409)
      ?.json<{ error: { code: string; message: string } }>();
    expect(told?.error).toMatchObject({
      code: 'claimed',
      message: `${owner?.claimedBy?.name} has this one.`,
    });
  });

  it('that are closed are not changed, and one that called again is not opened twice', async () => {
    await staff.patch(`${LIST}/${id}`, { outcome: 'not-needed' });
    const claim = await staff.patch(`${LIST}/${id}`, { claim: true });
    expect([claim.status, await codeOf(claim)]).toEqual([409, 'call-back-closed']);
    await inboxOf().recordActivity(activity({ outcome: 'landline' }));
    const again = await staff.patch(`${LIST}/${id}`, { reopen: true });
    expect([again.status, await codeOf(again)]).toEqual([409, 'open-again']);
  });

  it.each([
    {},
    { claim: 'yes' },
    { claim: true, tried: 'no-answer' },
    { tried: 'reached' },
    { outcome: 'voicemail' },
    { outcome: 'reached', note: 'x'.repeat(501) },
    { reopen: false },
  ])('refuse %o and say what can be sent', async (change) => {
    const response = await staff.patch(`${LIST}/${id}`, change);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/\{\\"claim\\"|At most 500/);
    expect(await listed()).toMatchObject([{ tries: [], claimedBy: null, closed: null }]);
  });

  it.each(['?state=done', '?cursor=x', '?cursor=0.x'])('refuse to list %s', async (search) => {
    const response = await staff.ask(LIST + search);
    expect([response.status, await codeOf(response)]).toEqual([400, 'invalid-request']);
  });

  it('of another practice are not there', async () => {
    const harbor = await signedInAs('staff@harbor.example');
    expect((await harbor.ask(LIST)).status).toBe(404);
    expect((await harbor.patch(`${LIST}/${id}`, { claim: true })).status).toBe(404);
    expect((await harbor.patch(`/api/practices/harbor/call-backs/${id}`, { claim: true })).status).toBe(404);
    expect((await staff.patch(`${LIST}/nothing`, { claim: true })).status).toBe(404);
  });
});
