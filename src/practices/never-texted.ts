import { Recent } from './recent.ts';

/** E.164. */
export interface NeverTexted {
  /** Every line and main number of the enterprise: a text to one of them would come back to us. */
  ownNumbers: ReadonlySet<string>;
  /** The enterprise's do-not-text list. */
  doNotText: ReadonlySet<string>;
}

const recent = new Recent<NeverTexted>();

/** In one query, and at most 10 s old: D1 stays off the way of a text. */
export async function neverTexted(db: D1Database, now = Date.now()): Promise<NeverTexted> {
  const known = recent.find('all', now);
  if (known !== undefined) return known;
  const { results } = await db
    .prepare(
      `SELECT number, 0 AS is_listed FROM lines
       UNION SELECT main_number, 0 FROM lines WHERE main_number IS NOT NULL
       UNION SELECT main_number, 0 FROM practices WHERE main_number IS NOT NULL
       UNION ALL SELECT number, 1 FROM do_not_text`,
    )
    .all<{ number: string; is_listed: 0 | 1 }>();
  const numbers = (isListed: 0 | 1) =>
    new Set(results.filter((row) => row.is_listed === isListed).map((row) => row.number));
  const read = { ownNumbers: numbers(0), doNotText: numbers(1) };
  recent.keep('all', read, now);
  return read;
}

/** For whoever has just changed a line or the list; other isolates notice within 10 s. */
export function forgetNeverTexted(): void {
  recent.clear();
}
