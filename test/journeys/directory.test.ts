import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { callableLines, forgetLines, lineByNumber } from '../../src/practices/lines.ts';
import { neverTexted } from '../../src/practices/never-texted.ts';
import { practice, practices } from '../../src/practices/practices.ts';
import { Recent } from '../../src/practices/recent.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers, triggerByToken, triggersOfLine } from '../../src/practices/triggers.ts';
import { emptyData } from '../empty-data.ts';

const LAKESIDE_LINE = {
  id: 'lakeside-main',
  name: 'Main line',
  number: '+12062020100',
  carrier: 'simulator',
  segmentsPerSecond: 100,
  looksUpLineType: false,
};

beforeEach(async () => {
  forgetTriggers();
  forgetLines();
  await emptyData();
  await seedLocal(env.DB, 'local');
});

function countQueries() {
  const asked: string[] = [];
  const db = new Proxy(env.DB, {
    get: (target, key: keyof D1Database) => {
      const value = target[key];
      if (key === 'prepare') {
        return (sql: string) => {
          asked.push(sql);
          return target.prepare(sql);
        };
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { db, asked };
}

describe('the seed', () => {
  it('has what the contract names, and nothing twice however often it runs', async () => {
    await seedLocal(env.DB, 'local');
    const column = async (sql: string) => (await env.DB.prepare(sql).raw<[string]>()).map(([value]) => value);
    expect(await column('SELECT id FROM practices ORDER BY id')).toEqual(['harbor', 'lakeside']);
    expect(await column('SELECT token FROM triggers ORDER BY token')).toEqual([
      'harbor-hangup-en',
      'harbor-hold-en',
      'lakeside-hangup-en',
      'lakeside-hangup-es',
      'lakeside-hold-en',
      'lakeside-hold-es',
    ]);
    expect(await column('SELECT email FROM staff ORDER BY email')).toEqual([
      'admin@offhook.example',
      'manager@lakeside.example',
      'staff@harbor.example',
      'staff@lakeside.example',
    ]);
  });

  it('leaves what somebody has changed since', async () => {
    await env.DB.prepare("UPDATE triggers SET text = 'Ours now.' WHERE id = 'lakeside-hold-en'").run();
    await seedLocal(env.DB, 'local');
    expect((await triggerByToken(env.DB, 'lakeside-hold-en'))?.text).toBe('Ours now.');
  });

  it.each(['demo', 'production'] as const)('never goes into %s', async (environment) => {
    await emptyData();
    await expect(seedLocal(env.DB, environment)).rejects.toThrow(environment);
    expect(await practices(env.DB)).toEqual([]);
  });
});

describe('a trigger', () => {
  it('is found by its token, with its line and the text to send', async () => {
    const found = await triggerByToken(env.DB, 'lakeside-hangup-es');
    expect(found).toMatchObject({
      id: 'lakeside-hangup-es',
      practiceId: 'lakeside',
      line: LAKESIDE_LINE,
      useCase: 'abandoned-call',
      language: 'es',
      isOn: true,
    });
    expect(found?.text).toContain('Lakeside Family Clinic');
  });

  it('costs one query, and none for the next ten seconds', async () => {
    const { db, asked } = countQueries();
    const token = 'lakeside-hold-en';
    const first = await triggerByToken(db, token, 100_000);
    expect(await triggerByToken(db, token, 109_999)).toEqual(first);
    expect(asked).toHaveLength(1);
    await env.DB.prepare('UPDATE triggers SET is_on = 0 WHERE token = ?').bind(token).run();
    expect((await triggerByToken(db, token, 110_000))?.isOn).toBe(false);
    expect(asked).toHaveLength(2);
  });

  it('that is not there costs one query too, and is found once it is', async () => {
    const { db, asked } = countQueries();
    expect(await triggerByToken(db, 'new-token', 100_000)).toBeNull();
    expect(await triggerByToken(db, 'new-token', 101_000)).toBeNull();
    expect(asked).toHaveLength(1);
    await env.DB.prepare("UPDATE triggers SET token = 'new-token' WHERE id = 'lakeside-hold-en'").run();
    expect(await triggerByToken(db, 'new-token', 110_000)).not.toBeNull();
  });

  it('is found by the address before the last rotation until that one ends, and says so', async () => {
    await env.DB.prepare(
      "UPDATE triggers SET previous_token = 'old-token', previous_until = 100500, hold_seconds = 20 WHERE id = 'lakeside-hold-en'",
    ).run();
    const old = await triggerByToken(env.DB, 'old-token', 100_000);
    expect(old).toMatchObject({ id: 'lakeside-hold-en', isOldAddress: true, rules: { holdSeconds: 20 } });
    expect(await triggerByToken(env.DB, 'lakeside-hold-en', 100_000)).toMatchObject({ isOldAddress: false });
    forgetTriggers();
    expect(await triggerByToken(env.DB, 'old-token', 100_500)).toMatchObject({ ended: 'replaced' });
  });

  it('cannot be looked for by something longer than any token', async () => {
    const { db, asked } = countQueries();
    expect(await triggerByToken(db, 'x'.repeat(129))).toBeNull();
    expect(asked).toEqual([]);
  });

  it('is gone once it is revoked, and makes room for another', async () => {
    await env.DB.prepare("UPDATE triggers SET revoked_at = 1 WHERE id = 'lakeside-hold-en'").run();
    expect(await triggerByToken(env.DB, 'lakeside-hold-en')).toMatchObject({ ended: 'revoked' });
    expect(await triggersOfLine(env.DB, 'lakeside-main')).toHaveLength(3);
    await insertTrigger({ id: 'second', token: 'second' });
    await expect(insertTrigger({ id: 'third', token: 'third' })).rejects.toThrow('UNIQUE');
  });

  it('holds 255 characters and not 256', async () => {
    await env.DB.prepare("UPDATE triggers SET revoked_at = 1 WHERE id = 'lakeside-hold-en'").run();
    await expect(insertTrigger({ text: 'ñ'.repeat(256) })).rejects.toThrow('CHECK');
    await insertTrigger({ text: 'ñ'.repeat(255) });
  });

  it.each([{ use_case: 'call-back' }, { is_on: 2 }, { text: '' }, { line_id: 'no-such' }])(
    'cannot be stored with %o',
    async (wrong) => {
      await env.DB.prepare("UPDATE triggers SET revoked_at = 1 WHERE id = 'lakeside-hold-en'").run();
      await expect(insertTrigger(wrong)).rejects.toThrow(/CHECK|FOREIGN KEY/);
    },
  );

  async function insertTrigger(values: Record<string, string | number>): Promise<void> {
    const row = {
      id: 'new',
      line_id: 'lakeside-main',
      use_case: 'call-to-text',
      language: 'en',
      token: 'new',
      text: 'Hello.',
      is_on: 1,
      ...values,
    };
    const columns = Object.keys(row);
    await env.DB.prepare(
      `INSERT INTO triggers (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
      .bind(...Object.values(row))
      .run();
  }
});

describe('a line', () => {
  it('is found by its number', async () => {
    expect(await lineByNumber(env.DB, '+12062020100')).toEqual({
      practiceId: 'lakeside',
      practiceName: 'Lakeside Family Clinic',
      line: LAKESIDE_LINE,
      textInAt: null,
    });
    expect(await lineByNumber(env.DB, '2062020100')).toBeNull();
  });

  it('makes its own number and its main number ours, at one query in ten seconds', async () => {
    const { db, asked } = countQueries();
    const first = await neverTexted(db, 100_000);
    expect([...first.ownNumbers].sort()).toEqual([
      '+12062020100',
      '+12062020200',
      '+12065550101',
      '+12065550102',
    ]);
    expect(await neverTexted(db, 109_999)).toBe(first);
    expect(asked).toHaveLength(1);
  });

  it('can be called by the simulator for what it offers', async () => {
    const [lakeside, harbor] = await callableLines(env.DB);
    expect(lakeside?.practiceName).toBe('Lakeside Family Clinic');
    expect(lakeside?.triggers).toHaveLength(4);
    expect(harbor?.line).toEqual({ id: 'harbor-main', name: 'Main line', number: '+12062020200' });
  });
});

describe('a practice', () => {
  it('is found by its slug', async () => {
    const lakeside = {
      id: 'lakeside',
      name: 'Lakeside Family Clinic',
      kind: 'call-center',
      timeZone: 'America/Los_Angeles',
    };
    expect(await practice(env.DB, 'lakeside')).toEqual(lakeside);
    expect(await practice(env.DB, 'no-such')).toBeNull();
    expect(await practices(env.DB)).toHaveLength(2);
  });
});

describe('what was read a moment ago', () => {
  it('is forgotten, the oldest first, before it is too much', () => {
    const recent = new Recent<number>();
    for (let index = 0; index < 1500; index++) recent.keep(`key ${index}`, index, 0);
    expect(recent.find('key 0', 1)).toBeUndefined();
    expect(recent.find('key 499', 1)).toBeUndefined();
    expect(recent.find('key 500', 1)).toBe(500);
    expect(recent.find('key 1499', 1)).toBe(1499);
  });
});
