import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Firing, GotThrough } from '../../src/domain/calls/firing.ts';
import type { Env } from '../../src/env.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { hostileEvent, OTHERS, pairsOf } from '../domain/hostile-events.ts';
import { mayBeTexted } from '../domain/written-numbers.ts';
import { fireWith, HANGUP } from './hook-request.ts';

const NOT_CALLERS = OTHERS.map((number) => `+1${number.slice(-10)}`);
const OWN_NUMBERS = ['+12062020100', '+12062020200', '+12065550101', '+12065550102'];

/** The Worker with everything but the conversation, which only notes what it is asked to text. */
function noting(firings: Firing[]): Partial<Env> {
  const fire = async (firing: Firing) => {
    const led = { heldUntil: null, conversationId: 'noted', messageId: firing.messageId };
    const outcome = firing.isDryRun ? 'dry-run' : 'texting';
    if (!firing.isDryRun) firings.push(firing);
    // In the place of the conversation that would tell the inbox.
    return { outcome, activity: { ...firing.activity, ...led, outcome } };
  };
  const gotThrough = async ({ activity }: GotThrough) => ({
    outcome: 'answered',
    activity: { ...activity, outcome: 'answered', heldUntil: null, conversationId: null, messageId: null },
  });
  return {
    CONVERSATION: {
      idFromName: (id: string) => id,
      get: () => ({ id: 'noted', fire, gotThrough }),
    } as unknown as Env['CONVERSATION'],
  };
}

const callers = [
  '2062020123',
  '+12062020123',
  ' 12062020123',
  'sip:+12062020123@10.0.0.7;user=phone',
  'tel:+1-206-202-0123',
  '"A" <sip:2062020123@x>',
  '7378742833',
  '+17378742833',
  '2666966 87',
  'anonymous',
  '',
  'sip:anonymous@anonymous.invalid',
  'Private number',
  '103',
  '8005551234',
  '9005551234',
  '2065550100',
  '2062020100',
  '+12065550101',
  '+447911123456',
  '1'.repeat(300),
  "'; DROP TABLE triggers;--",
  '<script>',
  '\u0000',
  '\ud800',
  '%',
  '%zz',
  '２０６２０２０１２３',
];

const name = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      'CALLER_ID_NUMBER',
      'from',
      'From',
      'caller',
      'ani',
      'Call.Ani',
      'number',
      'to',
      'call_id',
      'dry_run',
      'duration',
      'time',
      '__proto__',
      'toString',
      '',
    ),
    weight: 5,
  },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 1 },
);
const leaf = fc.oneof(
  { arbitrary: fc.constantFrom(...callers), weight: 4 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }), weight: 1 },
);
const pairs = fc.array(fc.tuple(name, leaf), { maxLength: 5 });
const json = fc.letrec((again) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(
      leaf,
      fc.constantFrom(2062020123, 12062020123, -2062020123, 7378742833, 206202012.3, 1e300, true, null),
    ),
    fc.array(again('value'), { maxLength: 3 }),
    fc.dictionary(name, again('value'), { maxKeys: 4 }),
  ),
})).value;

const formText = pairs.map((fields) => new URLSearchParams(wellFormed(fields)).toString());
const nearlyRight = fc
  .tuple(
    fc.constantFrom('CALLER_ID_NUMBER', 'From', 'call.ani'),
    leaf,
    fc.dictionary(name, json, { maxKeys: 2 }),
  )
  .map(([key, value, others]) => JSON.stringify({ ...others, [key]: value }));
const body = fc.oneof(
  { arbitrary: nearlyRight, weight: 3 },
  { arbitrary: hostileEvent.map((event) => JSON.stringify(event)), weight: 6 },
  {
    arbitrary: hostileEvent.map((event) => new URLSearchParams(wellFormed(pairsOf(event))).toString()),
    weight: 2,
  },
  fc.constant(undefined),
  formText,
  fc.dictionary(name, json, { maxKeys: 5 }).map((value) => JSON.stringify(value)),
  json.map((value) => JSON.stringify(value)),
  fc.dictionary(name, json, { maxKeys: 5 }).chain((value) => {
    const text = JSON.stringify(value);
    return fc.nat(text.length).map((end) => text.slice(0, end));
  }),
  pairs.map(multipartText),
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom(
    '['.repeat(16_000),
    '{"a":'.repeat(3000),
    `{"from":"${'2'.repeat(16_000)}"}`,
    'a=&'.repeat(5000),
    'x'.repeat(20_000),
  ),
);
const contentType = fc.constantFrom(
  undefined,
  'application/json',
  'Application/JSON; charset=utf-16',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'application/xml',
  ';',
);
const wrongPath = fc
  .tuple(
    fc.constantFrom('demo', 'live', 'local', '%00'),
    fc.constantFrom('abandoned-call', 'call-to-text', '..%2f'),
    fc.constantFrom('lakeside-hangup-en', 'lakeside-hold-es', 'nobody', '%ff', 'a'.repeat(300)),
  )
  .map((parts) => `/hooks/${parts.join('/')}`);
const TRIGGERS = [HANGUP, '/webhook/jive/lakeside-hold-es', '/hooks/demo/call-to-text/harbor-hold-en'];
const path = fc.oneof(
  { arbitrary: fc.constantFrom(...TRIGGERS), weight: 6 },
  { arbitrary: wrongPath, weight: 1 },
);
const query = fc.oneof(
  fc.constant(''),
  formText,
  fc.string({ maxLength: 60 }).map((text) => text.replaceAll('#', '')),
);
const method = fc.oneof(
  { arbitrary: fc.constantFrom('POST', 'POST', 'GET'), weight: 9 },
  { arbitrary: fc.constantFrom('PUT', 'HEAD', 'DELETE'), weight: 1 },
);

beforeAll(() => seedLocal(env.DB, env.ENVIRONMENT));

it('whatever a phone system sends, it gets a short answer that is not a failure, and nobody is texted but a caller who can be', async () => {
  const seen = new Map<string, number>();
  let fired = 0;
  await fc.assert(
    fc.asyncProperty(
      path,
      query,
      method,
      contentType,
      body,
      async (path, query, method, contentType, body) => {
        const firings: Firing[] = [];
        const hasBody = method !== 'GET' && method !== 'HEAD' && body !== undefined;
        const { status, answer, length } = await fireWith(
          noting(firings),
          query === '' ? path : `${path}?${query}`,
          {
            method,
            headers: contentType === undefined ? {} : { 'Content-Type': contentType },
            ...(hasBody ? { body: typeof body === 'string' ? new TextEncoder().encode(body) : body } : {}),
          },
        );
        if (isTrigger(path)) fired += 1;
        const outcome = `${status} ${answer?.reason ?? answer?.result ?? answer?.error.code}`;
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);

        expect(status).toBeLessThan(500);
        expect(length).toBeLessThan(1024);
        expect(firings).toHaveLength(answer?.result === 'texting' ? 1 : 0);
        for (const { caller } of firings) {
          expect(caller.slice(0, 2) === '+1' && mayBeTexted(caller.slice(2)), caller).toBe(true);
          expect(OWN_NUMBERS).not.toContain(caller);
          expect(NOT_CALLERS).not.toContain(caller);
        }
      },
    ),
    { numRuns: 6000 },
  );
  // Refusals included; what was turned away in the flood is counted, and written a little later.
  await expect.poll(activities, { timeout: 15_000, interval: 500 }).toBe(fired);
  // Otherwise the requests were not hostile enough, or too hostile.
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining([
      '200 texting',
      '200 withheld',
      '200 not-textable',
      '200 dry-run',
      '200 other-event',
      '400 malformed-request',
      '404 unknown-trigger',
      '405 wrong-method',
      '413 too-large',
      '415 wrong-media-type',
      '422 missing-caller',
      '422 unreadable-caller',
    ]),
  );
}, 120_000);

/** Also those with the token of a trigger in an address that is otherwise wrong: its practice sees these too. */
function isTrigger(path: string): boolean {
  return TRIGGERS.includes(path) || /\/(?:lakeside|harbor)-(?:hold|hangup)-(?:en|es)$/.test(path);
}

/** How many firings the activity of all practices tells of. */
async function activities(): Promise<number> {
  const counts = ['lakeside', 'harbor'].map((practice) =>
    runInDurableObject(env.INBOX.get(env.INBOX.idFromName(practice)), (_, { storage }) => {
      const { n } = storage.sql.exec("SELECT sum(activity ->> '$.count') AS n FROM activities").one();
      return Number(n);
    }),
  );
  return (await Promise.all(counts)).reduce((sum, n) => sum + n, 0);
}

function wellFormed(fields: [string, string][]): [string, string][] {
  return fields.map(([key, value]) => [key.toWellFormed(), value.toWellFormed()]);
}

function multipartText(fields: [string, string][]): string {
  const parts = fields.map(
    ([key, value]) => `--x\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--x--\r\n`;
}
