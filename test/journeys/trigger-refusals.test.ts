import { listDurableObjectIds } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import { fire, fireWith, HANGUP, JSON_TYPE, post, refused, skipped, textsTo } from './hook-request.ts';

beforeAll(() => seedLocal(env.DB, env.ENVIRONMENT));

describe('nobody is texted and nothing is left behind', () => {
  const caller = '2063040001';

  async function leavingNothing(send: () => Promise<unknown>): Promise<void> {
    const before = await listDurableObjectIds(env.CONVERSATION);
    await send();
    expect(await listDurableObjectIds(env.CONVERSATION)).toHaveLength(before.length);
    expect(await textsTo(caller)).toEqual([]);
  }

  it.each([
    ['withheld', 'from=anonymous'],
    ['withheld', 'from='],
    ['withheld', 'from=+17378742833'],
    ['not-textable', 'from=8002020123'],
    ['not-textable', 'from=2065550100'],
    ['not-textable', 'from=%2B447911123456'],
    ['not-textable', 'from=2062020100'],
    ['not-textable', 'from=2062020200'],
  ])('as %s: %s', (reason, query) =>
    leavingNothing(async () => {
      expect(await fire(`${HANGUP}?${query}`)).toMatchObject(skipped(reason));
    }),
  );

  it('as a dry run, which asks the conversation and does not begin it', async () => {
    expect(await fire(`${HANGUP}?from=${caller}&dry_run=1`)).toMatchObject(skipped('dry-run'));
    const id = env.CONVERSATION.idFromName(`lakeside-main +1${caller}`);
    expect(await env.CONVERSATION.get(id).published(1)).toBeNull();
    expect(await textsTo(caller)).toEqual([]);
  });

  it('while the trigger is off, though what is wrong with the number is told first', () =>
    leavingNothing(async () => {
      await env.DB.prepare("UPDATE triggers SET is_on = 0 WHERE id = 'harbor-hold-en'").run();
      const path = '/hooks/demo/call-to-text/harbor-hold-en';
      expect(await fire(`${path}?from=${caller}`)).toMatchObject(skipped('trigger-off'));
      expect(await fire(`${path}?from=private`)).toMatchObject(skipped('withheld'));
      expect(await fire(`${path}?from=103`)).toMatchObject(refused(422, 'unreadable-caller'));
    }));

  it.each([
    ['an unknown token', '/hooks/demo/abandoned-call/nobody-knows-it'],
    ['a token of another use case', '/hooks/demo/call-to-text/lakeside-hangup-en'],
    ['an unknown use case', '/hooks/demo/both/lakeside-hangup-en'],
    ['another environment', '/hooks/live/abandoned-call/lakeside-hangup-en'],
    ['no environment', '/hooks/local/abandoned-call/lakeside-hangup-en'],
    ['an endless token', `/hooks/demo/abandoned-call/${'a'.repeat(5000)}`],
    ['a token that is no text', '/hooks/demo/abandoned-call/%E0%A4%A'],
    ['a token that is SQL', "/hooks/demo/abandoned-call/'%20OR%201=1"],
    ['an unknown token in the short form', '/webhook/jive/nobody-knows-it'],
    ['no token', '/hooks/demo/abandoned-call'],
    ['a slash too many', `${HANGUP}/`],
    ['a short form without a token', '/webhook/jive'],
  ])('at an address with %s', (_, path) =>
    leavingNothing(async () => {
      expect(await fire(`${path}?from=${caller}`)).toMatchObject(refused(404, 'unknown-trigger'));
      expect(await fire(path, post('not even JSON', JSON_TYPE))).toMatchObject(
        refused(404, 'unknown-trigger'),
      );
    }),
  );

  it('once the trigger is revoked', () =>
    leavingNothing(async () => {
      await env.DB.prepare("UPDATE triggers SET revoked_at = 1 WHERE id = 'harbor-hangup-en'").run();
      forgetTriggers();
      expect(await fire(`/webhook/jive/harbor-hangup-en?from=${caller}`)).toMatchObject(
        refused(404, 'unknown-trigger'),
      );
    }));

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('by the method %s', (method) =>
    leavingNothing(async () => {
      for (const path of [HANGUP, '/webhook/jive/lakeside-hangup-en']) {
        const { status, headers, answer } = await fire(`${path}?from=${caller}`, { method });
        expect([status, headers.get('Allow')]).toEqual([405, 'GET, POST']);
        if (method !== 'HEAD') expect(answer.error.code).toBe('wrong-method');
      }
    }),
  );

  it.each([
    ['no caller', 422, 'missing-caller', '{}', 'application/json'],
    ['an extension', 422, 'unreadable-caller', '{"from":"103"}', 'application/json'],
    ['an object for a caller', 422, 'missing-caller', '{"from":{"x":1}}', 'application/json'],
    ['half an object', 400, 'malformed-request', '{"from":', 'application/json'],
    ['a list', 400, 'malformed-request', `[{"from":"${caller}"}]`, 'application/json'],
    ['a string', 400, 'malformed-request', `"${caller}"`, 'application/json'],
    ['null', 400, 'malformed-request', 'null', 'application/json'],
    ['a form that is called JSON', 400, 'malformed-request', `from=${caller}`, 'application/json'],
    [
      'half an object that is called a form',
      400,
      'malformed-request',
      '{"from":',
      'application/x-www-form-urlencoded',
    ],
    ['a form without its boundary', 400, 'malformed-request', 'from', 'multipart/form-data'],
    ['a form with the wrong boundary', 400, 'malformed-request', 'from', 'multipart/form-data; boundary=x'],
    ['XML', 415, 'wrong-media-type', `<from>${caller}</from>`, 'application/xml'],
    ['a picture', 415, 'wrong-media-type', 'GIF89a', 'image/gif'],
    ['plain text', 415, 'wrong-media-type', caller, 'text/plain'],
    [
      'thousands of levels',
      422,
      'missing-caller',
      `{"a":${'['.repeat(8000)}${']'.repeat(8000)}}`,
      'application/json',
    ],
    [
      'more than 16 kB',
      413,
      'too-large',
      `{"from":"${caller}","x":"${'x'.repeat(17_000)}"}`,
      'application/json',
    ],
    ['more than 16 kB of a type that is not read', 413, 'too-large', 'x'.repeat(17_000), 'image/gif'],
  ])('by a body with %s', (_, status, code, body, type) =>
    leavingNothing(async () => {
      expect(await fire(HANGUP, post(body, { 'Content-Type': type }))).toMatchObject(refused(status, code));
    }),
  );

  it('by an endless body, of which no more is read than allowed', () =>
    leavingNothing(async () => {
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1024;
          controller.enqueue(new Uint8Array(1024).fill(0x20));
        },
      });
      expect(await fireWith({}, HANGUP, post(endless, JSON_TYPE))).toMatchObject(refused(413, 'too-large'));
      expect(sent).toBeLessThan(64 * 1024);
    }));

  it('by a body that breaks off', () =>
    leavingNothing(async () => {
      const broken = new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(`{"from":"${caller}"}`));
          controller.error(new Error('Network connection lost.'));
        },
      });
      const answered = await fireWith({}, HANGUP, post(broken, JSON_TYPE));
      expect(answered).toMatchObject(refused(400, 'malformed-request'));
    }));

  it('by a body that claims to be longer than it is', () =>
    leavingNothing(async () => {
      const claim = post(`{"from":"${caller}"}`, { ...JSON_TYPE, 'Content-Length': '99999' });
      expect(await fireWith({}, HANGUP, claim)).toMatchObject(refused(413, 'too-large'));
    }));

  it('by an answer, which never repeats what was sent', async () => {
    for (const body of [
      `{"from":"${caller}x"}`,
      `{"from":"8005551234","Body":"secret"}`,
      `{"from":"${caller}"`,
    ]) {
      const { answer } = await fire(HANGUP, post(body, JSON_TYPE));
      // Its own number is of chance digits.
      expect(JSON.stringify(answer).replace(/"requestId":"[^"]+"/, '')).not.toMatch(/206304|555|secret/);
    }
  });
});
