import {
  NO_SINGLE_SIGN_ON,
  type SignInSettings,
  type SingleSignOn,
} from '../domain/people/single-sign-on.ts';

interface SettingsRow {
  passkeys_needed: 0 | 1;
  settings: string | null;
  version: number | null;
  worked_at: number | null;
}

const SELECT_SETTINGS = `SELECT e.passkeys_needed, s.settings, s.version, s.worked_at
  FROM enterprise e LEFT JOIN single_sign_on s`;

export async function signInSettings(db: D1Database): Promise<SignInSettings> {
  const row = await db.prepare(SELECT_SETTINGS).first<SettingsRow>();
  return {
    passkeysNeeded: row?.passkeys_needed === 1,
    singleSignOn:
      row === null || row.settings === null
        ? NO_SINGLE_SIGN_ON
        : { ...NO_SINGLE_SIGN_ON, ...(JSON.parse(row.settings) as SingleSignOn) },
    version: row?.version ?? 0,
    workedAt: row?.worked_at ?? null,
  };
}

/** False where somebody else has changed it since `version`. Another provider or client has not worked yet. */
export async function changeSignInSettings(
  db: D1Database,
  change: { passkeysNeeded: boolean; singleSignOn: SingleSignOn; version: number },
  entry: D1PreparedStatement,
): Promise<boolean> {
  const { passkeysNeeded, singleSignOn, version } = change;
  const { issuer, clientId } = singleSignOn;
  const [written] = await db.batch([
    db
      .prepare(
        `INSERT INTO single_sign_on (id, settings, version) SELECT 1, ?1, 1
         WHERE ?2 = 0 OR EXISTS (SELECT 1 FROM single_sign_on)
         ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, version = version + 1,
           worked_at = CASE WHEN settings ->> 'issuer' = ?3 AND settings ->> 'clientId' = ?4 THEN worked_at END
         WHERE version = ?2`,
      )
      .bind(JSON.stringify(singleSignOn), version, issuer, clientId),
    db.prepare('UPDATE enterprise SET passkeys_needed = ? WHERE changes() > 0').bind(passkeysNeeded ? 1 : 0),
    entry,
  ]);
  return (written?.meta.changes ?? 0) > 0;
}

/** With the sign-in that shows it. */
export function noteThatItWorked(
  db: D1Database,
  used: { issuer: string; clientId: string; now: number },
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE single_sign_on SET worked_at = ?3 WHERE settings ->> 'issuer' = ?1 AND settings ->> 'clientId' = ?2`,
    )
    .bind(used.issuer, used.clientId, used.now);
}
