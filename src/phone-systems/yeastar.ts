/** Yeastar P-Series: the HTTP Request component of a call flow, with the parameters that the recipe names. */
import { hasAt, readPlaces } from './exact-places.ts';
import type { PhoneSystem } from './phone-system.ts';
import { plainUrl } from './quoting.ts';
import { happenedIn } from './reading-anything.ts';
import {
  adviceFor,
  offerIn,
  type Recipe,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  step,
} from './recipe.ts';

/** `$Session.did`, `$Session.flowNum` and `$Session.transferingNum` are not the caller. */
const PLACES = { caller: ['session.ani'], callId: ['session.callid'] };

export const yeastar: PhoneSystem = {
  id: 'yeastar',
  name: 'Yeastar P-Series',
  isMine: (fields) => hasAt(fields, 'session.ani'),
  read: (fields, now) => readPlaces(fields, PLACES, happenedIn(fields), now),
  recipe: (order) => (order.useCase === 'call-to-text' ? keyRecipe(order) : NO_HANG_UP),
};

const NO_HANG_UP: Recipe = {
  kind: 'not-possible',
  system: 'yeastar',
  name: 'Yeastar P-Series',
  why: 'A call flow of Yeastar ends when its caller hangs up, so nothing is left that could call the address. Set up call-to-text, or have a program that reads the call events of the Yeastar API call the address as “Any other” says.',
  unconfirmed: ['That no component of the call flow designer runs after a hang-up in your version.'],
};

function keyRecipe(order: RecipeOrder): Recipe {
  return {
    kind: 'recipe',
    system: 'yeastar',
    name: 'Yeastar P-Series',
    how: 'The HTTP Request component of a call flow calls the address when the caller presses a key.',
    steps: [
      step(
        'In the Call Flow Designer, open the call flow that your callers reach, and add a Menu that takes the digit 5.',
        {
          title: 'Prompt',
          language: 'text',
          text: offerIn(order.language, order.practiceName),
        },
      ),
      step('Behind the digit 5, add a Developer component of the type HTTP Request, with this URI.', {
        title: 'URI',
        language: 'text',
        text: plainUrl(order.url),
      }),
      step('Choose the request type POST and the content type application/x-www-form-urlencoded, not XML.'),
      step('Add these query parameters. Type the key, and insert the variable as an expression.', {
        title: 'Query parameters',
        language: 'text',
        text: 'CALLER_ID_NUMBER   $Session.ani\ncall_id            $Session.callid\nevent              pressed-key',
      }),
      step('Behind the request, play a goodbye and hang up. Without a digit, go on to your queue.'),
      step('Save, publish, and call from a mobile phone: press 5.'),
    ],
    youShouldSee: 'A new row in the inbox within seconds, and the text on the phone that called.',
    advice: adviceFor(order.useCase),
    unconfirmed: ['That callers who already wait in a queue of Yeastar can reach the call flow with a key.'],
    sample: {
      method: 'POST',
      query: `CALLER_ID_NUMBER=${SAMPLE_CALLER}&call_id=1751336277.${SAMPLE_CALL}&event=pressed-key`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: '',
      hasCallId: true,
    },
  };
}
