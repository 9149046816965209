/** Events in the shape of each phone system, in which a thing or two is missing, doubled, misnamed, nested, huge or of the wrong type. */
import fc from 'fast-check';

/** Only ever put where the caller stands. */
export const CALLERS = ['+12062020123', '2062020124', 'tel:+12062020125', 'sip:+12062020126@pbx;user=phone'];
/** Only ever put where somebody else stands: our own lines, staff, address books. Each could be texted. */
export const OTHERS = ['+12063030101', '2063030102', '+12063030103'];

type Leaf = string | number | boolean | null;
type Json = Leaf | Json[] | { [key: string]: Json };
type Event = { [key: string]: Json };
type Shape = (caller: Json, other: Json, id: string) => Event;

const SHAPES: Shape[] = [
  (caller, other, id) => ({
    Event: 'QueueCallerAbandon',
    CallerIDNum: caller,
    Uniqueid: id,
    Linkedid: id,
    ConnectedLineNum: other,
    DestCallerIDNum: other,
    Exten: '600',
    HoldTime: '94',
  }),
  (caller, other, id) => ({ 'session.ani': caller, 'session.dnis': other, 'session.callid': id }),
  (caller, other, id) => ({ $Session: { ani: caller, did: other, transferingNum: other, callid: id } }),
  (caller, other, id) => ({ Call: { Ani: caller, CalledAddress: other }, conversationId: id }),
  (caller, other, id) => ({ 'Call.ANI': caller, 'Call.DNIS': other, 'Call.session_id': id }),
  (caller, other, id) => ({
    Details: {
      ContactData: {
        ContactId: id,
        InitiationMethod: 'INBOUND',
        CustomerEndpoint: { Address: caller, Type: 'TELEPHONE_NUMBER' },
        SystemEndpoint: { Address: other, Type: 'TELEPHONE_NUMBER' },
        Attributes: { from: other },
      },
      Parameters: { number: other },
    },
    Name: 'ContactFlowEvent',
  }),
  (caller, other) => ({
    CallSid: `CA${'0'.repeat(32)}`,
    AccountSid: 'AC1',
    From: caller,
    To: other,
    Called: other,
    ForwardedFrom: other,
    Direction: 'inbound',
    QueueResult: 'hangup',
  }),
  (caller, other) => ({
    call_sid: '6b0f2f2e-2a6a-4b53-8c44-000000000001',
    account_sid: 'a',
    application_sid: 'b',
    from: caller,
    to: other,
    direction: 'inbound',
    queue_result: 'hangup',
  }),
  (caller, other, id) => ({
    event: '/restapi/v1.0/account/1/telephony/sessions',
    body: {
      telephonySessionId: id,
      parties: [
        { direction: 'Outbound', from: { phoneNumber: other }, to: { phoneNumber: caller } },
        {
          direction: 'Inbound',
          from: { extensionNumber: '103', extensionId: '8' },
          to: { phoneNumber: other },
        },
        { direction: 'Inbound', from: { phoneNumber: caller }, to: { phoneNumber: other }, missedCall: true },
      ],
    },
  }),
  (caller, other, id) => ({
    event: 'phone.callee_missed',
    payload: {
      object: {
        call_id: id,
        caller: { extension_type: 'pstn', phone_number: caller },
        callee: { extension_type: 'user', phone_number: other },
        forwarded_by: { extension_type: 'callQueue', phone_number: other },
      },
    },
  }),
  (caller, other, id) => ({
    entry_point_call_id: id,
    state: 'hangup',
    direction: 'inbound',
    external_number: caller,
    internal_number: other,
    target: { phone: other },
    contact: { id: 'p', phone: other },
    date_connected: null,
  }),
  (caller, other, id) => ({
    data: {
      source: 'call-events-report',
      type: 'REPORT_SUMMARY',
      content: {
        conversationSpaceId: id,
        direction: 'INBOUND',
        ownerPhoneNumber: other,
        caller: { name: 'Ana', number: caller },
        callee: { number: other },
      },
    },
  }),
  (caller, other, id) => ({ CALLER_ID_NUMBER: caller, call_id: id, to: other, called_number: other }),
];

/** A place in an event: what holds it, and its name there. */
interface Place {
  holder: Event | Json[];
  key: string;
}

/** One of these, and then no other: else the event would be of no known shape, and might be anybody's. */
const AMISS_IN_SHAPE = ['nothing', 'missing', 'misnamed', 'nested'] as const;
const AMISS_IN_VALUE = ['doubled', 'wrong-type', 'huge', 'withheld'] as const;

const WRONG: Json[] = [
  null,
  true,
  0,
  -1,
  1e300,
  206.5,
  [],
  {},
  [[]],
  { number: {} },
  '\u0000',
  '103',
  '7378742833',
];

const recipe = fc.record({
  shape: fc.nat(SHAPES.length - 1),
  caller: fc.nat(CALLERS.length - 1),
  other: fc.nat(OTHERS.length - 1),
  amissInShape: fc.constantFrom(...AMISS_IN_SHAPE),
  at: fc.nat(40),
  amissInValue: fc.array(fc.tuple(fc.constantFrom(...AMISS_IN_VALUE), fc.nat(40), fc.nat(WRONG.length - 1)), {
    maxLength: 2,
  }),
});

export const hostileEvent = recipe.map((made) => {
  const shape = SHAPES[made.shape] as Shape;
  const event = shape(CALLERS[made.caller] ?? null, OTHERS[made.other] ?? null, 'call-00000001');
  const places = placesIn(event);
  for (const [amiss, at, wrong] of made.amissInValue) {
    const place = places[at % places.length];
    if (place !== undefined) spoilValue(place, amiss, WRONG[wrong] ?? null);
  }
  const place = places[made.at % places.length];
  if (place !== undefined && made.amissInValue.length === 0) spoilShape(place, made.amissInShape);
  return event;
});

function spoilValue({ holder, key }: Place, amiss: (typeof AMISS_IN_VALUE)[number], wrong: Json) {
  const old = read(holder, key);
  // Only a number in the place of a number, so that nobody's becomes the caller's.
  if (typeof old === 'object' && old !== null) return;
  const values = {
    doubled: [old, old, [old]],
    'wrong-type': wrong,
    huge: `${String(old)}${'9'.repeat(5000)}`,
    withheld: 'anonymous',
  };
  write(holder, key, values[amiss]);
}

function spoilShape({ holder, key }: Place, amiss: (typeof AMISS_IN_SHAPE)[number]) {
  const old = read(holder, key);
  if (amiss === 'nested') write(holder, key, deepInside(20, old));
  if (amiss === 'missing' || amiss === 'misnamed') remove(holder, key);
  if (amiss === 'misnamed' && !Array.isArray(holder)) write(holder, `${key}x`, old);
}

function deepInside(depth: number, innermost: Json): Json {
  return depth === 0 ? innermost : { a: deepInside(depth - 1, innermost) };
}

function placesIn(holder: Event | Json[]): Place[] {
  return Object.keys(holder).flatMap((key) => {
    const value = read(holder, key);
    const inner = typeof value === 'object' && value !== null ? placesIn(value) : [];
    return [{ holder, key }, ...inner];
  });
}

function read(holder: Event | Json[], key: string): Json {
  return (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null;
}

function write(holder: Event | Json[], key: string, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[key] = value;
}

function remove(holder: Event | Json[], key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** The same as a form would say it: names with dots. */
export function pairsOf(event: object, outer = ''): [string, string][] {
  return Object.entries(event).flatMap(([key, value]: [string, unknown]) => {
    const name = outer === '' ? key : `${outer}.${key}`;
    return typeof value === 'object' && value !== null
      ? pairsOf(value, name)
      : [[name, value === null ? '' : String(value)] as [string, string]];
  });
}
