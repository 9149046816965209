import type { LocalServer } from '../scripts/local-server.ts';

/** For served tests, which must not depend on when they run: the seeded practices have no closing time. */
export async function openAroundTheClock({ database }: LocalServer): Promise<void> {
  await database.prepare('DELETE FROM practice_hours').run();
}
