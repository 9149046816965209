import { describe, expect, it } from 'vitest';
import { PHONE_SYSTEM_IDS, type PhoneSystemId } from '../../src/domain/triggers/phone-system-id.ts';
import { PHONE_SYSTEMS, readRequest } from '../../src/phone-systems/phone-systems.ts';
import { fieldsOfJson, fieldsOfPairs } from '../../src/phone-systems/reading.ts';

const NOW = Date.parse('2026-11-03T18:00:00Z');
const CALLER = '+12062020123';
/** Whoever else is in an event: our own side, or somebody in an address book. Never to be texted. */
const OURS = '+12062020199';
const SID = `CA${'0'.repeat(32)}`;
const UUID = '6b0f2f2e-2a6a-4b53-8c44-000000000001';

function ofJson(body: object, named: PhoneSystemId | null = null) {
  return readRequest(named, fieldsOfJson(body), NOW);
}

function ofForm(fields: Record<string, string>, named: PhoneSystemId | null = null) {
  return readRequest(named, fieldsOfPairs(Object.entries(fields)), NOW);
}

it('every id has its phone system, and every phone system its id', () => {
  expect(PHONE_SYSTEMS.map(({ id }) => id).toSorted()).toEqual([...PHONE_SYSTEM_IDS].toSorted());
});

describe('a trigger that names its phone system', () => {
  it('is read by it, where it knows the shape, and else by whose shape it is', () => {
    const twilio = { CallSid: SID, From: CALLER, To: OURS };
    expect(ofForm(twilio, 'twilio-studio')).toMatchObject({ system: 'twilio-studio', caller: CALLER });
    expect(ofForm(twilio, 'asterisk')).toMatchObject({ system: 'twilio-voice', caller: CALLER });
    const asterisk = { CallerIDNum: CALLER, Uniqueid: 'x-1' };
    expect(ofForm(asterisk, 'freepbx')).toMatchObject({ system: 'freepbx', caller: CALLER });
  });

  it.each(PHONE_SYSTEM_IDS)('%s, reads a request of no known shape by the usual names', (id) => {
    expect(ofForm({ CALLER_ID_NUMBER: CALLER, call_id: 'x-1' }, id)).toMatchObject({
      system: id,
      caller: CALLER,
      callerFrom: 'CALLER_ID_NUMBER',
      callId: 'x-1',
    });
  });

  it('that nobody knows, is read as if it named none', () => {
    const fields = fieldsOfPairs([['CALLER_ID_NUMBER', CALLER]]);
    expect(readRequest('fax', fields, NOW)).toMatchObject({ system: 'any-other', caller: CALLER });
  });
});

describe('Asterisk and FreePBX', () => {
  const event = {
    Event: 'QueueCallerAbandon',
    Uniqueid: '1762192800.43',
    Linkedid: '1762192800.42',
    CallerIDNum: '2062020123',
    ConnectedLineNum: OURS,
    Exten: '600',
    HoldTime: '94',
  };

  it('are known by the caller and the id of a channel', () => {
    expect(ofForm(event)).toMatchObject({
      system: 'asterisk',
      happened: 'abandoned',
      caller: '2062020123',
      callerFrom: 'CallerIDNum',
      callId: '1762192800.42',
      waitedSeconds: 94,
    });
    expect(ofForm({ ...event, Event: 'AgentConnect' })).toMatchObject({ happened: 'answered' });
    expect(ofForm({ ...event, Event: 'QueueCallerJoin' })).toMatchObject({ happened: 'other' });
  });

  it('never take the connected line for a caller who withheld the number', () => {
    expect(ofForm({ ...event, CallerIDNum: '', from: OURS }).caller).toBe('');
    expect(ofForm({ ...event, CallerIDNum: 'anonymous', caller_id: OURS }).caller).toBe('anonymous');
  });
});

describe('3CX and Yeastar', () => {
  it('tell the caller of the session', () => {
    expect(ofForm({ 'session.ani': CALLER, 'session.dnis': OURS, 'session.callid': '7' })).toMatchObject({
      system: '3cx',
      caller: CALLER,
      callId: '7',
    });
    expect(ofJson({ $Session: { ani: CALLER, did: OURS, callid: '1751336277.2' } })).toMatchObject({
      system: 'yeastar',
      caller: CALLER,
      callerFrom: '$Session.ani',
      callId: '1751336277.2',
    });
    expect(ofForm({ 'session.ani': '', from: OURS }).caller).toBe('');
  });
});

describe('Genesys Cloud and Five9', () => {
  it('are told apart by what they call a call', () => {
    const genesys = ofJson({ 'Call.Ani': `tel:${CALLER}`, conversationId: 'g-1', CalledAddress: OURS });
    expect(genesys).toMatchObject({ system: 'genesys-cloud', caller: `tel:${CALLER}`, callId: 'g-1' });
    const sip = ofJson({ Call: { Ani: `sip:${CALLER}@x;user=phone`, ConversationId: 'g-2' } });
    expect(sip).toMatchObject({ system: 'genesys-cloud', callId: 'g-2' });
    const five9 = ofForm({ 'Call.ANI': CALLER, 'Call.DNIS': OURS, 'Call.session_id': 's-1' });
    expect(five9).toMatchObject({ system: 'five9', caller: CALLER, callId: 's-1' });
  });
});

describe('Amazon Connect', () => {
  const contact = {
    ContactId: 'a-2',
    InitialContactId: 'a-1',
    InitiationMethod: 'INBOUND',
    CustomerEndpoint: { Address: CALLER, Type: 'TELEPHONE_NUMBER' },
    SystemEndpoint: { Address: OURS, Type: 'TELEPHONE_NUMBER' },
  };
  const event = (changes: object) => ({
    Details: { ContactData: { ...contact, ...changes }, Parameters: { from: OURS } },
    Name: 'ContactFlowEvent',
  });

  it('tells the customer, and one call by the contact with which it began', () => {
    expect(ofJson(event({}))).toMatchObject({
      system: 'amazon-connect',
      happened: null,
      caller: CALLER,
      callerFrom: 'Details.ContactData.CustomerEndpoint.Address',
      callId: 'a-1',
    });
    expect(ofJson({ ...event({}), event: 'pressed-key' }).happened).toBe('pressed-key');
  });

  it('has no caller where there is no customer, whatever else there is', () => {
    expect(ofJson(event({ CustomerEndpoint: null })).caller).toBeNull();
    expect(ofJson(event({ CustomerEndpoint: { Address: null } })).caller).toBe('');
    expect(ofJson(event({ CustomerEndpoint: { Deep: { Address: OURS } } })).caller).toBeNull();
    expect(ofJson(event({ InitiationMethod: 'OUTBOUND' })).happened).toBe('other');
  });
});

describe('Twilio', () => {
  const call = {
    CallSid: SID,
    AccountSid: 'AC1',
    From: CALLER,
    To: OURS,
    Called: OURS,
    Direction: 'inbound',
  };

  it.each([
    ['a key was pressed', { CallStatus: 'in-progress', Digits: '5' }, 'pressed-key'],
    ['no key was pressed', { CallStatus: 'in-progress', Digits: '' }, null],
    ['somebody hung up in the queue', { CallStatus: 'completed', QueueResult: 'hangup' }, 'abandoned'],
    ['somebody answered', { CallStatus: 'completed', QueueResult: 'bridged' }, 'answered'],
    ['nobody answered', { CallStatus: 'in-progress', DialCallStatus: 'no-answer' }, 'abandoned'],
    ['the call is over', { CallStatus: 'completed' }, 'ended'],
    ['it rings', { CallStatus: 'ringing' }, 'other'],
    ['staff placed the call', { CallStatus: 'no-answer', Direction: 'outbound-api' }, 'other'],
    ['a flow says so', { event: 'pressed-key' }, 'pressed-key'],
    ['nobody says', { QueueResult: 'constructor' }, null],
  ] as const)('tells that %s', (_, changes, happened) => {
    expect(ofForm({ ...call, ...changes })).toMatchObject({
      system: 'twilio-voice',
      happened,
      caller: CALLER,
      callId: SID,
    });
  });

  it('tells when, and how long the caller waited, but not by how long the call was', () => {
    const told = { QueueTime: '94', Timestamp: 'Tue, 03 Nov 2026 17:59:55 +0000' };
    expect(ofForm({ ...call, ...told })).toMatchObject({ waitedSeconds: 94, happenedAt: NOW - 5000 });
    expect(ofForm({ ...call, Duration: '2', CallDuration: '94' }).waitedSeconds).toBeNull();
  });

  it('never takes another number for a withheld one', () => {
    for (const from of ['ANONYMOUS', '+266696687', '+7378742833', '']) {
      expect(ofForm({ ...call, From: from, ForwardedFrom: OURS, caller_id: OURS }).caller).toBe(from);
    }
    const { From, ...without } = call;
    expect(ofForm({ ...without, number: OURS, ForwardedFrom: OURS }).caller).toBeNull();
  });
});

describe('jambonz', () => {
  const call = { call_sid: UUID, account_sid: 'a', direction: 'inbound', from: `sip:${CALLER}@x`, to: OURS };

  it.each([
    [{ queue_result: 'hangup', queue_time: 94 }, 'abandoned'],
    [{ queueResult: 'bridged' }, 'answered'],
    [{ digits: '5', reason: 'dtmfDetected' }, 'pressed-key'],
    [{ call_status: 'completed' }, 'ended'],
    [{ call_status: 'ringing' }, 'other'],
    [{ direction: 'outbound', queue_result: 'hangup' }, 'other'],
    [{}, null],
  ] as const)('tells %j', (changes, happened) => {
    expect(ofJson({ ...call, ...changes })).toMatchObject({
      system: 'jambonz',
      happened,
      caller: `sip:${CALLER}@x`,
      callId: UUID,
    });
  });
});

describe('RingCentral', () => {
  const inbound = {
    direction: 'Inbound',
    to: { phoneNumber: OURS, extensionId: '9' },
    from: { phoneNumber: CALLER, name: 'SEATTLE WA' },
    status: { code: 'Disconnected' },
    missedCall: true,
  };
  const event = (...parties: object[]) => ({
    event: '/restapi/v1.0/account/1/extension/9/telephony/sessions',
    body: { telephonySessionId: 's-1', eventTime: '2026-11-03T17:59:55.000Z', parties },
  });

  it('tells the caller of a missed call', () => {
    expect(ofJson(event(inbound))).toMatchObject({
      system: 'ringcentral',
      happened: 'abandoned',
      caller: CALLER,
      callerFrom: 'body.parties[0].from.phoneNumber',
      callId: 's-1',
      happenedAt: NOW - 5000,
    });
  });

  it('tells the caller among several parties, and never a colleague', () => {
    const outbound = { ...inbound, direction: 'Outbound', from: { phoneNumber: OURS } };
    const desk = { ...inbound, from: { phoneNumber: OURS, extensionId: '8' } };
    const short = { ...inbound, from: { extensionNumber: '103', extensionId: '8' } };
    expect(ofJson(event(outbound, desk, inbound))).toMatchObject({
      caller: CALLER,
      callerFrom: 'body.parties[2].from.phoneNumber',
    });
    for (const party of [outbound, desk, short]) {
      expect(ofJson(event(party))).toMatchObject({ caller: null, happened: 'other' });
    }
    expect(ofJson(event({ ...inbound, from: {} })).caller).toBeNull();
    expect(ofJson(event({ ...inbound, from: { phoneNumber: '103' } })).caller).toBe('103');
  });

  it.each([
    ['Proceeding', 'other'],
    ['Answered', 'answered'],
    ['Disconnected', 'ended'],
    ['VoiceMail', 'other'],
  ])('tells that the call is %s', (code, happened) => {
    expect(ofJson(event({ ...inbound, missedCall: false, status: { code } })).happened).toBe(happened);
  });
});

describe('Zoom Phone', () => {
  const object = {
    call_id: 'z-1',
    caller: { extension_type: 'pstn', phone_number: CALLER },
    callee: { extension_type: 'callQueue', phone_number: OURS, user_id: 'u' },
    forwarded_by: { phone_number: OURS },
  };
  const event = (name: string, changes: object = {}) => ({
    event: name,
    event_ts: NOW - 85 * 60_000,
    payload: { account_id: 'a', object: { ...object, ...changes } },
  });

  it('tells the caller of a missed call, and that it is old', () => {
    expect(ofJson(event('phone.callee_missed'))).toMatchObject({
      system: 'zoom-phone',
      happened: 'abandoned',
      caller: CALLER,
      callId: 'z-1',
      happenedAt: NOW - 85 * 60_000,
    });
  });

  it.each([
    ['phone.callee_answered', {}, 'answered'],
    ['phone.callee_ended', { answer_start_time: '2026-11-03T17:00:00Z' }, 'answered'],
    ['phone.callee_ended', {}, 'ended'],
    ['phone.callee_ringing', {}, 'other'],
    ['phone.caller_ended', {}, 'other'],
  ])('tells %s apart', (name, changes, happened) => {
    expect(ofJson(event(name, changes)).happened).toBe(happened);
  });

  it('never takes a colleague or a menu that passes a call on for the caller', () => {
    for (const extension_type of ['user', 'autoReceptionist', 'callQueue', 'commonArea']) {
      const caller = { extension_type, phone_number: OURS };
      expect(ofJson(event('phone.callee_missed', { caller }))).toMatchObject({
        caller: null,
        happened: 'other',
      });
    }
  });
});

describe('Dialpad', () => {
  const call = {
    call_id: 77002,
    entry_point_call_id: 77001,
    direction: 'inbound',
    state: 'hangup',
    external_number: CALLER,
    internal_number: OURS,
    contact: { id: 'p-1', phone: OURS },
    target: { phone: OURS },
    date_connected: null,
    duration: 4200.5,
    event_timestamp: NOW - 5000,
  };

  it.each([
    [{}, 'abandoned'],
    [{ date_connected: 1_762_192_700_000 }, 'answered'],
    [{ state: 'connected', date_connected: 1_762_192_700_000 }, 'answered'],
    [{ state: 'ringing' }, 'other'],
    [{ direction: 'outbound' }, 'other'],
    [{ is_internal: true }, 'other'],
  ])('tells %j', (changes, happened) => {
    expect(ofJson({ ...call, ...changes })).toMatchObject({
      system: 'dialpad',
      happened,
      caller: CALLER,
      callId: '77001',
      waitedSeconds: null,
      happenedAt: NOW - 5000,
    });
  });
});

describe('GoTo Connect', () => {
  it('sends a bare number out of a dial plan', () => {
    expect(ofJson({ CALLER_ID_NUMBER: '2062020123', something_new: 1 }, 'goto-connect')).toMatchObject({
      system: 'goto-connect',
      caller: '2062020123',
    });
  });

  it('tells the caller in its notifications', () => {
    const content = {
      conversationSpaceId: 'c-1',
      direction: 'INBOUND',
      ownerPhoneNumber: OURS,
      caller: { name: 'Ana', number: CALLER },
      callee: { number: OURS },
      duration: 45_000,
    };
    const notify = (changes: object) =>
      ofJson({
        data: { source: 'call-events-report', type: 'REPORT_SUMMARY', content: { ...content, ...changes } },
      });
    expect(notify({})).toMatchObject({
      system: 'goto-connect',
      happened: 'ended',
      caller: CALLER,
      callId: 'c-1',
      waitedSeconds: null,
    });
    expect(notify({ direction: 'OUTBOUND' }).happened).toBe('other');
    expect(notify({ answerTime: '2026-11-03T17:59:00Z' }).happened).toBe('answered');
  });
});

describe('any other', () => {
  it.each([
    ['46elks', { direction: 'incoming', callid: 'c-1', from: CALLER, to: OURS }, null],
    ['46elks calling out', { direction: 'outgoing', callid: 'c-1', from: OURS, to: CALLER }, 'other'],
    ['Vodia', { event: 'hangup', callid: 'c-1', from: `"Ana" <sip:${CALLER}@pbx>`, to: OURS }, 'ended'],
    [
      'Kazoo',
      {
        hook_event: 'CHANNEL_DESTROY',
        call_id: 'c-1',
        from: `${OURS}@x`,
        caller_id_number: CALLER,
        callee_id_number: OURS,
      },
      'ended',
    ],
    [
      'Kazoo answering',
      { hook_event: 'CHANNEL_ANSWER', call_id: 'c-1', caller_id_number: CALLER },
      'answered',
    ],
    ['Talkdesk', { interaction_id: 'c-1', contact_phone_number: CALLER, agent_phone_number: OURS }, null],
    ['NICE', { contactId: 'c-1', ani: CALLER, dnis: OURS }, null],
    ['a plain parameter', { from: CALLER, call_id: 'c-1', event: 'Answered' }, 'answered'],
    ['a word that nobody knows', { from: CALLER, call_id: 'c-1', event: '__proto__' }, null],
  ] as const)('reads %s', (_, fields, happened) => {
    const read = ofForm(fields);
    expect(read).toMatchObject({ system: 'any-other', happened, callId: 'c-1' });
    if (happened !== 'other') expect(read.caller).toContain(CALLER);
  });

  it('tells the name of the field as it came, and no more of it than helps', () => {
    expect(ofJson({ call: { Caller_ID: CALLER } }).callerFrom).toBe('call.Caller_ID');
    const long = `${'x'.repeat(300)}.from`;
    expect(ofForm({ [long]: CALLER }).callerFrom).toHaveLength(100);
    expect(ofForm({}).callerFrom).toBeNull();
  });
});
