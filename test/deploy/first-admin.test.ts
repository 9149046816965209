import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFirstAdminCommand } from '../../scripts/first-admin-command.ts';
import { Refusal } from '../../scripts/refusal.ts';
import { hashOf } from '../../src/practices/secret.ts';

const WRANGLER = 'node_modules/wrangler/bin/wrangler.js';

let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'offhook-first-admin-'));
});

afterAll(() => rm(stateDir, { recursive: true, force: true }));

function firstAdmin(email: string) {
  return node('scripts/first-admin.ts', '--env', 'local', email);
}

function d1(...words: string[]) {
  return node(WRANGLER, 'd1', ...words, '--local', '--env', '', '--persist-to', join(stateDir, 'state'));
}

async function node(...words: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, OFFHOOK_STATE: stateDir, WRANGLER_SEND_METRICS: 'false', PORT: '8849' };
  try {
    return { code: 0, said: (await promisify(execFile)(process.execPath, words, { env })).stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

describe('npm run first-admin', () => {
  it.each([
    [],
    ['jo@clinic.example'],
    ['--env', 'staging', 'jo@clinic.example'],
    ['--env', 'demo'],
    ['--env', 'demo', 'jo'],
    ['--env', 'demo', 'jo@clinic.example', 'more'],
    ['--env', 'demo', '--force', 'jo@clinic.example'],
  ])('says how it is used when it is asked with %s %s %s %s', (...words) => {
    expect(() => readFirstAdminCommand(words)).toThrow(Refusal);
    expect(() => readFirstAdminCommand(words)).toThrow('npm run first-admin -- --env demo|production');
  });

  it('takes an environment and an e-mail', () => {
    expect(readFirstAdminCommand(['--env', 'demo', 'jo@clinic.example'])).toEqual({
      environment: 'demo',
      email: 'jo@clinic.example',
      origin: null,
    });
  });

  // The command itself, through wrangler, on local data that is migrated as a deployed environment is.
  it('says what is missing, then prints a link of which only the hash is stored, until there is an admin', async () => {
    const early = await firstAdmin('jo@clinic.example');
    expect([early.code, early.said]).toEqual([1, expect.stringContaining('Nothing is in local yet')]);

    await d1('migrations', 'apply', 'DB');
    const { code, said } = await firstAdmin("jo.o'hara@clinic.example");
    expect([code, said]).toEqual([0, expect.stringContaining("jo.o'hara@clinic.example")]);
    const [, token = ''] = /http:\/\/localhost:8849\/welcome#([\w-]{43})\n/.exec(said) ?? [];
    const sql = `INSERT INTO staff (id, email, name, is_admin) VALUES ('jo', 'jo@clinic.example', 'Jo', 1);
      SELECT token_hash, email, used_at FROM first_admin_links`;
    const [, links] = JSON.parse((await d1('execute', 'DB', '--json', '--command', sql)).said);
    expect(links.results).toEqual([
      { token_hash: await hashOf(token), email: "jo.o'hara@clinic.example", used_at: null },
    ]);

    const late = await firstAdmin('other@clinic.example');
    expect([late.code, late.said]).toEqual([1, expect.stringContaining('has an admin already')]);
  }, 120_000);
});
