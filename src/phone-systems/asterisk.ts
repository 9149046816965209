/** Asterisk: a dial plan that calls `CURL`, or a program that passes on the events of its manager interface. */
import { hasAt, readPlaces } from './exact-places.ts';
import type { PhoneSystem } from './phone-system.ts';
import { oneLine, plainUrl } from './quoting.ts';
import type { Field } from './reading.ts';
import { happenedIn } from './reading-anything.ts';
import { adviceFor, form, type RecipeOrder, SAMPLE_CALL, SAMPLE_CALLER, type Step, step } from './recipe.ts';

/** Of the manager interface. `ConnectedLineNum`, `Exten` and `DestCallerIDNum` are the called side. */
const PLACES = {
  caller: ['calleridnum'],
  callId: ['linkedid', 'uniqueid'],
  waited: ['holdtime'],
};

export const asterisk: PhoneSystem = {
  id: 'asterisk',
  name: 'Asterisk',
  isMine: isManagerEvent,
  read: readAsterisk,
  recipe: (order) => ({
    kind: 'recipe',
    system: 'asterisk',
    name: 'Asterisk',
    how:
      order.useCase === 'call-to-text'
        ? 'A key that the caller presses in the queue leads into a context that calls the address.'
        : 'A hangup handler calls the address when a caller leaves the queue unanswered.',
    steps: order.useCase === 'call-to-text' ? keySteps(order) : hangUpSteps(order),
    youShouldSee:
      'A line with "result":"texting" in the Asterisk console at verbosity 3, and a new row in the inbox.',
    advice: [
      ...adviceFor(order.useCase),
      'Asterisk does not try again: if the address cannot be reached within 5 seconds, that caller gets no text.',
    ],
    unconfirmed: [
      'The lines follow the documentation of Asterisk 18 to 22; older versions were not looked at.',
    ],
    sample: asteriskSample(order),
  }),
};

export function isManagerEvent(fields: readonly Field[]): boolean {
  return hasAt(fields, 'calleridnum') && hasAt(fields, 'uniqueid', 'linkedid');
}

export function readAsterisk(fields: readonly Field[], now: number) {
  return readPlaces(fields, PLACES, happenedIn(fields), now);
}

export function asteriskSample({ useCase }: RecipeOrder) {
  return form(
    {
      CALLER_ID_NUMBER: SAMPLE_CALLER,
      call_id: `1762192800.${SAMPLE_CALL}`,
      event: useCase === 'call-to-text' ? 'pressed-key' : 'abandoned',
    },
    true,
  );
}

/** The one line that fires: a form POST, because a second argument makes CURL send one. */
export function fireLine(url: string, event: string): string {
  const data = `CALLER_ID_NUMBER=\${URIENCODE(\${CALLERID(num)})}&call_id=\${URIENCODE(\${CHANNEL(linkedid)})}&event=${event}`;
  return [
    'Set(CURLOPT(conntimeout)=2)',
    'Set(CURLOPT(httptimeout)=5)',
    `Set(OFFHOOK=\${CURL(${plainUrl(url)},${data})})`,
    `Verbose(3,Offhook: \${OFFHOOK})`,
  ]
    .map((line) => ` same => n,${line}`)
    .join('\n');
}

export function pressedContext({ url, practiceName }: RecipeOrder): string {
  return `; ${oneLine(practiceName)}: the caller pressed 5 on hold
[offhook-press]
exten => 5,1,NoOp(Offhook)
${fireLine(url, 'pressed-key')}
 same => n,Playback(vm-goodbye)
 same => n,Hangup()`;
}

export function hangupContext({ url }: RecipeOrder): string {
  return `[offhook-hangup]
exten => s,1,GotoIf($["\${ABANDONED}" != "TRUE"]?done)
${fireLine(url, 'abandoned')}
 same => n(done),Return()`;
}

function keySteps(order: RecipeOrder): Step[] {
  return [
    step('Load the module that makes web requests: "module load func_curl.so" in the Asterisk console.'),
    step('Add this to extensions.conf.', {
      title: 'extensions.conf',
      language: 'dial-plan',
      text: pressedContext(order),
    }),
    step('Let the key 5 leave the queue, and offer it every 30 seconds.', {
      title: 'queues.conf, in your queue',
      language: 'dial-plan',
      text: 'context = offhook-press\nperiodic-announce = custom/press-5-for-a-text\nperiodic-announce-frequency = 30',
    }),
    step(
      'Record the announcement as custom/press-5-for-a-text, then reload: "dialplan reload", "queue reload all".',
    ),
    step('Call the queue from a mobile phone, wait for the offer, press 5.'),
  ];
}

function hangUpSteps(order: RecipeOrder): Step[] {
  return [
    step('Load the module that makes web requests: "module load func_curl.so" in the Asterisk console.'),
    step('Add this to extensions.conf, and send your callers to it where you sent them to the queue.', {
      title: 'extensions.conf',
      language: 'dial-plan',
      text: `; ${oneLine(order.practiceName)}: the caller gave up in the queue; put the name of your queue for front-desk
[offhook-wait]
exten => s,1,Set(CHANNEL(hangup_handler_push)=offhook-hangup,s,1)
 same => n,Queue(front-desk)
 same => n,Hangup()

${hangupContext(order)}`,
    }),
    step('Reload: "dialplan reload" in the Asterisk console.'),
    step('Call the queue from a mobile phone and hang up before anybody answers.'),
  ];
}
