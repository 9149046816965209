import type { QuickResponse, QuickResponses, ResponseGroup } from '../domain/words/quick-response.ts';
import { placed, type ResponsesEdit, wholeGroups } from '../domain/words/quick-response-changes.ts';
import { STARTER_RESPONSES } from '../domain/words/starter-responses.ts';
import { Problem } from '../problem.ts';

export interface StoredResponses extends QuickResponses {
  /** Names this state of them; another one with every change. */
  stamp: string;
}

interface ResponseRow {
  id: string;
  title: string;
  texts: string;
  version: number;
  is_archived: 0 | 1;
}

/** Whoever looks first finds the starter set. */
export async function quickResponsesOf(db: D1Database, practiceId: string): Promise<StoredResponses> {
  const there = await stored(db, practiceId);
  if (there !== null) return there;
  await begin(db, practiceId);
  const begun = await stored(db, practiceId);
  if (begun === null) throw new Problem('unavailable');
  return begun;
}

/** In which languages callers of the practice are texted first. */
export async function languagesOfTriggers(db: D1Database, practiceId: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT t.language FROM triggers t JOIN lines l ON l.id = t.line_id
       WHERE l.practice_id = ? AND t.revoked_at IS NULL ORDER BY t.language`,
    )
    .bind(practiceId)
    .all<{ language: string }>();
  return results.map(({ language }) => language);
}

/** As often as others come first; each time the outcome is decided anew. */
const MAX_TRIES = 5;

/**
 * All or nothing: what `decide` makes of what is there is written only while it still is there. `entryOf` makes the
 * statement of the audit log.
 */
export async function editQuickResponses(
  db: D1Database,
  practiceId: string,
  decide: (before: QuickResponses) => ResponsesEdit,
  entryOf: (before: QuickResponses, after: QuickResponses) => D1PreparedStatement,
): Promise<{ edit: ResponsesEdit; now: QuickResponses }> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const before = await quickResponsesOf(db, practiceId);
    const edit = decide(before);
    if (edit.is !== 'changed') return { edit, now: before };
    const entry = entryOf(before, edit.after);
    if (await write(db, practiceId, before, edit.after, entry)) return { edit, now: edit.after };
  }
  throw new Problem('unavailable');
}

async function stored(db: D1Database, practiceId: string): Promise<StoredResponses | null> {
  const [list, rows] = await db.batch<unknown>([
    db.prepare('SELECT groups, stamp FROM quick_response_lists WHERE practice_id = ?').bind(practiceId),
    db
      .prepare('SELECT id, title, texts, version, is_archived FROM quick_responses WHERE practice_id = ?')
      .bind(practiceId),
  ]);
  const found = list?.results[0] as { groups: string; stamp: string } | undefined;
  if (found === undefined) return null;
  const responses = ((rows?.results ?? []) as ResponseRow[]).map(responseFrom);
  // What the door let in, and nothing else writes there.
  const groups = wholeGroups(JSON.parse(found.groups) as ResponseGroup[], responses);
  return { groups, responses, stamp: found.stamp };
}

function responseFrom({ id, title, texts, version, is_archived }: ResponseRow): QuickResponse {
  return {
    id,
    title,
    texts: JSON.parse(texts) as Record<string, string>,
    version,
    isArchived: is_archived === 1,
  };
}

async function begin(db: D1Database, practiceId: string): Promise<void> {
  const stamp = crypto.randomUUID();
  const responses = STARTER_RESPONSES.map(({ title, texts }) => ({
    id: crypto.randomUUID(),
    title,
    texts,
    version: 1,
    isArchived: false,
  }));
  const groups = STARTER_RESPONSES.reduce<ResponseGroup[]>(
    (all, { group }, index) => placed(all, responses[index]?.id ?? '', group),
    [],
  );
  await db.batch([
    db
      .prepare(
        `INSERT INTO quick_response_lists (practice_id, groups, stamp) VALUES (?, ?, ?)
         ON CONFLICT (practice_id) DO NOTHING`,
      )
      .bind(practiceId, JSON.stringify(groups), stamp),
    ...responses.map((response) => insert(db, practiceId, stamp, response)),
  ]);
}

/**
 * For a batch that changes other things too. The first one changes nothing where somebody else came first, and then
 * neither do the others.
 */
export function responsesStatements(
  db: D1Database,
  practiceId: string,
  before: StoredResponses,
  after: QuickResponses,
): [D1PreparedStatement, ...D1PreparedStatement[]] {
  const stamp = crypto.randomUUID();
  const known = new Map(before.responses.map((one) => [one.id, one]));
  const kept = new Set(after.responses.map(({ id }) => id));
  const removed = before.responses.filter(({ id }) => !kept.has(id));
  return [
    db
      .prepare('UPDATE quick_response_lists SET groups = ?, stamp = ? WHERE practice_id = ? AND stamp = ?')
      .bind(JSON.stringify(after.groups), stamp, practiceId, before.stamp),
    ...removed.map(({ id }) =>
      db
        .prepare(`DELETE FROM quick_responses WHERE practice_id = ?1 AND id = ?3 AND ${IS_STAMPED}`)
        .bind(practiceId, stamp, id),
    ),
    ...after.responses
      .filter((one) => known.get(one.id) !== one)
      .map((one) => insert(db, practiceId, stamp, one)),
  ];
}

/** False where somebody else came first; then nothing is written. */
async function write(
  db: D1Database,
  practiceId: string,
  before: StoredResponses,
  after: QuickResponses,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [first, ...others] = responsesStatements(db, practiceId, before, after);
  const [list] = await db.batch([first, entry, ...others]);
  return (list?.meta.changes ?? 0) > 0;
}

/** Of a batch whose first statement has set the stamp, and so of nobody else's. */
const IS_STAMPED = 'EXISTS (SELECT 1 FROM quick_response_lists WHERE practice_id = ?1 AND stamp = ?2)';

/** Or what it says now, where it is there. */
function insert(
  db: D1Database,
  practiceId: string,
  stamp: string,
  { id, title, texts, version, isArchived }: QuickResponse,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO quick_responses (practice_id, id, title, texts, version, is_archived)
       SELECT ?1, ?3, ?4, ?5, ?6, ?7 WHERE ${IS_STAMPED}
       ON CONFLICT (practice_id, id) DO UPDATE SET title = excluded.title, texts = excluded.texts,
         version = excluded.version, is_archived = excluded.is_archived`,
    )
    .bind(practiceId, stamp, id, title, JSON.stringify(texts), version, isArchived ? 1 : 0);
}
