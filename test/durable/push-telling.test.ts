import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PushStore, type Subscription } from '../../durable/push-store.ts';
import { PushTelling } from '../../durable/push-telling.ts';
import type { ConversationSummary } from '../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../src/domain/conversation/message.ts';
import type { Schedule } from '../../src/domain/hours/schedule.ts';
import type { Quiet } from '../../src/domain/telling/quiet.ts';
import { emptyData } from '../empty-data.ts';
import { conversationOf, inboxOf, textIn } from './firing.ts';
import { PushServices, setVapidKeys, unsetVapidKeys } from './push-service.ts';

const ANA = { id: 'ana', name: 'Ana Reyes' };
const KIM = { id: 'kim', name: 'Kim Lee' };
/** A Monday morning in Los Angeles. */
const NOW = Date.parse('2026-11-23T09:00:00-08:00');
const AFTER_HOURS = Date.parse('2026-11-23T20:00:00-08:00');
const SECOND = 1000;

const HOURS: Schedule = {
  timeZone: 'America/Los_Angeles',
  week: Array.from({ length: 7 }, () => [{ from: '08:00', to: '17:00' }]),
  holidays: [],
};

let services: PushServices;
let summary: ConversationSummary;
let text: Message;
let around: Set<string>;

beforeEach(async () => {
  await emptyData();
  await conversationOf().receive(textIn('My chart is 4711, I am Rosa Diaz'));
  const page = await vi.waitFor(async () => {
    const found = await inboxOf().page('open', 'ana', null);
    expect(found.conversations).toHaveLength(1);
    return found;
  });
  summary = page.conversations[0] as ConversationSummary;
  text = { ...TEXT };
  around = new Set();
  await setVapidKeys();
  services = new PushServices();
});
afterEach(() => {
  vi.restoreAllMocks();
  unsetVapidKeys();
});

const TEXT: Message = {
  id: 'one',
  seq: 1,
  kind: 'text-in',
  body: 'My chart is 4711, I am Rosa Diaz',
  at: NOW,
  media: [],
  author: null,
  delivery: null,
  call: null,
  event: null,
};

interface Here {
  store: PushStore;
  telling: PushTelling;
  add: (changes?: Partial<Subscription>) => Promise<Subscription>;
  /** Another conversation in which a caller wrote. */
  write: (changes?: Partial<ConversationSummary>, at?: number) => number | null;
}

/** With the storage of a real object; nobody is told by the object itself. */
const withStore = (body: (here: Here) => Promise<void>) =>
  runInDurableObject(inboxOf('elsewhere'), async (_, { storage }) => {
    const store = new PushStore(storage.sql);
    const telling = new PushTelling(env, store, {
      isAround: (staffId) => around.has(staffId),
      practiceHours: () => HOURS,
      conversation: (id) => ({ ...summary, id }),
    });
    await body({
      store,
      telling,
      add: async (changes = {}) => {
        const one: Subscription = {
          ...(await services.newBrowser()),
          staffId: 'ana',
          isManager: false,
          session: 'desk',
          quiet: { is: 'never' },
          passesUrgent: false,
          practiceName: 'Lakeside Family Clinic',
          ...changes,
        };
        store.keep(one, NOW);
        return one;
      },
      write: (changes = {}, at = NOW) => telling.changed({ ...summary, ...changes }, [text], at),
    });
  });

describe('who is away is told', () => {
  it('of a caller who waits, once until they look, and with nothing about anybody', () =>
    withStore(async ({ add, write, telling, store }) => {
      await add();
      expect(write()).toBe(NOW + 3 * SECOND);
      await telling.job.run(NOW + 3 * SECOND);
      expect(services.told).toMatchObject([
        {
          topic: summary.id.slice(0, 32),
          payload: {
            title: 'A caller is waiting at Lakeside Family Clinic',
            path: `/lakeside/c/${summary.id}`,
            tag: summary.id,
          },
        },
      ]);
      expect(JSON.stringify(services.told)).not.toMatch(/4711|Rosa|Diaz|206202|2062020123|202-0123/);

      expect(write({}, NOW + 60 * SECOND)).toBeNull();
      await telling.job.run(NOW + 300 * SECOND);
      expect(services.told).toHaveLength(1);
      store.seenBy('ana');
      expect(write({}, NOW + 300 * SECOND)).not.toBeNull();
      await telling.job.run(NOW + 400 * SECOND);
      expect(services.told).toHaveLength(2);
    }));

  it('of several conversations at once, in one push', () =>
    withStore(async ({ add, write, telling }) => {
      await add();
      for (const id of ['a', 'b', 'c']) write({ id: id.repeat(64), ...(id === 'b' ? URGENT : {}) });
      await telling.job.run(NOW + 3 * SECOND);
      expect(services.titles).toEqual([
        '3 conversations need you at Lakeside Family Clinic, at least one is urgent',
      ]);
    }));

  it('once more where it became urgent, and not more often than every half minute', () =>
    withStore(async ({ add, write, telling }) => {
      await add();
      write();
      await telling.job.run(NOW + 3 * SECOND);
      expect(write(URGENT, NOW + 4 * SECOND)).toBe(NOW + 33 * SECOND);
      await telling.job.run(NOW + 10 * SECOND);
      expect(services.told).toHaveLength(1);
      await telling.job.run(NOW + 33 * SECOND);
      expect(services.titles[1]).toBe('Urgent: a caller is waiting at Lakeside Family Clinic');
    }));

  it('of what was given to them or names them, also when the answer is there already', () =>
    withStore(async ({ add, telling }) => {
      await add();
      const given: Message = {
        ...TEXT,
        kind: 'event',
        author: KIM,
        event: { name: 'assigned', detail: 'Ana' },
      };
      telling.changed({ ...summary, assignee: ANA, waitingSince: null }, [given], NOW);
      await telling.job.run(NOW + 3 * SECOND);
      telling.happened('f'.repeat(64), { is: 'mentioned', byId: 'kim' }, NOW + 60 * SECOND, 'ana');
      telling.happened('f'.repeat(64), { is: 'mentioned', byId: 'kim' }, NOW + 60 * SECOND, 'lee');
      await telling.job.run(NOW + 63 * SECOND);
      expect(services.titles).toEqual([
        'A conversation was given to you at Lakeside Family Clinic',
        'A colleague mentioned you at Lakeside Family Clinic',
      ]);
    }));

  it('on all of their browsers, and what is gone at the push service is asked no more', () =>
    withStore(async ({ add, write, telling, store }) => {
      // One that the push service does not know (any more).
      const gone = await add({ endpoint: 'https://push.example/send/gone' });
      const phone = await add({ session: 'phone' });
      write();
      await telling.job.run(NOW + 3 * SECOND);
      expect(services.told.map(({ endpoint }) => endpoint)).toEqual([phone.endpoint]);
      expect(store.subscriptions().map(({ endpoint }) => endpoint)).not.toContain(gone.endpoint);
    }));

  it('a little later where the push service stumbles', () =>
    withStore(async ({ add, write, telling, store }) => {
      await add();
      services.next(() => new Response(null, { status: 503 }));
      services.next(() => Promise.reject(new Error('no network')));
      write();
      await telling.job.run(NOW + 3 * SECOND);
      const again = store.nextDueAt();
      expect(again).toBe(NOW + 23 * SECOND);
      await telling.job.run(again as number);
      expect(services.told).toHaveLength(0);
      await telling.job.run(store.nextDueAt() as number);
      expect(services.told).toHaveLength(1);
      expect(store.nextDueAt()).toBeNull();
    }));
});

const URGENT = { urgent: { phrase: 'chest pain', at: NOW } };

describe('nobody is told', () => {
  it('where a page is before them, also if it was opened in the last moment', () =>
    withStore(async ({ add, write, telling, store }) => {
      await add();
      around.add('ana');
      expect(write()).toBeNull();
      around.delete('ana');
      write();
      around.add('ana');
      await telling.job.run(NOW + 3 * SECOND);
      expect(services.told).toHaveLength(0);
      expect(store.nextDueAt()).toBeNull();
    }));

  it('where a colleague answered before it left', () =>
    withStore(async ({ add, write, telling }) => {
      await add();
      write();
      telling.changed({ ...summary, waitingSince: null }, [], NOW + SECOND);
      await telling.job.run(NOW + 3 * SECOND);
      expect(services.told).toHaveLength(0);
    }));

  it.each<[string, Quiet, boolean, Partial<ConversationSummary>, boolean]>([
    ['outside the practice’s hours, if they want it so', { is: 'practice' }, true, {}, false],
    ['outside their own hours', { is: 'own', timeZone: 'UTC', week: HOURS.week }, true, {}, false],
    ['even if it is urgent', { is: 'practice' }, false, URGENT, false],
    ['unless it is urgent and they chose that', { is: 'practice' }, true, URGENT, true],
  ])('%s', (_, quiet, passesUrgent, changes, isTold) =>
    withStore(async ({ add, write, telling }) => {
      await add({ quiet, passesUrgent });
      write(changes, AFTER_HOURS);
      await telling.job.run(AFTER_HOURS + 3 * SECOND);
      expect(services.told).toHaveLength(isTold ? 1 : 0);
    }),
  );

  it('through a browser that signed out, or once they work here no more', () =>
    withStore(async ({ add, write, telling, store }) => {
      const phone = await add({ session: 'phone' });
      await add();
      write();
      store.dropOf('ana', 'desk');
      expect(store.subscriptions().map(({ endpoint }) => endpoint)).toEqual([phone.endpoint]);
      store.dropOf('ana', null);
      expect(store.nextDueAt()).toBeNull();
      await telling.job.run(NOW + 3 * SECOND);
      expect(services.told).toHaveLength(0);
    }));

  it('through the browser of somebody who was there before', () =>
    withStore(async ({ add, store }) => {
      const { endpoint, keys } = await add();
      await add({ endpoint, keys, staffId: 'kim' });
      expect(store.subscriptions().map(({ staffId }) => staffId)).toEqual(['kim']);
    }));
});

it('where nobody wants to be told, what happens is not even looked at', () =>
  withStore(async ({ write, telling }) => {
    expect(write()).toBeNull();
    expect(telling.job.dueAt()).toBeNull();
  }));

it('a person has ten browsers at most: the oldest make room', () =>
  withStore(async ({ add, store }) => {
    const all = [];
    for (let n = 0; n < 12; n += 1) all.push((await add()).endpoint);
    expect(store.subscriptions()).toHaveLength(10);
    expect(store.subscriptions().map(({ endpoint }) => endpoint)).toContain(all[11]);
  }));
