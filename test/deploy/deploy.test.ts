import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configOf, DEPLOYED, needsOfOrigins, needsOfPushes } from '../../scripts/deployment-needs.ts';
import { readMigrations } from '../../scripts/migrations.ts';
import { PUSH_SETTINGS } from '../../scripts/push-keys.ts';
import { ROOT } from '../../scripts/state-dir.ts';
import { Command } from '../served/command.ts';

/** An account that is signed in to nothing, whoever runs the tests. */
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'offhook-home-'));
});

afterAll(() => rm(home, { recursive: true, force: true }));

async function deploy(...args: string[]): Promise<{ exitCode: number | null; said: string }> {
  const command = new Command(['scripts/deploy.ts', ...args], {
    HOME: home,
    XDG_CONFIG_HOME: home,
    CLOUDFLARE_API_TOKEN: undefined,
    CLOUDFLARE_API_KEY: undefined,
    CLOUDFLARE_ACCOUNT_ID: undefined,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  });
  return { exitCode: await command.ended, said: command.said };
}

describe.each(DEPLOYED)('npm run deploy:%s', (environment) => {
  test('as a dry run builds all of it and needs no account', async () => {
    const { exitCode, said } = await deploy(environment, '--dry-run');
    expect(said).toContain('nothing is changed');
    for (const { name } of readMigrations()) expect(said).toContain(name);
    expect(said).toMatch(/Total Upload: .* gzip/);
    expect(said).toContain(`ENVIRONMENT ("${environment}")`);
    expect(exitCode).toBe(0);
  });

  test('names everything that is missing, with its remedy, before it changes anything', async () => {
    const { exitCode, said } = await deploy(environment);
    expect(exitCode).toBe(1);
    expect(said).toContain('Nothing was changed');
    expect(said).toContain('npx wrangler login');
    expect(said).toContain(`npx wrangler d1 create offhook-${environment}`);
    expect(said).not.toContain('Pages built');
    if (environment === 'demo') {
      expect(said).toContain('npx wrangler secret put SIMULATOR_SECRET --env demo');
    }
  });
});

describe('the keys of web pushes', () => {
  test('are optional, but not some without the others', () => {
    expect(needsOfPushes('demo', ['SIMULATOR_SECRET'])).toEqual([]);
    expect(needsOfPushes('demo', [...PUSH_SETTINGS])).toEqual([]);
    expect(needsOfPushes('demo', ['VAPID_PUBLIC_KEY'])).toEqual([
      {
        what: expect.stringContaining('VAPID_PRIVATE_KEY and VAPID_SUBJECT'),
        fix: expect.stringContaining('push-keys'),
      },
    ]);
  });

  test('are made by a command that says what it needs', async () => {
    const without = new Command(['scripts/push-keys-command.ts'], {});
    expect(await without.ended).toBe(1);
    expect(without.said).toContain('npx wrangler secret bulk');
    const made = new Command(['scripts/push-keys-command.ts', 'it@clinic.example'], {});
    expect(await made.ended).toBe(0);
    expect(JSON.parse(made.said)).toEqual({
      VAPID_PUBLIC_KEY: expect.stringMatching(/^B[\w-]{86}$/),
      VAPID_PRIVATE_KEY: expect.stringMatching(/^[\w-]{43}$/),
      VAPID_SUBJECT: 'mailto:it@clinic.example',
    });
  });
});

describe('PUBLIC_ORIGIN', () => {
  test('may be unset, or one address, or several', () => {
    for (const PUBLIC_ORIGIN of [undefined, 'https://a.example', 'https://a.example, https://b.example'])
      expect(needsOfOrigins('demo', { PUBLIC_ORIGIN })).toEqual([]);
  });

  test('is not deployed with something in it that is no address', () => {
    expect(needsOfOrigins('demo', { PUBLIC_ORIGIN: 'https://a.example,b.example' })).toEqual([
      { what: expect.stringContaining('b.example'), fix: expect.stringContaining('[env.demo.vars]') },
    ]);
  });
});

describe('what is for one machine only', () => {
  test('cannot be deployed by name', async () => {
    for (const name of ['local', '']) {
      const { exitCode, said } = await deploy(name);
      expect(exitCode).toBe(1);
      expect(said).toContain('npm run deploy:demo, or npm run deploy:production');
    }
  });

  test('is not offered by npm', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
      scripts: Record<string, string>;
    };
    const deployments = Object.entries(scripts).filter(([, script]) => script.includes('deploy'));
    expect(Object.fromEntries(deployments)).toEqual({
      'deploy:demo': 'node scripts/deploy.ts demo',
      'deploy:production': 'node scripts/deploy.ts production',
    });
    expect(Object.values(scripts).join()).not.toContain('wrangler');
  });

  test('has a database id that no account can have', () => {
    expect(configOf(undefined).d1_databases.map(({ database_id }) => database_id)).toEqual([
      expect.not.stringMatching(/^[0-9a-f]{8}-/),
    ]);
  });
});

describe('the three environments of wrangler.toml', () => {
  const [local, demo, production] = [undefined, ...DEPLOYED].map((environment) => configOf(environment));

  test('have the same objects, migrations, assets and database', () => {
    const shape = (config: typeof local) => ({
      objects: config?.durable_objects,
      migrations: config?.migrations,
      assets: config?.assets,
      databases: config?.d1_databases.map(({ binding, migrations_dir }) => ({ binding, migrations_dir })),
      compatibility: [config?.compatibility_date, config?.compatibility_flags],
    });
    expect(shape(demo)).toEqual(shape(local));
    expect(shape(production)).toEqual(shape(local));
  });

  test('share no name and no database', () => {
    const all = [local, demo, production];
    expect(all.map((config) => config?.name)).toEqual([
      'offhook-local',
      'offhook-demo',
      'offhook-production',
    ]);
    const databases = all.map((config) => config?.d1_databases.map(({ database_name }) => database_name));
    expect(databases).toEqual([['offhook-local'], ['offhook-demo'], ['offhook-production']]);
  });

  test('know which they are', () => {
    expect([local, demo, production].map((config) => config?.vars.ENVIRONMENT)).toEqual([
      'local',
      'demo',
      'production',
    ]);
  });

  test('write down no secret, except for one machine', () => {
    expect(Object.keys(demo?.vars ?? {})).toEqual(['ENVIRONMENT']);
    expect(Object.keys(production?.vars ?? {})).toEqual(['ENVIRONMENT']);
  });
});
