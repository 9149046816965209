import { KNOWN_BROWSER_DAYS } from '../domain/people/sign-in-limits.ts';

const KNOWN_BROWSER_MS = KNOWN_BROWSER_DAYS * 24 * 60 * 60_000;

/** A browser that holds a secret of ours, and the e-mails of those who have signed in with it. */
export interface KnownBrowser {
  hash: string;
  emails: string[];
}

/** Null where the secret is not one that we gave, or gave too long ago. */
export async function knownBrowser(db: D1Database, hash: string, now: number): Promise<KnownBrowser | null> {
  const { results } = await db
    .prepare(
      `SELECT m.email FROM known_browsers k JOIN staff m ON m.id = k.staff_id
       WHERE k.token_hash = ? AND k.signed_in_at > ?`,
    )
    .bind(hash, now - KNOWN_BROWSER_MS)
    .all<{ email: string }>();
  return results.length === 0 ? null : { hash, emails: results.map(({ email }) => email.toLowerCase()) };
}

/** To be run in one batch with the sign-in. */
export function rememberBrowser(
  db: D1Database,
  browser: { hash: string; staffId: string; now: number },
): D1PreparedStatement[] {
  return [
    db.prepare('DELETE FROM known_browsers WHERE signed_in_at <= ?').bind(browser.now - KNOWN_BROWSER_MS),
    db
      .prepare(
        `INSERT INTO known_browsers (token_hash, staff_id, signed_in_at) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET signed_in_at = excluded.signed_in_at`,
      )
      .bind(browser.hash, browser.staffId, browser.now),
  ];
}
