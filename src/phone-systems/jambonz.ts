/** jambonz: an application passes on the hook of its `enqueue` or `gather`, as JSON. */
import { hasAt, readPlaces, textAt } from './exact-places.ts';
import { isPlacedByStaff } from './happening-words.ts';
import type { PhoneSystem } from './phone-system.ts';
import { literal, plainUrl } from './quoting.ts';
import type { Field, Happening } from './reading.ts';
import { happenedIn } from './reading-anything.ts';
import {
  adviceFor,
  json,
  offerIn,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  type Step,
  step,
} from './recipe.ts';

/** May be a SIP address. `to` is our own number. `sbc_callid` and `call_id` are those of single legs. */
const PLACES = { caller: ['from'], callId: ['callsid'], waited: ['queuetime'] };

const QUEUE_RESULTS: Record<string, Happening> = {
  hangup: 'abandoned',
  bridged: 'answered',
};
const STATUSES: Record<string, Happening> = {
  'no-answer': 'abandoned',
  busy: 'abandoned',
  failed: 'abandoned',
  completed: 'ended',
  trying: 'other',
  ringing: 'other',
  'early-media': 'other',
};

export const jambonz: PhoneSystem = {
  id: 'jambonz',
  name: 'jambonz',
  isMine,
  read: (fields, now) => readPlaces(fields, PLACES, happened(fields), now),
  recipe: (order) => ({
    kind: 'recipe',
    system: 'jambonz',
    name: 'jambonz',
    how:
      order.useCase === 'call-to-text'
        ? 'Your application passes on the key that the caller pressed.'
        : 'Your application passes on the end of the queue when the caller hung up in it.',
    steps: order.useCase === 'call-to-text' ? keySteps(order) : hangUpSteps(order),
    youShouldSee: 'The answer {"result":"texting"} in your application, and a new row in the inbox.',
    advice: [
      ...adviceFor(order.useCase),
      'Do not give the address itself to a verb as its hook: jambonz expects verbs as the answer.',
    ],
    unconfirmed: [
      'Whether your version writes queue_result or queueResult: both are read.',
      ...(order.useCase === 'call-to-text'
        ? [
            'How to hear a key while the caller is queued; the lines play the offer before the caller is queued again.',
          ]
        : []),
    ],
    sample: json(
      {
        call_sid: `6b0f2f2e-2a6a-4b53-8c44-0000${SAMPLE_CALL}`,
        account_sid: '9351f46a-678c-43f5-b8a6-d4eb58d131af',
        application_sid: '0e0681b0-d49f-4fb8-b973-b5a3c6758de1',
        direction: 'inbound',
        from: `sip:+1${SAMPLE_CALLER}@sbc.example.com`,
        to: '+12065550100',
        call_status: order.useCase === 'call-to-text' ? 'in-progress' : 'completed',
        ...(order.useCase === 'call-to-text'
          ? { reason: 'dtmfDetected', digits: '5' }
          : { queue_result: 'hangup', queue_time: 94 }),
      },
      true,
    ),
  }),
};

/** Twilio has the same names; its ids are no UUIDs, and it has no applications in its requests. */
function isMine(fields: readonly Field[]): boolean {
  return (
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(textAt(fields, 'callsid')) &&
    hasAt(fields, 'accountsid', 'applicationsid')
  );
}

function happened(fields: readonly Field[]): Happening | null {
  if (isPlacedByStaff(textAt(fields, 'direction'))) return 'other';
  const result = textAt(fields, 'queueresult').toLowerCase();
  if (Object.hasOwn(QUEUE_RESULTS, result)) return QUEUE_RESULTS[result] ?? null;
  if (textAt(fields, 'digits') !== '') return 'pressed-key';
  const told = happenedIn(fields);
  if (told !== null) return told;
  const status = textAt(fields, 'callstatus').toLowerCase();
  return Object.hasOwn(STATUSES, status) ? (STATUSES[status] ?? null) : null;
}

function passOn(url: string): string {
  return `await fetch(${literal(plainUrl(url))}, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request.body),
    signal: AbortSignal.timeout(5000),
  })`;
}

function keySteps(order: RecipeOrder): Step[] {
  return [
    step(
      'While the caller waits, offer the text with this verb, and put the caller back into the queue if no key comes.',
      {
        title: 'Verb',
        language: 'json',
        text: JSON.stringify(
          {
            verb: 'gather',
            input: ['digits'],
            numDigits: 1,
            timeout: 5,
            actionHook: '/pressed',
            say: { text: offerIn(order.language, order.practiceName) },
          },
          null,
          2,
        ),
      },
    ),
    step('In your application, at the hook /pressed, pass on what jambonz told.', {
      title: '/pressed (Node.js, Express)',
      language: 'javascript',
      text: `if (request.body.digits === '5') {
  ${passOn(order.url)}.catch(console.error);
}`,
    }),
    step('Call from a mobile phone, wait for the offer, press 5.'),
  ];
}

function hangUpSteps(order: RecipeOrder): Step[] {
  return [
    step('Give your enqueue verb the actionHook /left-queue.'),
    step('In your application, at that hook, pass on what jambonz told.', {
      title: '/left-queue (Node.js, Express)',
      language: 'javascript',
      text: `const { queue_result, queueResult } = request.body;
if ((queue_result ?? queueResult) === 'hangup') {
  ${passOn(order.url)}.catch(console.error);
}`,
    }),
    step('Call from a mobile phone and hang up in the queue.'),
  ];
}
