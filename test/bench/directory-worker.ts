import type { Env } from '../../src/env.ts';
import { MATCH_ONE } from '../../src/practices/caller-matches.ts';
import app from '../../src/worker.ts';

/**
 * The product, with what its directory is held against: GET /api/bench/insert puts rows into a bare table of the same
 * database, /api/bench/fill adds patients to a practice, and /api/bench/match asks whose a number is.
 */

async function insert(db: D1Database, rows: number): Promise<object> {
  await db.exec(
    'CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, name TEXT NOT NULL, number TEXT NOT NULL)',
  );
  const statement = db.prepare('INSERT INTO bare (id, name, number) VALUES (?, ?, ?)');
  const values = Array.from({ length: rows }, (_, n) =>
    statement.bind(crypto.randomUUID(), `Patient ${n}`, `+1206202${1000 + n}`),
  );
  await db.batch(values);
  return { rows };
}

async function fill(db: D1Database, from: number, count: number): Promise<object> {
  const numbered = `WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1 + ?2)`;
  const number = `printf('+12%09d', i)`;
  await db.batch([
    db
      .prepare(
        `${numbered} INSERT INTO patients (practice_id, id, name, name_key, numbers, updated_at)
         SELECT 'harbor', printf('filled-%07d', i), 'Patient ' || i, 'patient ' || i, json_array(${number}), 1 FROM n`,
      )
      .bind(from, count),
    db
      .prepare(
        `${numbered} INSERT INTO patient_numbers (number, practice_id, patient_id)
         SELECT ${number}, 'harbor', printf('filled-%07d', i) FROM n`,
      )
      .bind(from, count),
  ]);
  return { count };
}

async function match(db: D1Database, below: number, times: number): Promise<object> {
  let rowsRead = 0;
  for (let n = 0; n < times; n += 1) {
    const number = `+12${String(Math.floor(Math.random() * below)).padStart(9, '0')}`;
    const { meta, results } = await db.prepare(MATCH_ONE).bind(number, 'harbor').all();
    if (results.length !== 1) throw new Error('a number that somebody has was not matched');
    rowsRead = Math.max(rowsRead, meta.rows_read);
  }
  return { rowsRead };
}

// The objects.
export * from '../../src/worker.ts';

export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url);
    const asked = (name: string) => Number(searchParams.get(name));
    if (pathname === '/api/bench/insert') return Response.json(await insert(env.DB, asked('rows')));
    if (pathname === '/api/bench/fill')
      return Response.json(await fill(env.DB, asked('from'), asked('count')));
    if (pathname === '/api/bench/match')
      return Response.json(await match(env.DB, asked('below'), asked('times')));
    return app.fetch(request, env, ctx);
  },
} satisfies ExportedHandler<Env>;
