import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import {
  ACTIVITY_FILTERS,
  type ActivityDetail,
  type ActivityEntry,
} from '../../src/domain/activity/activity-entry.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { activity, NOT_TEXTED } from '../durable/activity.ts';
import { conversationOf, firing, inboxOf } from '../durable/firing.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, type StaffBrowser, signedInAs } from './staff-browser.ts';

const LIST = '/api/practices/lakeside/activity';

beforeEach(async () => {
  vi.restoreAllMocks();
  await emptyData();
  await seedLocal(env.DB, 'local');
});

async function listed(browser: StaffBrowser, search = ''): Promise<ActivityEntry[]> {
  const response = await browser.ask(`${LIST}${search}`);
  expect(response.status).toBe(200);
  return (await response.json<{ activity: ActivityEntry[] }>()).activity;
}

async function opened(browser: StaffBrowser, id: string): Promise<ActivityDetail> {
  const response = await browser.ask(`${LIST}/${id}`);
  expect(response.status).toBe(200);
  return response.json<ActivityDetail>();
}

describe('the activity of a practice', () => {
  it('is listed with who cannot be reached by text, and paged', async () => {
    for (let n = 0; n < 51; n += 1) await inboxOf().recordActivity(activity({ outcome: 'cooldown' }));
    await inboxOf().recordActivity(activity({ outcome: 'withheld', caller: 'anonymous', ...NOT_TEXTED }));
    const manager = await signedInAs('manager@lakeside.example');
    const first = await (await manager.ask(LIST)).json<{
      activity: ActivityEntry[];
      nextCursor: string;
      beyondText: object;
    }>();
    expect(first.activity).toHaveLength(50);
    expect(first.beyondText).toMatchObject({ withheld: { today: 1, week: 1 } });
    const second = await (await manager.ask(`${LIST}?cursor=${first.nextCursor}`)).json();
    expect(second).toMatchObject({ activity: { length: 2 }, nextCursor: null });
    expect(second).not.toHaveProperty('beyondText');
    expect(await listed(manager, '?outcome=withheld')).toHaveLength(1);
    expect(await listed(manager, '?q=%28206%29%20202')).toHaveLength(50);
    expect(await listed(manager, '?trigger=lakeside-hold-en')).toEqual([]);
  });

  it.each(ACTIVITY_FILTERS)('can be asked for %s', async (outcome) => {
    expect(await listed(await signedInAs('staff@lakeside.example'), `?outcome=${outcome}`)).toEqual([]);
  });

  it.each(['?outcome=texted', '?cursor=1', '?cursor=%27', `?q=${'1'.repeat(101)}`])(
    'refuses %s',
    async (search) => {
      const response = await (await signedInAs('staff@lakeside.example')).ask(LIST + search);
      expect([response.status, await codeOf(response)]).toEqual([400, 'invalid-request']);
    },
  );

  it('is for those who work there', async () => {
    const one = activity();
    await inboxOf().recordActivity(one);
    const harbor = await signedInAs('staff@harbor.example');
    for (const path of [LIST, `${LIST}/${one.id}`]) expect((await harbor.ask(path)).status).toBe(404);
    expect((await harbor.ask(`/api/practices/harbor/activity/${one.id}`)).status).toBe(404);
    const staff = await signedInAs('staff@lakeside.example');
    for (const id of ['x', '000000000-0000000000', '%00']) {
      expect((await staff.ask(`${LIST}/${id}`)).status).toBe(404);
    }
  });
});

describe('one firing', () => {
  it('tells the request, the decisions, the text, and how it went on its way', async () => {
    const call = firing();
    await conversationOf().fire(call);
    await vi.waitFor(async () => {
      const found = await conversationOf().published(1);
      expect(found?.messages[0]?.delivery?.status).toBe('delivered');
    });
    const one = call.activity;
    const detail = await opened(await signedInAs('staff@lakeside.example'), one.id);
    const { decisions: _, ...asItCame } = one;
    const led = {
      outcome: 'texting',
      messageId: call.messageId,
      conversationId: conversationOf().id.toString(),
    };
    expect(detail).toMatchObject({
      activity: { ...asItCame, ...led },
      isMasked: false,
      text: call.text,
      failure: null,
    });
    expect(detail.activity.decisions.map(({ check }) => check)).toEqual([
      'caller',
      'same-call',
      'got-through',
      'consent',
      'line-type',
      'same-journey',
      'live-conversation',
      'cooldown',
      'text',
    ]);
    expect(detail.steps.map(({ step }) => step)).toEqual(['recorded', 'sent', 'delivered']);
    for (const { at, afterMs } of detail.steps) expect(afterMs).toBe(at - one.at);
  });

  it('tells why the text did not arrive', async () => {
    vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'refused', reason: 'landline' });
    const call = firing();
    await conversationOf().fire(call);
    const staff = await signedInAs('staff@lakeside.example');
    await vi.waitFor(async () =>
      expect(await listed(staff, '?outcome=not-delivered')).toMatchObject([{ failure: 'landline' }]),
    );
    const { steps } = await opened(staff, call.activity.id);
    expect(steps.at(-1)).toMatchObject({ step: 'failed', words: expect.stringContaining('landline') });
  });

  it('hides from staff every digit of a number that no conversation shows, in every form', async () => {
    const forms = [
      '2062020123',
      '%2B1%20%28206%29%20202-0123',
      '%32%30%36%32%30%32%30%31%32%33',
      'sip:+12062020123@pbx;ext=123',
      '206\\u002d202\\u002d0123',
      '\\u0032\\u0030\\u0036\\u0032\\u0030\\u0032\\u0030\\u0031\\u0032\\u0033',
      '２０６２０２０１２３',
    ];
    for (const form of forms) {
      const request = {
        ...activity().request,
        query: `CALLER_ID_NUMBER=${form}`,
        body: `{"caller":"${form}"}`,
      };
      const decisions = [
        { check: 'caller', isPassed: false, words: `+12062020123, (206) 202-0123, ${form}` },
      ] as const;
      const one = activity({ outcome: 'stale', ...NOT_TEXTED, request, decisions: [...decisions] });
      await inboxOf().recordActivity(one);
      const detail = await opened(await signedInAs('staff@lakeside.example'), one.id);
      const { caller, request: seen, decisions: told } = detail.activity;
      expect(detail.isMasked).toBe(true);
      expect(caller).toBe('(206) 202-••23');
      expect(seen.query + seen.body).not.toMatch(/\p{Nd}/u);
      for (const { words } of told) expect(words).not.toMatch(/0123|２３|u0033|%33/);
      expect((await listed(await signedInAs('staff@lakeside.example')))[0]?.why).not.toMatch(/0123/);
      expect((await opened(await signedInAs('manager@lakeside.example'), one.id)).activity).toEqual(one);
    }
  });
});

describe('addresses that no trigger has', () => {
  it('are counted for admins and nobody else', async () => {
    await inboxOf('*').countStranger(4, '2026-11-25');
    const path = '/api/enterprise/unknown-addresses';
    const admin = await signedInAs('admin@offhook.example');
    expect(await (await admin.ask(path)).json()).toEqual({ days: [{ day: '2026-11-25', count: 4 }] });
    const manager = await signedInAs('manager@lakeside.example');
    expect((await manager.ask(path)).status).toBe(403);
  });
});
