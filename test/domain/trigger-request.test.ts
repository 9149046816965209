import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOfJson, fieldsOfPairs } from '../../src/phone-systems/reading.ts';
import { readAnything } from '../../src/phone-systems/reading-anything.ts';

const NOW = Date.parse('2026-11-03T18:00:00Z');
const NUMBER = '2062020123';

function ofJson(body: object) {
  return readAnything(fieldsOfJson(body), NOW);
}

function ofQuery(query: string) {
  return readAnything(fieldsOfPairs(new URLSearchParams(query)), NOW);
}

/** An object inside an object inside … `depth` times. */
function nested(depth: number, innermost: object): object {
  return depth === 0 ? innermost : { payload: nested(depth - 1, innermost) };
}

describe('a request of a phone system names the caller', () => {
  it.each(
    'CALLER_ID_NUMBER caller_id callerid calleridnumber CallerIDNum caller caller_number callernum from ani Call.Ani phone phone_number number msisdn external_number CustomerEndpoint.Address'.split(
      ' ',
    ),
  )('as %s, in any spelling, in a query, a form and JSON', (name) => {
    const dotless = name.replaceAll('.', '');
    const spellings = [
      name,
      name.toUpperCase(),
      name.toLowerCase(),
      name.replaceAll('_', '-'),
      name.replaceAll('_', '.'),
      dotless,
    ];
    for (const spelling of spellings) {
      expect(ofQuery(`${spelling}=${NUMBER}`).caller, spelling).toBe(NUMBER);
      expect(ofJson({ [spelling]: NUMBER }).caller, spelling).toBe(NUMBER);
      expect(ofJson({ event: { [spelling]: Number(NUMBER) } }).caller, spelling).toBe(NUMBER);
    }
  });

  it.each([
    ['GoTo Connect', { CALLER_ID_NUMBER: NUMBER, somethingNew: { x: 1 } }, null],
    ['Asterisk', { CallerIDNum: NUMBER, Uniqueid: '1762192800.42', Exten: '600' }, '1762192800.42'],
    ['3CX', { 'session.ani': NUMBER, 'session.dnis': '2062020199' }, null],
    ['Yeastar', { $Session: { ani: NUMBER } }, null],
    [
      'Genesys Cloud',
      { Call: { Ani: NUMBER, CalledAddress: 'tel:+12062020199' }, conversationId: 'g-1' },
      'g-1',
    ],
    [
      'Amazon Connect',
      {
        Details: {
          ContactData: {
            ContactId: 'a-1',
            CustomerEndpoint: { Address: NUMBER, Type: 'TELEPHONE_NUMBER' },
            SystemEndpoint: { Address: '+12062020199', Type: 'TELEPHONE_NUMBER' },
          },
          Parameters: {},
        },
        Name: 'ContactFlowEvent',
      },
      'a-1',
    ],
    [
      'Twilio',
      { CallSid: 'CA1', To: '+12062020199', Called: '+12062020199', From: NUMBER, CallerCity: 'SEATTLE' },
      'CA1',
    ],
    [
      'RingCentral',
      {
        event: '/restapi/v1.0/account/1/telephony/sessions',
        body: {
          telephonySessionId: 's-1',
          parties: [
            {
              to: { phoneNumber: '+12062020199' },
              from: { phoneNumber: NUMBER, name: 'ANA' },
              direction: 'Inbound',
            },
          ],
        },
      },
      's-1',
    ],
    [
      'Zoom Phone',
      {
        event: 'phone.callee_missed',
        payload: {
          object: {
            callee: { extension_id: 'e', phone_number: '+12062020199' },
            caller: { id: 'c-7', phone_number: NUMBER },
            call_id: 'z-1',
          },
        },
      },
      'z-1',
    ],
    [
      'Dialpad',
      {
        target: { phone: '+12062020199', id: 5 },
        entry_point_target: { phone: '+12062020198' },
        internal_number: '+12062020197',
        external_number: NUMBER,
        contact: { id: 'p-1', phone: '+12062020196' },
        call_id: 77001,
      },
      '77001',
    ],
    [
      'Asterisk REST',
      { channel: { caller: { name: 'Ana', number: NUMBER }, connected: { number: '100' } } },
      null,
    ],
  ])('in the manner of %s', (_, body, callId) => {
    expect(ofJson(body)).toMatchObject({ caller: NUMBER, callId });
  });

  it('by the most explicit name there is', () => {
    expect(ofJson({ number: '1', from: '2', CALLER_ID_NUMBER: NUMBER, caller_id: '3' }).caller).toBe(NUMBER);
    expect(ofJson({ phone: '1', deep: { from: NUMBER } }).caller).toBe(NUMBER);
  });

  it('more believably in the body than in the query, but explicitly anywhere', () => {
    const ask = (query: string, body: object) =>
      readAnything([...fieldsOfJson(body), ...fieldsOfPairs(new URLSearchParams(query))], NOW).caller;
    expect(ask('from=1', { from: NUMBER })).toBe(NUMBER);
    expect(ask(`CALLER_ID_NUMBER=${NUMBER}`, { from: '1' })).toBe(NUMBER);
    expect(ask(`from=${NUMBER}`, { from: '' })).toBe(NUMBER);
  });

  it('twice, and the first that is not empty counts', () => {
    expect(ofQuery(`from=&from=${NUMBER}&from=1`).caller).toBe(NUMBER);
    expect(ofJson({ from: [null, '', NUMBER, '1'] }).caller).toBe(NUMBER);
  });

  it('as withheld, and then no other name makes up for it', () => {
    expect(ofQuery(`caller_id=&ani=${NUMBER}`).caller).toBe('');
    expect(ofJson({ caller_id: null, ani: NUMBER }).caller).toBe('');
    expect(ofQuery('CALLER_ID_NUMBER').caller).toBe('');
  });

  it('in a way that nobody can read as another number', () => {
    expect(ofJson({ from: -2062020123 }).caller).not.toMatch(/2062020123/);
    expect(ofJson({ from: 206202012.3 }).caller).not.toMatch(/206202012\.?3/);
    expect(ofJson({ from: 1e21 }).caller).toBe('1e+21');
    expect(ofJson({ from: true }).caller).toBe('true');
  });

  it.each([
    ['nothing', {}],
    ['an object where a number should be', { from: { name: 'Ana' } }],
    ['an empty list', { from: [] }],
    ['the called side only', { to: { number: NUMBER }, callee: { phone: NUMBER }, agent: { from: NUMBER } }],
    ['it too deeply nested', nested(9, { from: NUMBER })],
    ['it behind thousands of others', { ...Array.from({ length: 3000 }, String), from: NUMBER }],
    [
      'it under the name of something inherited',
      JSON.parse('{"__proto__":{"x":1},"constructor":"1"}') as object,
    ],
  ])('not at all, with %s', (_, body) => {
    expect(ofJson(body).caller).toBeNull();
  });

  it('as deep as vendors nest it', () => {
    expect(ofJson(nested(7, { from: NUMBER })).caller).toBe(NUMBER);
  });
});

describe('a request of a phone system may tell', () => {
  it.each(
    'CallSid call_id callId Uniqueid Linkedid ContactId conversationId telephonySessionId member_call_id'.split(
      ' ',
    ),
  )('the call by %s', (name) => {
    expect(ofJson({ data: { [name]: 'x-1' } }).callId).toBe('x-1');
    expect(ofQuery(`${name}=x-1`).callId).toBe('x-1');
    expect(ofJson({ [name]: 17 }).callId).toBe('17');
  });

  it.each([
    '',
    ' ',
    '0',
    'null',
    'undefined',
    'unknown',
    '{{call.sid}}',
    '$' + '{UNIQUEID}',
    '<call_id>',
    '%CallID%',
  ])('no call by %j, which would be the same for every call', (callId) => {
    expect(ofJson({ callId }).callId).toBeNull();
    expect(ofJson({ callId, Uniqueid: 'x-1' }).callId).toBe('x-1');
  });

  it('no call by the id of a person', () => {
    expect(ofJson({ contact: { id: 'p-1' }, caller: { id: 'p-1' } }).callId).toBeNull();
  });

  it.each([
    ['waited_seconds=42', 42],
    ['holdTime=42.4', 42],
    ['queue-time=0', 0],
    ['duration=86400', 86_400],
    ['duration=86401', null],
    ['duration=-1', null],
    ['duration=4e1', null],
    ['duration=00:42', null],
    ['waited=soon&duration=7', 7],
    ['duration=7&waited=42', 42],
    ['', null],
  ])('how long the caller waited: %s', (query, seconds) => {
    expect(ofQuery(query).waitedSeconds).toBe(seconds);
  });

  it.each([
    [{ timestamp: NOW - 5000 }, NOW - 5000],
    [{ timestamp: (NOW - 5000) / 1000 }, NOW - 5000],
    [{ timestamp: String((NOW - 5000) / 1000) }, NOW - 5000],
    [{ event: { eventTime: '2026-11-03T17:59:55Z' } }, NOW - 5000],
    [{ time: '2026-11-03T09:59:55.000-08:00' }, NOW - 5000],
    [{ age: 5 }, NOW - 5000],
    [{ timestamp: NOW + 30_000 }, NOW],
    [{ timestamp: NOW + 120_000 }, null],
    [{ timestamp: NOW - 3_600_000 }, NOW - 3_600_000],
    [{ timestamp: NOW - 24 * 3_600_000 - 1 }, null],
    [{ timestamp: '2026-11-03T17:59:55' }, null],
    [{ timestamp: '2026-99-99T99:99:99Z' }, null],
    [{ timestamp: 'yesterday', time: NOW }, NOW],
    [{ timestamp: 1e300, age: -1 }, null],
  ])('when it was, if that can be believed: %j', (body, at) => {
    expect(ofJson(body).happenedAt).toBe(at);
  });

  it('that it is only a rehearsal, unless it plainly says no', () => {
    for (const query of ['dry_run=1', 'dryRun=true', 'DRY-RUN', 'dry.run=yes', 'dry_run=0&dry_run=1']) {
      expect(ofQuery(query).isDryRun, query).toBe(true);
    }
    for (const query of ['', 'dry_run=0', 'dry_run=false', 'dry_run=No', 'dry_running=1']) {
      expect(ofQuery(query).isDryRun, query).toBe(false);
    }
    expect(ofJson({ dry_run: true }).isDryRun).toBe(true);
    expect(ofJson({ dry_run: false }).isDryRun).toBe(false);
    expect(ofJson({ dry_run: null }).isDryRun).toBe(false);
  });
});

describe('any JSON object', () => {
  it('is read without an error, and into what is in it', () => {
    const names = fc.constantFrom(
      'from',
      'caller',
      'number',
      'to',
      'id',
      'call',
      'body',
      'duration',
      'time',
      'dry_run',
      '__proto__',
      '',
    );
    const value = fc.letrec((again) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(
          fc.constantFrom(NUMBER, '', null, true, 1e21, -0),
          fc.double(),
          fc.string({ unit: 'binary' }),
        ),
        fc.array(again('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(names, fc.string()), again('value'), { maxKeys: 5 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(names, value), (body) => {
        const json = JSON.stringify(body);
        const { caller, callId, waitedSeconds, happenedAt } = ofJson(JSON.parse(json) as object);
        if (caller !== null && /^\d+$/.test(caller)) expect(json).toContain(caller);
        expect(callId).not.toBe('');
        if (waitedSeconds !== null) expect(waitedSeconds >= 0 && waitedSeconds <= 86_400).toBe(true);
        if (happenedAt !== null) expect(happenedAt <= NOW && happenedAt >= NOW - 24 * 3_600_000).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});
