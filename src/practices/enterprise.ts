/** What holds for all practices. */
export interface Enterprise {
  name: string;
  sessionIdleMinutes: number;
  sessionMaxHours: number;
}

interface EnterpriseRow {
  name: string;
  session_idle_minutes: number;
  session_max_hours: number;
}

const COLUMNS = 'name, session_idle_minutes, session_max_hours';

export async function enterprise(db: D1Database): Promise<Enterprise> {
  return enterpriseFrom(await db.prepare(`SELECT ${COLUMNS} FROM enterprise`).first<EnterpriseRow>());
}

/** Leaves what is not given as it is. */
export async function changeEnterprise(
  db: D1Database,
  change: EnterpriseChange,
  entry: D1PreparedStatement,
): Promise<Enterprise> {
  const [changed] = await db.batch<EnterpriseRow>([
    db
      .prepare(
        `UPDATE enterprise SET name = coalesce(?, name),
           session_idle_minutes = coalesce(?, session_idle_minutes),
           session_max_hours = coalesce(?, session_max_hours)
         RETURNING ${COLUMNS}`,
      )
      .bind(change.name ?? null, change.sessionIdleMinutes ?? null, change.sessionMaxHours ?? null),
    entry,
  ]);
  return enterpriseFrom(changed?.results[0] ?? null);
}

export type EnterpriseChange = { [Key in keyof Enterprise]?: Enterprise[Key] | undefined };

function enterpriseFrom(row: EnterpriseRow | null): Enterprise {
  if (row === null)
    throw new Error('The first migration leaves one row in enterprise, and nothing deletes it.');
  return {
    name: row.name,
    sessionIdleMinutes: row.session_idle_minutes,
    sessionMaxHours: row.session_max_hours,
  };
}
