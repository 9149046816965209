import { env, exports } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { emptyData } from '../empty-data.ts';
import { codeOf, ORIGIN, signedInAs } from './staff-browser.ts';

beforeEach(async () => {
  await emptyData();
  await seedLocal(env.DB, 'local');
});

const RIGHT = JSON.stringify({ email: 'staff@lakeside.example', password: 'offhook-demo' });
const JSON_TYPE = { 'Content-Type': 'application/json' };

function post(body: BodyInit | null, headers: Record<string, string> = JSON_TYPE, path = '/api/session') {
  return exports.default.fetch(ORIGIN + path, { method: 'POST', headers, body });
}

async function refusal(response: Response) {
  const { error } = await response.json<{ error: { code: string; message: string; requestId: string } }>();
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(error.requestId).not.toBe('');
  return { status: response.status, code: error.code, message: error.message };
}

describe('a request that changes something', () => {
  it.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['our name on another port', { Origin: `${ORIGIN}:8443` }],
    ['our name without https', { Origin: 'http://offhook.example' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['a neighbouring host, by an old browser', { 'Sec-Fetch-Site': 'same-site' }],
    ['another site, by an old browser', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('is refused from %s', async (_, headers) => {
    expect(await refusal(await post(RIGHT, { ...JSON_TYPE, ...headers }))).toMatchObject({
      status: 403,
      code: 'foreign-origin',
    });
  });

  it.each([
    ['our own page', { Origin: ORIGIN }],
    ['a page that tells only that it is ours', { 'Sec-Fetch-Site': 'same-origin' }],
    ['a program', {}],
  ])('is taken from %s', async (_, headers) => {
    expect((await post(RIGHT, { ...JSON_TYPE, ...headers })).status).toBe(200);
  });

  it('is refused before it is known who sends it, whatever the method', async () => {
    const admin = await signedInAs('admin@offhook.example');
    const headers = { Origin: 'https://evil.example' };
    const change = await admin.ask('/api/enterprise', { method: 'PATCH', json: { name: 'Pwned' }, headers });
    expect(await codeOf(change)).toBe('foreign-origin');
    expect(await codeOf(await admin.ask('/api/session', { method: 'DELETE', headers }))).toBe(
      'foreign-origin',
    );
    expect(await admin.status()).toBe(200);
  });

  it('and so is a socket of another site, which would carry our cookie', async () => {
    const staff = await signedInAs('staff@lakeside.example');
    const open = (Origin: string) =>
      staff.ask('/api/practices/lakeside/inbox', { headers: { Upgrade: 'websocket', Origin } });
    expect(await codeOf(await open('https://evil.example'))).toBe('foreign-origin');
    const ours = await open(ORIGIN);
    expect(ours.status).toBe(101);
    ours.webSocket?.accept();
    ours.webSocket?.close();
  });
});

describe('a body', () => {
  it.each([
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['text, which needs no permission of ours to be sent', { 'Content-Type': 'text/plain' }],
    ['nothing said', {}],
    ['nearly JSON', { 'Content-Type': 'application/jsonp' }],
  ])('has to come as JSON, not as %s', async (_, headers) => {
    const body = new TextEncoder().encode(RIGHT);
    expect(await refusal(await post(body, headers))).toMatchObject({ status: 415, code: 'wrong-media-type' });
  });

  it('may name its charset', async () => {
    expect((await post(RIGHT, { 'Content-Type': 'Application/JSON; charset=utf-8' })).status).toBe(200);
  });

  it.each([
    ['', 'nothing'],
    ['{', 'half an object'],
    ['{"email":', 'half a field'],
    ['undefined', 'a word'],
    [`${'['.repeat(8000)}`, 'eight thousand open brackets'],
  ])('has to be JSON: %.10s', async (body) => {
    expect(await refusal(await post(body))).toMatchObject({ status: 400, code: 'malformed-request' });
  });

  it('nested as deeply as fits is refused like any other wrong one', async () => {
    const body = '['.repeat(8000) + ']'.repeat(8000);
    expect(await refusal(await post(body))).toMatchObject({ status: 400, code: 'invalid-request' });
  });

  it('is at most 16 kB, said or not', async () => {
    const large = JSON.stringify({ email: 'x'.repeat(20_000), password: 'y' });
    expect(await refusal(await post(large))).toMatchObject({ status: 413, code: 'too-large' });
    const stream = new Blob([large]).stream();
    expect(await refusal(await post(stream))).toMatchObject({ status: 413, code: 'too-large' });
  });

  it.each([
    ['email', { password: 'secret-word' }],
    ['email', { email: 7, password: 'secret-word' }],
    ['email', { email: `${'x'.repeat(300)}secret-word`, password: 'p' }],
    ['email', { email: ['secret-word'], password: 'p' }],
    ['password', { email: 'secret-word@x.example', password: null }],
    ['password', { email: 'secret-word@x.example', password: 'secret-word'.repeat(30) }],
  ])('with a wrong field is answered by its name, %s, and not by what was sent', async (field, body) => {
    const { status, code, message } = await refusal(await post(JSON.stringify(body)));
    expect([status, code]).toEqual([400, 'invalid-request']);
    expect(message).toContain(`“${field}”`);
    expect(message).not.toContain('secret-word');
  });

  it('with a wrong field is told in plain words', async () => {
    const told = async (body: object) => (await refusal(await post(JSON.stringify(body)))).message;
    expect(await told({ password: 'p' })).toBe('Check “email”: it is missing.');
    expect(await told({ email: 7, password: 'p' })).toBe('Check “email”: it has to be a text.');
    const ana = await signedInAs('staff@lakeside.example');
    const message = { id: 'x', kind: 'letter', body: '2065550123' };
    const nowhere = `/api/conversations/${'0'.repeat(64)}/messages`;
    const asked = async (json: object) =>
      (await refusal(await ana.ask(nowhere, { method: 'POST', json }))).message;
    expect(await asked(message)).toBe('Check “id”: it has to be a UUID.');
    expect(await asked({ ...message, id: crypto.randomUUID() })).toBe('Check “kind”: use reply or note.');
  });

  it.each(['null', '7', '"text"', '[]'])('that is not an object is refused: %s', async (body) => {
    expect(await refusal(await post(body))).toMatchObject({ status: 400, code: 'invalid-request' });
  });

  it('with fields nobody knows is taken without them', async () => {
    const body = RIGHT.replace('{', '{"isAdmin":true,"__proto__":{"isAdmin":true},"constructor":1,');
    const answer = await post(body);
    expect(await answer.json()).toMatchObject({ staff: { isAdmin: false } });
  });
});

describe('another method', () => {
  it.each(['/api/session', '/api/enterprise', '/api/first-admin'])('is refused on %s', async (path) => {
    const answer = await exports.default.fetch(ORIGIN + path, { method: 'PUT' });
    expect([answer.status, await codeOf(answer)]).toEqual([405, 'wrong-method']);
  });
});

describe('the OpenAPI document', () => {
  it('is made from the same schemas', async () => {
    const answer = await exports.default.fetch(`${ORIGIN}/api/openapi.json`);
    const { paths } = await answer.json<{ paths: Record<string, Record<string, object>> }>();
    expect(paths['/api/session']?.post).toMatchObject({
      summary: 'Sign in',
      requestBody: {
        content: {
          'application/json': {
            schema: {
              properties: { email: { type: 'string', maxLength: 254 } },
              required: ['email', 'password'],
            },
          },
        },
      },
    });
    expect(paths['/api/enterprise']).toHaveProperty('patch');
  });
});
