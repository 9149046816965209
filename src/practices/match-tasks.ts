/** Conversations that have to be told whose number theirs is. */
export interface MatchTask {
  id: number;
  of: { is: 'numbers'; numbers: string[] } | { is: 'practice'; practiceId: string; after: string };
}

/** More at once would be more than one invocation can tell. */
const MAX_NUMBERS = 500;

/** To go into the transaction that changes the directory; none where no number is concerned. */
export function tasksForNumbers(db: D1Database, numbers: Iterable<string>): D1PreparedStatement[] {
  const all = [...new Set(numbers)];
  const pieces = Array.from({ length: Math.ceil(all.length / MAX_NUMBERS) }, (_, n) =>
    all.slice(n * MAX_NUMBERS, (n + 1) * MAX_NUMBERS),
  );
  return pieces.map((piece) =>
    db.prepare('INSERT INTO match_tasks (numbers) VALUES (?)').bind(JSON.stringify(piece)),
  );
}

/** To go into the transaction that changes what practices may see. */
export function taskForEverybody(db: D1Database): D1PreparedStatement {
  return db.prepare('INSERT INTO match_tasks (practice_id) SELECT id FROM practices');
}

const TASKS_AT_ONCE = 20;

/** In the order in which they came to be. */
export async function matchTasksAfter(db: D1Database, id: number): Promise<MatchTask[]> {
  const { results } = await db
    .prepare('SELECT id, numbers, practice_id, after FROM match_tasks WHERE id > ? ORDER BY id LIMIT ?')
    .bind(id, TASKS_AT_ONCE)
    .all<{ id: number; numbers: string | null; practice_id: string | null; after: string }>();
  return results.map(({ id, numbers, practice_id, after }) => ({
    id,
    of:
      numbers === null
        ? { is: 'practice', practiceId: practice_id ?? '', after }
        : { is: 'numbers', numbers: JSON.parse(numbers) as string[] },
  }));
}

export async function matchTaskGoesOn(db: D1Database, id: number, after: string): Promise<void> {
  await db.prepare('UPDATE match_tasks SET after = ? WHERE id = ?').bind(after, id).run();
}

export async function matchTaskDone(db: D1Database, id: number): Promise<void> {
  await db.prepare('DELETE FROM match_tasks WHERE id = ?').bind(id).run();
}
