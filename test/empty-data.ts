import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { forgetHours } from '../src/practices/hours.ts';
import { forgetLines } from '../src/practices/lines.ts';
import { forgetTriggers } from '../src/practices/triggers.ts';

/** For `beforeEach`: storage is kept from test to test within a file, and `reset` alone takes the tables too. */
export async function emptyData(): Promise<void> {
  await reset();
  forgetTriggers();
  forgetLines();
  forgetHours();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
}

/** For tests that do not ask what time it is: the seeded practices answer around the clock. */
export async function openAroundTheClock(): Promise<void> {
  await env.DB.exec('DELETE FROM practice_hours');
  forgetHours();
}
