import type { CalledLine } from '../domain/calls/call-to-line.ts';
import type { CarrierName } from '../domain/calls/firing.ts';

interface CalledLineRow {
  practice_name: string;
  carrier: CarrierName;
  main_number: string | null;
  is_ours: 0 | 1;
}

/** Whose line was called; `number` is as the carrier gives it. Null where it is nobody's. */
export async function calledLine(
  db: D1Database,
  number: string,
): Promise<(CalledLine & { carrier: CarrierName }) | null> {
  const row = await db
    .prepare(
      `SELECT p.name AS practice_name, l.carrier, l.main_number,
         EXISTS (SELECT 1 FROM lines other WHERE other.number = l.main_number) AS is_ours
       FROM lines l JOIN practices p ON p.id = l.practice_id WHERE l.number = ?`,
    )
    .bind(number)
    .first<CalledLineRow>();
  return (
    row && {
      practiceName: row.practice_name,
      carrier: row.carrier,
      mainNumber: row.main_number,
      isMainNumberOurs: row.is_ours === 1,
    }
  );
}
