/** Amazon Connect: a Lambda function passes on the event that a flow gave it, as it came. */
import { readPlaces, textAt } from './exact-places.ts';
import type { PhoneSystem } from './phone-system.ts';
import { literal, plainUrl } from './quoting.ts';
import type { Field, Happening } from './reading.ts';
import { happenedIn } from './reading-anything.ts';
import {
  eventOf,
  json,
  KEY_ADVICE,
  offerIn,
  type Recipe,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  step,
} from './recipe.ts';

/** `SystemEndpoint` is our own number. */
const PLACES = {
  caller: ['details.contactdata.customerendpoint.address'],
  callId: ['details.contactdata.initialcontactid', 'details.contactdata.contactid'],
};

export const amazonConnect: PhoneSystem = {
  id: 'amazon-connect',
  name: 'Amazon Connect',
  isMine,
  read: (fields, now) => readPlaces(fields, PLACES, happened(fields), now),
  recipe: (order) => (order.useCase === 'call-to-text' ? keyRecipe(order) : NO_HANG_UP),
};

function isMine(fields: readonly Field[]): boolean {
  return (
    textAt(fields, 'name') === 'ContactFlowEvent' ||
    fields.some(
      ({ path }) =>
        path.includes('contactdata') || (path[0] === 'details' && path.includes('customerendpoint')),
    )
  );
}

function happened(fields: readonly Field[]): Happening | null {
  const method = textAt(fields, 'details.contactdata.initiationmethod');
  return /^(?:outbound|api|external_outbound)$/i.test(method) ? 'other' : happenedIn(fields);
}

const NO_HANG_UP: Recipe = {
  kind: 'not-possible',
  system: 'amazon-connect',
  name: 'Amazon Connect',
  why: 'No flow of Amazon Connect runs for a caller who hangs up in a queue, and its contact events do not carry the caller’s number. Set up call-to-text, or have a function that receives the contact event DISCONNECTED look the contact up and call the address as “Any other” says.',
  unconfirmed: ['That looking a contact up gives the caller’s number in your region and version.'],
};

function keyRecipe(order: RecipeOrder): Recipe {
  return {
    kind: 'recipe',
    system: 'amazon-connect',
    name: 'Amazon Connect',
    how: 'A flow starts a Lambda function, which passes its event on to the address.',
    steps: [
      step('Make a Lambda function with a current Node.js runtime, a timeout of 8 seconds, and this code.', {
        title: 'index.mjs',
        language: 'javascript',
        text: lambda(order),
      }),
      step('In Amazon Connect, under Flows, add the function to your instance.'),
      step(
        'In your customer queue flow, loop a prompt every 30 seconds; let Get customer input take the digit 5.',
        {
          title: 'Prompt',
          language: 'text',
          text: offerIn(order.language, order.practiceName),
        },
      ),
      step('Behind the digit, add Invoke AWS Lambda function: this function, timeout 8 seconds.'),
      step('Behind it, on success and on error alike, play a goodbye and disconnect.'),
      step('Publish, call from a mobile phone, press 5.'),
    ],
    youShouldSee: 'The function returns {"result":"texting"}, and a new row appears in the inbox.',
    advice: [
      ...KEY_ADVICE,
      'Amazon Connect asks up to three times when the function is slow or fails. The same call is texted once.',
    ],
    unconfirmed: [
      'Whether your queue flow takes a digit itself, or has to leave the queue for a moment to do so.',
    ],
    sample: json(
      {
        Details: {
          ContactData: {
            Channel: 'VOICE',
            ContactId: `4a573372-1f28-4e26-b97b-0000${SAMPLE_CALL}`,
            CustomerEndpoint: { Address: `+1${SAMPLE_CALLER}`, Type: 'TELEPHONE_NUMBER' },
            InitialContactId: `4a573372-1f28-4e26-b97b-0000${SAMPLE_CALL}`,
            InitiationMethod: 'INBOUND',
            SystemEndpoint: { Address: '+12065550100', Type: 'TELEPHONE_NUMBER' },
          },
          Parameters: {},
        },
        Name: 'ContactFlowEvent',
        event: eventOf(order.useCase),
      },
      true,
    ),
  };
}

function lambda({ url, useCase }: RecipeOrder): string {
  return `const url = ${literal(plainUrl(url))};

export const handler = async (event) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...event, event: ${literal(eventOf(useCase))} }),
    signal: AbortSignal.timeout(5000),
  });
  const { result = 'refused', reason = '' } = await response.json();
  return { result, reason };
};`;
}
