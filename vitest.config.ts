import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

// Else the runtime asks the network where this machine is.
process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false';

/** Pure rules, in the Workers runtime because they run there: no Worker, no bindings, one isolate for all. */
const domain = {
  plugins: [cloudflareTest({ miniflare: { compatibilityDate: '2026-11-02' } })],
  test: { name: 'domain', include: ['test/domain/**/*.test.ts'], isolate: false, testTimeout: 30_000 },
};

/** The Worker and its objects, emptied for each file; `env.ASSETS` serves what dist/ui holds. */
const runtime = {
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      // Nothing in a test may reach an account.
      remoteBindings: false,
      miniflare: { bindings: { TEST_MIGRATIONS: await readD1Migrations('src/practices/migrations') } },
    }),
  ],
  test: {
    name: 'runtime',
    include: ['test/{durable,journeys}/**/*.test.ts'],
    setupFiles: ['test/runtime-set-up.ts'],
    // Starting the Worker anew for each file takes longer than most files do.
    isolate: false,
    sequence: { groupOrder: 1 },
    testTimeout: 30_000,
    // Most empty a database and fill it again, which a busy machine takes its time for.
    hookTimeout: 30_000,
  },
};

/** The objects on a simulated platform, seed by seed; in Node, which has a clock and a storage that can be replaced. */
const simulation = {
  resolve: {
    alias: { 'cloudflare:workers': `${import.meta.dirname}/test/simulation/cloudflare-workers.ts` },
  },
  test: {
    name: 'simulation',
    include: ['test/simulation/**/*.test.ts'],
    // Published for bundlers: its imports have no extensions.
    server: { deps: { inline: ['itty-durable'] } },
    // One for each half of the seeds.
    maxWorkers: 2,
    sequence: { groupOrder: 2 },
    testTimeout: 600_000,
  },
};

/** Real servers, browsers, phone systems and gateways, one file after the other: together they only slow each other down. */
const machine = {
  test: {
    name: 'machine',
    include: ['test/*.test.ts', 'test/{browser,phone-system,gateway,served,deploy}/**/*.test.ts'],
    globalSetup: ['test/served/worker-once.ts'],
    fileParallelism: false,
    // After all others, for the same reason; each project has a number, because a project without one comes last.
    sequence: { groupOrder: 3 },
    // Some start the product three times; on a busy machine one start takes half a minute.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
};

export default defineConfig({ test: { projects: [domain, runtime, machine, simulation] } });
