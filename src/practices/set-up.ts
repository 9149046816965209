import type { SetUpFacts, SetUpTrigger } from '../domain/practice/set-up.ts';
import type { WentLive } from '../domain/triggers/managed-trigger.ts';
import type { UseCase } from '../domain/triggers/use-case.ts';

/** How far a practice is set up, as far as D1 knows; and who stands by the text of a trigger. */

interface TriggerRow {
  id: string;
  use_case: UseCase;
  language: string;
  text: string;
  is_on: 0 | 1;
  went_live: string | null;
  reviewed_at: number | null;
}

export async function setUpTriggers(db: D1Database, practiceId: string): Promise<SetUpTrigger[]> {
  const { results } = await db
    .prepare(
      `SELECT t.id, t.use_case, t.language, t.text, t.is_on, t.went_live, r.reviewed_at
       FROM triggers t JOIN lines l ON l.id = t.line_id
       LEFT JOIN text_reviews r ON r.trigger_id = t.id AND r.text = t.text
       WHERE l.practice_id = ? AND t.revoked_at IS NULL AND l.retired_at IS NULL
       ORDER BY t.language, t.use_case DESC, l.name`,
    )
    .bind(practiceId)
    .all<TriggerRow>();
  return results.map((row) => ({
    id: row.id,
    useCase: row.use_case,
    language: row.language,
    text: row.text,
    isOn: row.is_on === 1,
    wentLive: row.went_live === null ? null : (JSON.parse(row.went_live) as WentLive),
    reviewedAt: row.reviewed_at,
  }));
}

/** Who works here, and may sign in; admins only where they are members too. */
export async function teammatesOf(db: D1Database, practiceId: string): Promise<SetUpFacts['teammates']> {
  const { results } = await db
    .prepare(
      `SELECT m.name, b.joined_at FROM memberships b JOIN staff m ON m.id = b.staff_id
       WHERE b.practice_id = ? AND m.deactivated_at IS NULL ORDER BY b.joined_at, m.name`,
    )
    .bind(practiceId)
    .all<{ name: string; joined_at: number | null }>();
  return results.map(({ name, joined_at }) => ({ name, joinedAt: joined_at }));
}

/** False where the text of the trigger is another one by now. The newest word counts. */
export async function recordTextReview(
  db: D1Database,
  review: { triggerId: string; text: string; by: string; at: number },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [noted] = await db.batch([
    db
      .prepare(
        `INSERT INTO text_reviews (trigger_id, text, reviewed_by, reviewed_at)
       SELECT id, text, ?3, ?4 FROM triggers WHERE id = ?1 AND text = ?2 AND revoked_at IS NULL
       ON CONFLICT (trigger_id) DO UPDATE SET text = excluded.text, reviewed_by = excluded.reviewed_by,
         reviewed_at = excluded.reviewed_at`,
      )
      .bind(review.triggerId, review.text, review.by, review.at),
    entry,
  ]);
  return (noted?.meta.changes ?? 0) > 0;
}
