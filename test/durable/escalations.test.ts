import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulator } from '../../src/carriers/simulator.ts';
import type { Schedule } from '../../src/domain/hours/schedule.ts';
import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import type { WaitingRules } from '../../src/domain/waiting/waiting-rules.ts';
import { emptyData } from '../empty-data.ts';
import { ACCESS, CALLER, conversationOf, inboxOf, LINE, textIn } from './firing.ts';
import { sit } from './seat.ts';

const MINUTE = 60_000;
/** A Wednesday before a holiday, 16:50 in Los Angeles; years ahead, since an alarm that is set in the past rings at once. */
const LATE = Date.parse('2030-11-27T16:50:00-08:00');

const WORKDAYS: Schedule = {
  timeZone: 'America/Los_Angeles',
  week: [...Array.from({ length: 5 }, () => [{ from: '08:00', to: '17:00' }]), [], []],
  holidays: [{ name: 'Thanksgiving', rule: { kind: 'once', date: '2030-11-28' }, part: null, text: null }],
};

function rules(changes: Partial<WaitingRules> = {}): WaitingRules {
  return {
    targetMinutes: 10,
    everyoneMinutes: 30,
    managersMinutes: 60,
    hours: { practice: WORKDAYS, lines: {} },
    ...changes,
  };
}

beforeEach(async () => {
  await emptyData();
  vi.spyOn(simulator, 'send').mockResolvedValue({ outcome: 'accepted', carrierId: 'c-1' });
  vi.useFakeTimers({ toFake: ['Date'], now: LATE });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What somebody is told of who waits for too long: the caller and the level. */
async function sitAs(
  role: 'staff' | 'manager' = 'staff',
): Promise<{ told: () => string[]; frames: InboxFrame[] }> {
  const { frames } = await sit(role, { role, validUntil: Date.now() + 10 * 24 * 60 * MINUTE });
  const told = () =>
    frames.flatMap((frame) => (frame.type === 'escalated' ? [`${frame.level} ${frame.conversation}`] : []));
  return { told, frames };
}

async function writes(caller = CALLER, line = LINE): Promise<string> {
  const conversation = conversationOf(caller);
  await conversation.receive(textIn('Are you there?', { caller, line }));
  const id = conversation.id.toString();
  await vi.waitFor(async () => {
    const { conversations } = await inboxOf().page('needs-reply', 'ana', null);
    expect(conversations.map((one) => one.id)).toContain(id);
  });
  return id;
}

/** To the minute: while something is waited for, the clock goes on by fractions of a second. */
async function alarmAt(): Promise<number | null> {
  const at = await runInDurableObject(inboxOf(), (_, { storage }) => storage.getAlarm());
  return at === null ? null : at - (at % MINUTE);
}

/** Goes to where the alarm is set, or to a given time, and lets it ring. */
async function ringAt(iso: string): Promise<void> {
  vi.setSystemTime(Date.parse(iso));
  await runDurableObjectAlarm(inboxOf());
}

describe('who waits for too long', () => {
  it('is told to everybody and then to the managers, in minutes during which it is open', async () => {
    await inboxOf().keepWaitingRules(rules());
    const [staff, manager] = [await sitAs('staff'), await sitAs('manager')];
    const id = await writes();
    // Ten minutes on Wednesday, nothing on the holiday, twenty on Friday.
    expect(await alarmAt()).toBe(Date.parse('2030-11-29T08:20:00-08:00'));
    await ringAt('2030-11-29T08:19:59-08:00');
    expect(staff.told()).toEqual([]);
    await ringAt('2030-11-29T08:20:10-08:00');
    await vi.waitFor(() => expect(staff.told()).toEqual([`everyone ${id}`]));
    expect(await alarmAt()).toBe(Date.parse('2030-11-29T08:50:00-08:00'));
    await ringAt('2030-11-29T08:50:10-08:00');
    await vi.waitFor(() => expect(manager.told()).toEqual([`everyone ${id}`, `managers ${id}`]));
    expect(staff.told()).toEqual([`everyone ${id}`]);
    expect(await alarmAt()).toBeNull();
  });

  it('is told of once, over an eviction, a restart of the memory and a rebuild', async () => {
    await inboxOf().keepWaitingRules(rules());
    const seat = await sitAs();
    const id = await writes();
    await evictDurableObject(inboxOf());
    await ringAt('2030-11-29T08:20:10-08:00');
    await vi.waitFor(() => expect(seat.told()).toEqual([`everyone ${id}`]));
    await evictDurableObject(inboxOf());
    await ringAt('2030-11-29T08:21:00-08:00');
    await inboxOf().rebuild();
    await ringAt('2030-11-29T08:22:00-08:00');
    await ringAt('2030-11-29T08:23:00-08:00');
    await writes();
    await ringAt('2030-11-29T08:24:00-08:00');
    expect((await inboxOf().page('needs-reply', 'ana', null)).conversations).toHaveLength(1);
    expect(seat.told()).toEqual([`everyone ${id}`]);
  });

  it('is told of anew when they wait anew, and not while somebody has answered', async () => {
    await inboxOf().keepWaitingRules(rules());
    const seat = await sitAs();
    vi.setSystemTime(Date.parse('2030-11-29T09:00:00-08:00'));
    const id = await writes();
    await conversationOf().reply(ACCESS, { id: crypto.randomUUID(), body: 'Hi' });
    await vi.waitFor(async () =>
      expect((await inboxOf().page('needs-reply', 'ana', null)).conversations).toEqual([]),
    );
    await ringAt('2030-11-29T09:31:00-08:00');
    expect(seat.told()).toEqual([]);
    await writes();
    await ringAt('2030-11-29T10:01:10-08:00');
    await vi.waitFor(() => expect(seat.told()).toEqual([`everyone ${id}`]));
    await conversationOf().reply(ACCESS, { id: crypto.randomUUID(), body: 'Sorry' });
    await vi.waitFor(async () =>
      expect((await inboxOf().page('needs-reply', 'ana', null)).conversations).toEqual([]),
    );
    await writes();
    await ringAt('2030-11-29T10:31:40-08:00');
    await vi.waitFor(() => expect(seat.told()).toEqual([`everyone ${id}`, `everyone ${id}`]));
  });

  it('goes by the hours of their line', async () => {
    const night = { ...LINE, id: 'night' };
    const lines = {
      night: { ...WORKDAYS, week: WORKDAYS.week.map(() => [{ from: '00:00', to: '24:00' }]), holidays: [] },
    };
    await inboxOf().keepWaitingRules(rules({ hours: { practice: WORKDAYS, lines } }));
    const seat = await sitAs();
    await writes('+12062020124');
    const id = await writes(CALLER, night);
    expect(await alarmAt()).toBe(LATE + 30 * MINUTE);
    await ringAt('2030-11-27T17:20:10-08:00');
    await vi.waitFor(() => expect(seat.told()).toEqual([`everyone ${id}`]));
    expect(await alarmAt()).toBe(LATE + 60 * MINUTE);
  });

  it('is nobody where nobody is to be told, or the limits were not heard of', async () => {
    await writes();
    expect(await alarmAt()).toBeNull();
    await inboxOf().keepWaitingRules(rules({ everyoneMinutes: null, managersMinutes: null }));
    expect(await alarmAt()).toBeNull();
  });

  it('is not rung for where it was long due before the limits were set', async () => {
    await writes();
    const seat = await sitAs('manager');
    vi.setSystemTime(Date.parse('2030-11-29T12:00:00-08:00'));
    await inboxOf().keepWaitingRules(rules());
    await vi.waitFor(() => expect(seat.frames.at(-1)?.type).toBe('waiting-rules'));
    await ringAt('2030-11-29T12:00:01-08:00');
    expect(seat.told()).toEqual([]);
    expect(await alarmAt()).toBeNull();
  });

  it('is told of soon where the inbox heard of them late', async () => {
    await inboxOf().keepWaitingRules(rules());
    const seat = await sitAs();
    vi.setSystemTime(Date.parse('2030-11-29T09:00:00-08:00'));
    const id = await writes();
    const published = await conversationOf().published(1);
    if (published === null) throw new Error('nothing was published');
    await inboxOf().forget([{ id, version: 0 }]);
    vi.setSystemTime(Date.parse('2030-11-29T09:35:00-08:00'));
    const { summary, messages } = published;
    await inboxOf().apply({ ...summary, version: summary.version + 1 }, messages, 'simulator');
    await runDurableObjectAlarm(inboxOf());
    await vi.waitFor(() => expect(seat.told()).toEqual([`everyone ${id}`]));
  });
});

describe('the same limits again', () => {
  it('change nothing and tell nobody; others let every page ask anew', async () => {
    await inboxOf().keepWaitingRules(rules());
    const seat = await sitAs();
    await inboxOf().keepWaitingRules(rules());
    expect(seat.frames.map(({ type }) => type)).not.toContain('waiting-rules');
    await inboxOf().keepWaitingRules(rules({ targetMinutes: 5 }));
    await vi.waitFor(() => expect(seat.frames.at(-1)?.type).toBe('waiting-rules'));
  });
});

it('one alarm serves all who wait: those who come later set none', async () => {
  await inboxOf().keepWaitingRules(rules());
  const set = await runInDurableObject(inboxOf(), (_, { storage }) => vi.spyOn(storage, 'setAlarm'));
  for (let caller = 30; caller < 40; caller += 1) {
    vi.setSystemTime(LATE + caller * 1000);
    await writes(`+120620201${caller}`);
  }
  expect(set).toHaveBeenCalledTimes(1);
});
