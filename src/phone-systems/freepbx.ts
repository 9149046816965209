/** FreePBX is Asterisk with its set-up in a browser; its requests are those of an Asterisk. */
import { asteriskSample, hangupContext, isManagerEvent, pressedContext, readAsterisk } from './asterisk.ts';
import type { PhoneSystem } from './phone-system.ts';
import { oneLine } from './quoting.ts';
import { adviceFor, type RecipeOrder, type Step, step } from './recipe.ts';

const APPLY = 'Save, then press Apply Config.';

export const freepbx: PhoneSystem = {
  id: 'freepbx',
  name: 'FreePBX',
  // Nothing tells its requests from those of a bare Asterisk, as which they are recognised where it is not named.
  isMine: isManagerEvent,
  read: readAsterisk,
  recipe: (order) => ({
    kind: 'recipe',
    system: 'freepbx',
    name: 'FreePBX',
    how:
      order.useCase === 'call-to-text'
        ? 'A key that the caller presses in the queue leads to a custom destination that calls the address.'
        : 'A custom destination in front of the queue sets a hangup handler that calls the address.',
    steps: order.useCase === 'call-to-text' ? keySteps(order) : hangUpSteps(order),
    youShouldSee:
      'A line with "result":"texting" in the Asterisk console at verbosity 3, and a new row in the inbox.',
    advice: [
      ...adviceFor(order.useCase),
      'It does not try again: if the address cannot be reached within 5 seconds, that caller gets no text.',
    ],
    unconfirmed: [
      'The names of the pages are those of FreePBX 16; other versions may call them differently.',
      'That queues of FreePBX live in the context ext-queues, which the hang-up lines rely on.',
    ],
    sample: asteriskSample(order),
  }),
};

function keySteps(order: RecipeOrder): Step[] {
  return [
    step('Under Admin, Config Edit, open extensions_custom.conf and add this.', {
      title: 'extensions_custom.conf',
      language: 'dial-plan',
      text: pressedContext(order),
    }),
    step('Under Admin, Custom Destinations, add a destination with this target, named Offhook.', {
      title: 'Target',
      language: 'text',
      text: 'offhook-press,5,1',
    }),
    step(
      'Under Applications, IVR, add a menu whose announcement offers the text, with the digit 5 to Offhook.',
    ),
    step('In your queue, choose that menu as IVR Break Out Menu, and 30 seconds as Repeat Frequency.'),
    step(APPLY),
    step('Call the queue from a mobile phone, wait for the offer, press 5.'),
  ];
}

function hangUpSteps(order: RecipeOrder): Step[] {
  return [
    step('Under Admin, Config Edit, open extensions_custom.conf and add this.', {
      title: 'extensions_custom.conf',
      language: 'dial-plan',
      text: `; ${oneLine(order.practiceName)}: the caller gave up in the queue
[offhook-wait]
exten => _X.,1,Set(CHANNEL(hangup_handler_push)=offhook-hangup,s,1)
 same => n,Goto(ext-queues,\${EXTEN},1)

${hangupContext(order)}`,
    }),
    step('Under Admin, Custom Destinations, add a destination with this target; put your queue for 600.', {
      title: 'Target',
      language: 'text',
      text: 'offhook-wait,600,1',
    }),
    step('In your inbound route, choose that destination instead of the queue.'),
    step(APPLY),
    step('Call the queue from a mobile phone and hang up before anybody answers.'),
  ];
}
