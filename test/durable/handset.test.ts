import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Handset } from '../../durable/handset.ts';
import { simulator } from '../../src/carriers/simulator.ts';
import { emptyData } from '../empty-data.ts';

vi.setConfig({ testTimeout: 20_000 });

const LINE = '+12062020100';

beforeEach(emptyData);

describe('a text to a handset', () => {
  it('is on the phone when the carrier has taken it', async () => {
    const outcome = await simulator.send(env, textTo('+12065550142'));
    expect(outcome).toEqual({ outcome: 'accepted', carrierId: expect.stringMatching(/^sim-/) });
    expect(await handset('2065550142').messages()).toEqual([
      {
        id: outcome.outcome === 'accepted' && outcome.carrierId,
        from: LINE,
        to: '+12065550142',
        body: 'How can we help?',
        mediaCount: 0,
        at: expect.any(Number),
        direction: 'received',
        isDelivered: true,
      },
    ]);
  });

  it('is there twice when it was sent twice, because a carrier cannot know better', async () => {
    await simulator.send(env, textTo('+12065550142'));
    await simulator.send(env, textTo('+12065550142'));
    expect(await handset('2065550142').messages()).toHaveLength(2);
  });

  it('can be found by its message and attempt', async () => {
    const outcome = await simulator.send(env, textTo('+12065550142'));
    const carrierId = outcome.outcome === 'accepted' && outcome.carrierId;
    expect(await simulator.lookUp(env, textTo('+12065550142'), Date.now())).toEqual({
      found: 'yes',
      carrierId,
    });
    const second = { ...textTo('+12065550142'), attempt: 2 };
    expect(await simulator.lookUp(env, second, Date.now())).toEqual({ found: 'no' });
    expect(await simulator.lookUp(env, textTo('+12065550143'), Date.now())).toEqual({ found: 'no' });
  });

  it.each([
    ['a landline', '+12065550006'],
    ['an unreachable phone', '+12065550003'],
  ])('is taken by the carrier of %s and never shown there', async (_, number) => {
    expect(await simulator.send(env, textTo(number))).toMatchObject({ outcome: 'accepted' });
    expect(await simulator.lookUp(env, textTo(number), Date.now())).toMatchObject({ found: 'yes' });
    expect(await handset(number.slice(2)).messages()).toEqual([]);
  });

  it('is refused for a phone that has blocked the line', async () => {
    expect(await simulator.send(env, textTo('+12065550010'))).toEqual({
      outcome: 'refused',
      reason: 'blocked',
    });
    expect(await simulator.lookUp(env, textTo('+12065550010'), Date.now())).toEqual({ found: 'no' });
    expect(await handset('2065550010').messages()).toEqual([]);
  });

  it('is refused for a number outside North America', async () => {
    const outcome = await simulator.send(env, textTo('+442071838750'));
    expect(outcome).toEqual({ outcome: 'refused', reason: 'invalid-number' });
    expect(await simulator.lookUp(env, textTo('+442071838750'), Date.now())).toEqual({ found: 'no' });
  });

  it('owes no more reports once they were tried for a day', async () => {
    const phone = handset('2065550142');
    await simulator.send(env, textTo('+12065550142'));
    await runInDurableObject(phone, (_: Handset, { storage }) => {
      storage.sql.exec('UPDATE texts SET at = at - 86400000, due_at = 1, tries = 9');
    });
    await runDurableObjectAlarm(phone);
    expect(await owed(phone)).toEqual({ alarm: null, tries: [10], dueAt: [null] });
  });
});

describe('a text from a handset', () => {
  it('is kept over an eviction, and tried again until the line has it', async () => {
    const phone = handset('2065550142');
    const written = await phone.write({ from: '+12065550142', to: LINE, body: 'Hello?' });
    expect(written).toMatchObject({ direction: 'sent', isDelivered: false });
    await eventually(async () => expect((await owed(phone)).tries).toEqual([1]));
    await evictDurableObject(phone);
    expect(await phone.messages()).toEqual([written]);
    await addLine();
    await eventually(async () => expect(await phone.messages()).toEqual([{ ...written, isDelivered: true }]));
    expect((await owed(phone)).alarm).toBeNull();
  });

  it('keeps its alarm when that came before anything was due', async () => {
    const phone = handset('2065550142');
    await phone.write({ from: '+12065550142', to: LINE, body: 'Hello?' });
    await eventually(async () => expect((await owed(phone)).tries).toEqual([1]));
    await runDurableObjectAlarm(phone);
    const { alarm, dueAt } = await owed(phone);
    expect(alarm).toBe(dueAt[0]);
  });
});

it('looking at a phone that was never used leaves nothing behind', async () => {
  const phone = handset('2065550142');
  expect(await phone.messages()).toEqual([]);
  expect(await simulator.lookUp(env, textTo('+12065550142'), Date.now())).toEqual({ found: 'no' });
  const kept = await runInDurableObject(phone, async (_: Handset, { storage }) => ({
    tables: storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'")
      .toArray(),
    values: [...storage.kv.list()],
    alarm: await storage.getAlarm(),
  }));
  expect(kept).toEqual({ tables: [], values: [], alarm: null });
});

function handset(tenDigits: string): DurableObjectStub<Handset> {
  return env.HANDSET.get(env.HANDSET.idFromName(tenDigits));
}

function textTo(number: string) {
  return {
    conversationId: env.CONVERSATION.idFromName(`line ${number}`).toString(),
    messageId: 'message-1',
    attempt: 1,
    from: LINE,
    to: number,
    body: 'How can we help?',
  };
}

function owed(phone: DurableObjectStub<Handset>) {
  return runInDurableObject(phone, async (_: Handset, { storage }) => {
    const rows = storage.sql
      .exec<{ tries: number; due_at: number | null }>('SELECT tries, due_at FROM texts')
      .toArray();
    return {
      alarm: await storage.getAlarm(),
      tries: rows.map((row) => row.tries),
      dueAt: rows.map((row) => row.due_at),
    };
  });
}

async function addLine(): Promise<void> {
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO practices (id, name, kind, time_zone) VALUES ('lakeside', 'Lakeside', 'call-center', 'America/Los_Angeles')",
    ),
    env.DB.prepare(
      `INSERT INTO lines (id, practice_id, name, number, carrier, segments_per_second)
       VALUES ('line', 'lakeside', 'Main', ?, 'simulator', 100)`,
    ).bind(LINE),
  ]);
}

/** Also on a machine that is busy with other things. */
function eventually(holds: () => Promise<void>): Promise<void> {
  return vi.waitFor(holds, { timeout: 10_000, interval: 25 });
}
