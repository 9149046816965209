import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
export default defineConfig({ plugins: [cloudflareTest({ wrangler: { configPath: './.sim-wrangler.toml' }, remoteBindings: false, miniflare: { bindings: { TEST_MIGRATIONS: await readD1Migrations('src/practices/migrations') } } })],
 test: { include: ['test/durable/handset.test.ts','test/journeys/simulator.test.ts','test/durable/zz-sim-probe.test.ts'], setupFiles: ['test/runtime-set-up.ts'] } });
