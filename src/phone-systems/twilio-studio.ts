/** Twilio Studio: the Make HTTP Request widget, with the parameters that the recipe names. */
import type { PhoneSystem } from './phone-system.ts';
import { plainUrl } from './quoting.ts';
import {
  form,
  goodbyeIn,
  KEY_ADVICE,
  offerIn,
  type Recipe,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  step,
} from './recipe.ts';
import { isTwilio, readTwilio } from './twilio.ts';

const NAME = 'Twilio Studio';

export const twilioStudio: PhoneSystem = {
  id: 'twilio-studio',
  name: NAME,
  // Nothing tells its requests from those of Twilio Voice, as which they are recognised where it is not named.
  isMine: isTwilio,
  read: readTwilio,
  recipe: (order) => (order.useCase === 'call-to-text' ? keyRecipe(order) : NO_HANG_UP),
};

const NO_HANG_UP: Recipe = {
  kind: 'not-possible',
  system: 'twilio-studio',
  name: NAME,
  why: 'A Studio flow ends when its caller hangs up, so no widget of it can call the address afterwards. Keep callers in a queue as “Twilio Voice” says: the end of the queue calls the address.',
  unconfirmed: [],
};

function keyRecipe(order: RecipeOrder): Recipe {
  return {
    kind: 'recipe',
    system: 'twilio-studio',
    name: NAME,
    how: 'The Make HTTP Request widget of a flow calls the address when the caller presses a key.',
    steps: [
      step('In your flow, add a Gather Input On Call widget that stops after 1 digit and says this.', {
        title: 'Text to say',
        language: 'text',
        text: offerIn(order.language, order.practiceName),
      }),
      step('Behind it, add a Split Based On for widgets.gather_1.Digits, with a condition for equal to 5.'),
      step(
        'Behind the 5, add a Make HTTP Request widget: method POST, content type Application/x-www-form-urlencoded, and this URL.',
        {
          title: 'Request URL',
          language: 'text',
          text: plainUrl(order.url),
        },
      ),
      step('Add these HTTP parameters.', {
        title: 'HTTP parameters',
        language: 'text',
        text: 'From      {{trigger.call.From}}\nCallSid   {{trigger.call.CallSid}}\nevent     pressed-key',
      }),
      step('Behind Success and Failed alike, add a Say/Play widget and end the flow.', {
        title: 'Text to say',
        language: 'text',
        text: goodbyeIn(order.language),
      }),
      step('Publish, call the number from a mobile phone, press 5.'),
    ],
    youShouldSee:
      'In the execution log the widget ends with success and "result":"texting"; a new row appears in the inbox.',
    advice: [
      ...KEY_ADVICE,
      'Change GET, with which the widget starts, to POST: the address in a log should not carry the caller’s number.',
    ],
    unconfirmed: [],
    sample: form(
      { From: `+1${SAMPLE_CALLER}`, CallSid: `CA${'0'.repeat(24)}${SAMPLE_CALL}`, event: 'pressed-key' },
      true,
    ),
  };
}
