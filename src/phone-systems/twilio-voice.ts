/** Twilio Voice: a Twilio Function passes on what the end of a queue, or a key pressed in it, told it. */
import type { PhoneSystem } from './phone-system.ts';
import { literal, oneLine, plainUrl } from './quoting.ts';
import {
  adviceFor,
  form,
  goodbyeIn,
  offerIn,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  type Step,
  step,
} from './recipe.ts';
import { isTwilio, readTwilio } from './twilio.ts';

export const twilioVoice: PhoneSystem = {
  id: 'twilio-voice',
  name: 'Twilio Voice',
  isMine: isTwilio,
  read: readTwilio,
  recipe: (order) => ({
    kind: 'recipe',
    system: 'twilio-voice',
    name: 'Twilio Voice',
    how:
      order.useCase === 'call-to-text'
        ? 'A Twilio Function calls the address when a caller who waits in the queue presses a key.'
        : 'A Twilio Function calls the address when a caller leaves the queue by hanging up.',
    steps: order.useCase === 'call-to-text' ? keySteps(order) : hangUpSteps(order),
    youShouldSee: 'In the log of the Function, {"result":"texting"}; in the inbox, a new row.',
    advice: [
      ...adviceFor(order.useCase),
      'Do not give the address itself to Enqueue as its action: Twilio expects TwiML from it and would log an error for each call.',
    ],
    unconfirmed: [],
    sample: form(
      {
        CallSid: `CA${'0'.repeat(24)}${SAMPLE_CALL}`,
        AccountSid: `AC${'0'.repeat(32)}`,
        From: `+1${SAMPLE_CALLER}`,
        Caller: `+1${SAMPLE_CALLER}`,
        To: '+12065550100',
        Called: '+12065550100',
        Direction: 'inbound',
        CallStatus: order.useCase === 'call-to-text' ? 'in-progress' : 'completed',
        ...(order.useCase === 'call-to-text'
          ? { Digits: '5' }
          : { QueueResult: 'hangup', QueueTime: '94', QueueSid: `QU${'0'.repeat(32)}` }),
      },
      true,
    ),
  }),
};

/** Passes on everything that Twilio told the Function, and never lets a failure of ours reach the caller. */
function passOn(url: string): string {
  return `  const { request, ...told } = event;
  try {
    const response = await fetch(${literal(plainUrl(url))}, {
      method: 'POST',
      body: new URLSearchParams(told),
      signal: AbortSignal.timeout(5000),
    });
    console.log(await response.text());
  } catch (error) {
    console.error(error);
  }`;
}

function keySteps(order: RecipeOrder): Step[] {
  return [
    step(
      'In a Functions service with a current Node.js version, add a function /on-hold, protected, with this code.',
      {
        title: '/on-hold',
        language: 'javascript',
        text: `exports.handler = (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  const gather = twiml.gather({ numDigits: 1, timeout: 30, action: '/pressed' });
  gather.say(${literal(oneLine(offerIn(order.language, order.practiceName)))});
  twiml.redirect('/on-hold');
  callback(null, twiml);
};`,
      },
    ),
    step('Add a function /pressed, protected, with this code.', {
      title: '/pressed',
      language: 'javascript',
      text: `exports.handler = async (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  if (event.Digits !== '5') {
    twiml.redirect('/on-hold');
    return callback(null, twiml);
  }
${passOn(order.url)}
  twiml.say(${literal(goodbyeIn(order.language))});
  twiml.hangup();
  callback(null, twiml);
};`,
    }),
    step('Where your application enqueues callers, give the address of /on-hold as waitUrl.'),
    step('Deploy, call the number from a mobile phone, press 5.'),
  ];
}

function hangUpSteps(order: RecipeOrder): Step[] {
  return [
    step(
      'In a Functions service with a current Node.js version, add a function /left-queue, protected, with this code.',
      {
        title: '/left-queue',
        language: 'javascript',
        text: `exports.handler = async (context, event, callback) => {
  const twiml = new Twilio.twiml.VoiceResponse();
  if (event.QueueResult !== 'hangup') return callback(null, twiml);
${passOn(order.url)}
  callback(null, twiml);
};`,
      },
    ),
    step('Where your application enqueues callers, give the address of /left-queue as action.'),
    step('Deploy, call the number from a mobile phone, and hang up in the queue.'),
  ];
}
