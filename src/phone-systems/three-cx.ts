/** 3CX: an app of the Call Flow Designer asks the address itself, with the parameters that the recipe names. */
import { hasAt, readPlaces } from './exact-places.ts';
import type { PhoneSystem } from './phone-system.ts';
import { literal, plainUrl, withQuery } from './quoting.ts';
import type { Field } from './reading.ts';
import { happenedIn } from './reading-anything.ts';
import {
  adviceFor,
  eventOf,
  goodbyeIn,
  offerIn,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  type Step,
  step,
} from './recipe.ts';

/** `session.dnis` and `session.did` are the number that was called. */
const PLACES = { caller: ['session.ani'], callId: ['session.callid'] };

export const threeCx: PhoneSystem = {
  id: '3cx',
  name: '3CX',
  isMine: hasSession,
  read: (fields, now) => readPlaces(fields, PLACES, happenedIn(fields), now),
  recipe: (order) => ({
    kind: 'recipe',
    system: '3cx',
    name: '3CX',
    how: 'An app that you make in the Call Flow Designer calls the address with GET.',
    steps: [
      step('In the 3CX Call Flow Designer, make a new project with one call flow.'),
      ...(order.useCase === 'call-to-text' ? keySteps(order) : hangUpSteps(order)),
      step(
        'Build the project, upload it in the admin console under Call Flow Apps, and give it an extension.',
      ),
      step('Send callers to that extension instead of the queue.'),
      step(
        order.useCase === 'call-to-text'
          ? 'Call from a mobile phone, wait for the offer, press 5.'
          : 'Call from a mobile phone and hang up during the announcement.',
      ),
    ],
    youShouldSee: 'A new row in the inbox within seconds, and the text on the phone that called.',
    advice: adviceFor(order.useCase),
    unconfirmed: [
      'That the caller is session.ani and the call session.callid: the expression editor lists the session variables of your version.',
      'That the app may hold callers while they wait. Once it has transferred a call to a queue it knows nothing of it any more, so callers who hang up in a queue of 3CX itself are not reported.',
    ],
    sample: {
      method: 'GET',
      query: `CALLER_ID_NUMBER=${SAMPLE_CALLER}&call_id=${SAMPLE_CALL}&event=${eventOf(order.useCase)}`,
      headers: {},
      body: null,
      hasCallId: true,
    },
  }),
};

/** Without the dollar of Yeastar, which has the same names. */
function hasSession(fields: readonly Field[]): boolean {
  return hasAt(fields, 'session.ani') && !fields.some(({ name }) => name.startsWith('$'));
}

function keySteps(order: RecipeOrder): Step[] {
  return [
    step('Add a Menu component that waits 30 seconds and takes the digit 5, with this prompt.', {
      title: 'Prompt',
      language: 'text',
      text: offerIn(order.language, order.practiceName),
    }),
    step(
      'On the branch of the digit 5, add a Web Interaction component: request type GET, timeout 5, and this URI.',
      uri(order),
    ),
    step('After it, add a Prompt Playback and a Disconnect Call component.', {
      title: 'Prompt',
      language: 'text',
      text: goodbyeIn(order.language),
    }),
    step('On the branches without a digit, add a Transfer to your queue.'),
  ];
}

function hangUpSteps(order: RecipeOrder): Step[] {
  return [
    step('In the main flow, play your announcement and hold music, then add a Transfer to your queue.'),
    step(
      'In the Disconnect Handler flow, add a Web Interaction component: request type GET, timeout 5, and this URI.',
      uri(order),
    ),
  ];
}

function uri({ url, useCase }: RecipeOrder) {
  const start = withQuery(plainUrl(url), `event=${eventOf(useCase)}&CALLER_ID_NUMBER=`);
  return {
    title: 'URI (expression)',
    language: 'text' as const,
    text: `CONCATENATE(${literal(start)}, session.ani, "&call_id=", session.callid)`,
  };
}
