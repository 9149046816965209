import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SECURITY_HEADERS } from '../../src/security-headers.ts';
import { type Command, reset, start } from './command.ts';
import { freePort } from './killable.ts';

let directory: string;
let started: Command[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'offhook-start-'));
  started = [];
});

afterEach(async () => {
  for (const command of started) await command.stop('SIGKILL');
  // Ends what a killed one left running.
  await reset(directory).ended;
  await rm(directory, { recursive: true, force: true });
});

function run(env: { PORT?: string; OFFHOOK_STATE: string }): Command {
  const command = start(env);
  started.push(command);
  return command;
}

async function serve(port: number, stateDir = directory): Promise<Command> {
  const command = run({ PORT: String(port), OFFHOOK_STATE: stateDir });
  await command.serving();
  return command;
}

function hangUp(port: number, caller: string): Promise<Response> {
  return fetch(`http://localhost:${port}/hooks/demo/abandoned-call/lakeside-hangup-en`, {
    method: 'POST',
    body: new URLSearchParams({ CALLER_ID_NUMBER: caller }),
  });
}

async function textsOn(port: number, handset: string): Promise<unknown[]> {
  const answer = await fetch(`http://localhost:${port}/simulator/handsets/${handset}/messages`);
  return ((await answer.json()) as { messages: unknown[] }).messages;
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('npm start', () => {
  test('says where everything is, with a curl that puts a text on the handset', async () => {
    const port = await freePort();
    const { said } = await serve(port);
    expect(said).toContain(`http://localhost:${port}\n`);
    expect(said).toContain(`http://localhost:${port}/simulator`);
    for (const email of ['staff@lakeside', 'manager@lakeside', 'staff@harbor', 'admin@offhook']) {
      expect(said).toContain(`${email}.example`);
    }
    expect(said).toContain('offhook-demo');
    const [, address = '', form = ''] = /curl -X POST (\S+) -d (\S+)/.exec(said) ?? [];
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(form) });
    expect(await answer.json()).toMatchObject({ result: 'texting' });
    await eventually(async () => (await textsOn(port, '2062020123')).length === 1);
  });

  test('keeps what was there, also when it was killed outright', async () => {
    const port = await freePort();
    const first = await serve(port);
    await hangUp(port, '2062020123');
    await eventually(async () => (await textsOn(port, '2062020123')).length === 1);
    // Only itself: what it started is still there, and holds the port.
    await first.stop('SIGKILL');
    const second = await serve(port);
    expect(await textsOn(port, '2062020123')).toHaveLength(1);
    expect(await second.stop('SIGTERM')).toBe(0);
    expect(await readdir(directory)).toEqual(['state']);
    const third = await serve(port);
    expect(await textsOn(port, '2062020123')).toHaveLength(1);
    expect(await third.stop('SIGINT')).toBe(0);
  });

  test('has separate data in separate directories', async () => {
    const ports = [await freePort(), await freePort()] as const;
    await serve(ports[0], join(directory, 'one'));
    await serve(ports[1], join(directory, 'other'));
    await hangUp(ports[0], '2062020124');
    await eventually(async () => (await textsOn(ports[0], '2062020124')).length === 1);
    expect(await textsOn(ports[1], '2062020124')).toEqual([]);
    for (const command of started) await command.stop();
  });
});

describe('npm start refuses, and says what to do', () => {
  async function refusal(env: { PORT?: string; OFFHOOK_STATE: string }): Promise<string> {
    const command = run(env);
    expect(await command.ended).toBe(1);
    return command.said;
  }

  test('when the port it was given is busy', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const said = await refusal({ PORT: port, OFFHOOK_STATE: directory });
    other.close();
    expect(said).toContain(`Port ${port} is busy`);
    expect(said).toContain('set PORT to another number');
  });

  test('when PORT is no port', async () => {
    expect(await refusal({ PORT: '80 80', OFFHOOK_STATE: directory })).toContain('number from 1 to 65535');
  });

  test('when it may not write where its data should be', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    const said = await refusal({ OFFHOOK_STATE: join(file, 'below') });
    expect(said).toContain(`cannot write there`);
    expect(said).toContain('set OFFHOOK_STATE');
  });

  test('when another server works on the same data', async () => {
    const port = await freePort();
    await serve(port);
    const said = await refusal({ PORT: String(await freePort()), OFFHOOK_STATE: directory });
    expect(said).toContain(`already running on this data, at http://localhost:${port}`);
    const emptying = reset(directory);
    expect(await emptying.ended).toBe(1);
    expect(emptying.said).toContain('already running on this data');
  });

  test('when the data are from a later version, until they are emptied', async () => {
    const port = await freePort();
    await (await serve(port)).stop();
    const database = new DatabaseSync(await databaseFile());
    database.exec("INSERT INTO d1_migrations (name) VALUES ('0099_later.sql')");
    database.close();
    const said = await refusal({ PORT: String(port), OFFHOOK_STATE: directory });
    expect(said).toContain('0099_later.sql');
    expect(said).toContain('npm run reset');

    await writeFile(join(directory, 'state', 'not-ours'), '');
    expect(await reset(directory).ended).toBe(0);
    expect(await readdir(join(directory, 'state'))).toEqual(['not-ours']);
    await serve(port);
  });

  test('when the data cannot be read', async () => {
    const port = await freePort();
    await (await serve(port)).stop();
    for (const log of ['-wal', '-shm']) await rm(`${await databaseFile()}${log}`);
    await writeFile(await databaseFile(), 'not a database at all'.repeat(1000));
    const said = await refusal({ PORT: String(port), OFFHOOK_STATE: directory });
    expect(said).toContain('cannot be read');
    expect(said).toContain('npm run reset');
  });

  async function databaseFile(): Promise<string> {
    const databases = join(directory, 'state/v3/d1/miniflare-D1DatabaseObject');
    const file = (await readdir(databases)).find(
      (name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite',
    );
    return join(databases, file ?? 'missing');
  }
});

describe('what is served', () => {
  let served: Command;
  let servedFrom: string;
  let origin: string;

  beforeAll(async () => {
    servedFrom = await mkdtemp(join(tmpdir(), 'offhook-served-'));
    const port = await freePort();
    origin = `http://localhost:${port}`;
    served = start({ PORT: String(port), OFFHOOK_STATE: servedFrom });
    await served.serving();
  });

  afterAll(async () => {
    await served.stop();
    await rm(servedFrom, { recursive: true, force: true });
  });

  test.each([
    ['the inbox page', '/'],
    ['a page of the inbox', '/p/lakeside'],
    ['its program', '/assets/inbox.js'],
    ['its style', '/assets/inbox.css'],
    ['the handset', '/simulator'],
    ['an answer', '/healthz'],
    ['a refusal', '/api/session'],
    ['an unknown address', '/api/nothing'],
  ])('%s carries the strict headers', async (_, path) => {
    const { headers } = await fetch(origin + path);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(headers.get(name), name).toBe(value);
  });

  test('no page has script or style of its own, or from elsewhere', async () => {
    for (const path of ['/', '/simulator']) {
      const page = await (await fetch(origin + path)).text();
      expect(page).not.toMatch(
        /<script(?![^>]*\ssrc="\/)|<style|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//,
      );
    }
  });

  test.each(['/api/nothing', '/hooks/nothing', '/carriers/nothing', '/simulator/nothing'])(
    '%s is answered by the Worker, as a problem',
    async (path) => {
      const answer = await fetch(origin + path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { requestId: expect.any(String) } });
    },
  );

  test('any other address is a page of the inbox, for its own program to show', async () => {
    const answer = await fetch(`${origin}/some/page`, { headers: { 'Sec-Fetch-Mode': 'navigate' } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('/assets/inbox.js');
  });
});
