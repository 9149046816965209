/** The way into an environment that has nobody yet. Made by scripts/first-admin.ts, which has no binding, only SQL. */

export const FIRST_ADMIN_LINK_HOURS = 24;

/** True of an environment that somebody can already sign in to as admin. */
export const HAS_ADMIN = 'EXISTS (SELECT 1 FROM staff WHERE is_admin = 1 AND deactivated_at IS NULL)';

/** Answers one row if the link was made, none if there is an admin. All values come from us, quoted all the same. */
export function firstAdminLinkSql(link: { tokenHash: string; email: string; expiresAt: number }): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return `INSERT INTO first_admin_links (token_hash, email, expires_at)
    SELECT ${quoted(link.tokenHash)}, ${quoted(link.email)}, ${link.expiresAt}
    WHERE NOT ${HAS_ADMIN} RETURNING email`;
}
