import { listDurableObjectIds } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { USE_CASES, type UseCase } from '../../src/domain/triggers/use-case.ts';
import { recipesFor } from '../../src/phone-systems/phone-systems.ts';
import { type Recipe, SAMPLE_CALLER, type Sample } from '../../src/phone-systems/recipe.ts';
import { seedLocal } from '../../src/practices/seed-local.ts';
import { forgetTriggers } from '../../src/practices/triggers.ts';
import {
  expectTexts,
  fire,
  HANGUP,
  JSON_TYPE,
  post,
  refused,
  skipped,
  texting,
  textsTo,
} from './hook-request.ts';

const TOKENS: Record<UseCase, string> = {
  'call-to-text': 'lakeside-hold-en',
  'abandoned-call': 'lakeside-hangup-en',
};

/** All that are to be fired: for each use case those of the phone systems that can do it. */
const recipes = USE_CASES.flatMap((useCase) =>
  recipesFor({
    url: `https://offhook.example${addressFor(useCase)}`,
    practiceName: 'Lakeside Family Clinic',
    useCase,
    language: 'en',
  })
    .filter((recipe): recipe is Extract<Recipe, { kind: 'recipe' }> => recipe.kind === 'recipe')
    .map((recipe) => ({ ...recipe, useCase })),
);

const WITHHELD = ['anonymous', '', 'Restricted', '2666966 87', '7378742833', '+17378742833', '86282452253'];

let callers = 1000;

function newCaller(): string {
  callers += 1;
  return `206305${callers}`;
}

function addressFor(useCase: UseCase): string {
  return `/hooks/demo/${useCase}/${TOKENS[useCase]}`;
}

/** The sample as it stands, from another caller. */
function fireSample(useCase: UseCase, { method, query, headers, body }: Sample, caller: string) {
  const from = (text: string) => text.replaceAll(SAMPLE_CALLER, caller);
  return fire(`${addressFor(useCase)}${query === '' ? '' : `?${from(query)}`}`, {
    method,
    headers,
    ...(body === null ? {} : { body: from(body) }),
  });
}

/** The same from somebody whose number is not shown, whatever stood around the number. */
function withheldAs(word: string, sample: Sample): Sample {
  const written = /(?:tel:|sip:)?(?:\+|%2B)?1?2065550123(?:@sbc\.example\.com)?/g;
  const isForm = sample.headers['Content-Type'] !== 'application/json';
  const body = sample.body?.replace(written, isForm ? encodeURIComponent(word) : word) ?? null;
  return { ...sample, query: sample.query.replace(written, encodeURIComponent(word)), body };
}

beforeAll(() => seedLocal(env.DB, env.ENVIRONMENT));

describe.each(recipes)('the recipe for $name, $useCase', ({ system, useCase, sample }) => {
  it('sends what leads to one text to its caller, and to nobody else', async () => {
    const caller = newCaller();
    expect(await fireSample(useCase, sample, caller)).toMatchObject(texting);
    await expectTexts(caller, ['+12062020100']);
    if (!sample.hasCallId) return;
    expect(await fireSample(useCase, sample, caller)).toMatchObject(skipped('duplicate'));
    expect(await textsTo(caller)).toHaveLength(1);
  });

  it('sends the same to a trigger that names its phone system', async () => {
    const token = TOKENS[useCase];
    await env.DB.prepare('UPDATE triggers SET phone_system = ? WHERE token = ?').bind(system, token).run();
    forgetTriggers();
    const caller = newCaller();
    expect(await fireSample(useCase, sample, caller)).toMatchObject(texting);
    await expectTexts(caller, ['+12062020100']);
    await env.DB.prepare('UPDATE triggers SET phone_system = NULL WHERE token = ?').bind(token).run();
    forgetTriggers();
  });

  it('texts nobody whose number is withheld, in words or on a keypad', async () => {
    const before = await listDurableObjectIds(env.CONVERSATION);
    for (const word of WITHHELD) {
      const withheld = withheldAs(word, sample);
      expect(JSON.stringify(withheld)).not.toContain(SAMPLE_CALLER);
      expect(await fireSample(useCase, withheld, ''), word).toMatchObject(skipped('withheld'));
    }
    expect(await listDurableObjectIds(env.CONVERSATION)).toHaveLength(before.length);
  });

  it('texts nobody as it stands, since its number is nobody’s', async () => {
    expect(await fireSample(useCase, sample, SAMPLE_CALLER)).toMatchObject(skipped('not-textable'));
  });
});

describe('RingCentral', () => {
  const event = (from: object, direction = 'Inbound') => ({
    event: '/restapi/v1.0/account/1/extension/9/telephony/sessions',
    body: {
      telephonySessionId: 's-1',
      parties: [{ direction, from, to: { phoneNumber: '+12065550100' }, missedCall: true }],
    },
  });
  const send = (body: object) => fire(HANGUP, post(JSON.stringify(body), JSON_TYPE));

  it('gets its token back before it subscribes, in less than it takes', async () => {
    const token = '3f2c1e5a-9d3b-4c8e-8a51-7f0d2b6c9e11';
    const url = `https://offhook.example${HANGUP}`;
    const ask = (method: string, headers: HeadersInit) =>
      exports.default.fetch(new Request(url, { method, headers }));
    const answered = await ask('POST', { 'Validation-Token': token });
    const head = [...answered.headers].map((pair) => pair.join(': ')).join('\r\n');
    expect([answered.status, answered.headers.get('Validation-Token')]).toEqual([200, token]);
    // Its limit is 1,024 bytes, headers included.
    expect(head.length + (await answered.text()).length).toBeLessThan(1024);
    const odd = await ask('POST', { 'Validation-Token': '<script>' });
    expect([odd.status, odd.headers.get('Validation-Token')]).toEqual([422, null]);
    const elsewhere = await fire(`${HANGUP}x`, { method: 'POST', headers: { 'Validation-Token': token } });
    expect(elsewhere).toMatchObject(refused(404, 'unknown-trigger'));
  });

  it('is read, not validated, where its events carry the token too', async () => {
    const caller = newCaller();
    const headers = { ...JSON_TYPE, 'Validation-Token': 'hello-world' };
    const body = JSON.stringify(event({ phoneNumber: `+1${caller}` }));
    expect(await fire(HANGUP, post(body, headers))).toMatchObject(texting);
    await expectTexts(caller, ['+12062020100']);
  });

  it('is never answered with anything but 200, because that would end its subscription', async () => {
    expect(await send(event({ phoneNumber: '103' }))).toMatchObject(refused(200, 'unreadable-caller'));
    expect(await send(event({}))).toMatchObject(refused(200, 'missing-caller'));
    expect(await send(event({ phoneNumber: 'anonymous' }))).toMatchObject(skipped('withheld'));
    const desk = event({ phoneNumber: `+1${newCaller()}`, extensionId: '8' });
    expect(await send(desk)).toMatchObject(skipped('other-event'));
    const outbound = event({ phoneNumber: `+1${newCaller()}` }, 'Outbound');
    expect(await send(outbound)).toMatchObject(skipped('other-event'));
  });
});

describe('an event that is no reason to text', () => {
  it.each([
    ['somebody answered', 'answered', { from: '2063051999', call_id: 'c-9', event: 'answered' }],
    ['a phone rings', 'other-event', { from: '2063051999', call_id: 'c-9', event: 'ringing' }],
    ['staff call somebody', 'other-event', { from: '2063051999', call_id: 'c-9', direction: 'outbound' }],
  ])('because %s leads to none', async (_, reason, body) => {
    expect(await fire(HANGUP, post(JSON.stringify(body), JSON_TYPE))).toMatchObject(skipped(reason));
    expect(await textsTo('2063051999')).toEqual([]);
  });
});

it.each([
  ['application/xml', '<request><ani>2063051998</ani></request>'],
  ['text/xml; charset=utf-8', '<ani>2063051998</ani>'],
  ['application/soap+xml', '<ani>2063051998</ani>'],
  ['application/x-www-form-urlencoded', '<?xml version="1.0"?><ani a="1">2063051998</ani>'],
])('XML, sent as %s, is refused with what to choose instead', async (type, body) => {
  const { status, answer } = await fire(HANGUP, post(body, { 'Content-Type': type }));
  expect([status, answer.error.code]).toEqual([415, 'wrong-media-type']);
  expect(answer.error.message).toMatch(/choose JSON/);
});
