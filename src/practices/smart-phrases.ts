import { editPhrases, type SmartPhrase } from '../domain/words/phrase-edits.ts';
import { Problem } from '../problem.ts';

/** Whose they are. */
export type PhrasesOf = { is: 'practice'; practiceId: string } | { is: 'staff'; staffId: string };

const TABLES = {
  practice: { table: 'practice_smart_phrases', key: 'practice_id' },
  staff: { table: 'staff_writing', key: 'staff_id' },
} as const;

const DEFAULT_UNDO_SECONDS = 5;

export async function phrasesOf(db: D1Database, of: PhrasesOf): Promise<SmartPhrase[]> {
  const document = await documentOf(db, of);
  return document === null ? [] : read(document);
}

export async function writingOf(
  db: D1Database,
  staffId: string,
): Promise<{ phrases: SmartPhrase[]; undoSeconds: number; claims: boolean }> {
  const row = await db
    .prepare('SELECT phrases, undo_seconds, claims FROM staff_writing WHERE staff_id = ?')
    .bind(staffId)
    .first<{ phrases: string; undo_seconds: number; claims: number }>();
  return row === null
    ? { phrases: [], undoSeconds: DEFAULT_UNDO_SECONDS, claims: true }
    : { phrases: read(row.phrases), undoSeconds: row.undo_seconds, claims: row.claims === 1 };
}

export async function setUndoSeconds(db: D1Database, staffId: string, seconds: number): Promise<void> {
  await db
    .prepare(
      `INSERT INTO staff_writing (staff_id, undo_seconds) VALUES (?, ?)
       ON CONFLICT (staff_id) DO UPDATE SET undo_seconds = excluded.undo_seconds`,
    )
    .bind(staffId, seconds)
    .run();
}

/** Whether somebody takes what is nobody's by beginning to write a reply. */
export async function setClaims(db: D1Database, staffId: string, claims: boolean): Promise<void> {
  await db
    .prepare(
      `INSERT INTO staff_writing (staff_id, claims) VALUES (?, ?)
       ON CONFLICT (staff_id) DO UPDATE SET claims = excluded.claims`,
    )
    .bind(staffId, claims ? 1 : 0)
    .run();
}

/** As often as others come first; each time the outcome is decided anew. */
const MAX_TRIES = 5;

export interface PhrasesChange {
  wanted: readonly SmartPhrase[];
  /** What was there when it was looked at. */
  seen: readonly SmartPhrase[];
  /** Of the audit log; those of a person are nobody else's concern. */
  entryOf: ((before: SmartPhrase[], after: SmartPhrase[]) => D1PreparedStatement) | null;
}

/** What others changed meanwhile stays, or is in the way. */
export async function setPhrases(
  db: D1Database,
  of: PhrasesOf,
  { wanted, seen, entryOf }: PhrasesChange,
): Promise<{ is: 'set' | 'conflict'; phrases: SmartPhrase[] }> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const document = await documentOf(db, of);
    const current = document === null ? [] : read(document);
    const edit = editPhrases(current, wanted, seen);
    switch (edit.is) {
      case 'same':
        return { is: 'set', phrases: current };
      case 'conflict':
        return { is: 'conflict', phrases: current };
      case 'changed': {
        const entry = entryOf === null ? [] : [entryOf(current, edit.phrases)];
        if (await replaceDocument(db, of, { before: document, phrases: edit.phrases, entry }))
          return { is: 'set', phrases: edit.phrases };
      }
    }
  }
  throw new Problem('unavailable');
}

function keyOf(of: PhrasesOf): string {
  return of.is === 'practice' ? of.practiceId : of.staffId;
}

async function documentOf(db: D1Database, of: PhrasesOf): Promise<string | null> {
  const { table, key } = TABLES[of.is];
  return db.prepare(`SELECT phrases FROM ${table} WHERE ${key} = ?`).bind(keyOf(of)).first<string>('phrases');
}

/** False where `before` is no longer what is there. */
async function replaceDocument(
  db: D1Database,
  of: PhrasesOf,
  change: { before: string | null; phrases: readonly SmartPhrase[]; entry: D1PreparedStatement[] },
): Promise<boolean> {
  const { before, phrases, entry } = change;
  const { table, key } = TABLES[of.is];
  const document = JSON.stringify(phrases);
  const statement =
    before === null
      ? db
          .prepare(`INSERT INTO ${table} (${key}, phrases) VALUES (?, ?) ON CONFLICT (${key}) DO NOTHING`)
          .bind(keyOf(of), document)
      : db
          .prepare(`UPDATE ${table} SET phrases = ? WHERE ${key} = ? AND phrases = ?`)
          .bind(document, keyOf(of), before);
  const [written] = await db.batch([statement, ...entry]);
  return (written?.meta.changes ?? 0) > 0;
}

/** What the door let in, and nothing else writes there. */
function read(document: string): SmartPhrase[] {
  return JSON.parse(document) as SmartPhrase[];
}
