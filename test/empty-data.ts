import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

/** For `beforeEach`: storage is kept from test to test within a file, and `reset` alone takes the tables too. */
export async function emptyData(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
}
