/** Genesys Cloud: a web services data action, whose body is what the recipe says: `Call.Ani` and a conversation. */
import { hasAt, readPlaces } from './exact-places.ts';
import type { PhoneSystem } from './phone-system.ts';
import { plainUrl } from './quoting.ts';
import { happenedIn } from './reading-anything.ts';
import {
  adviceFor,
  eventOf,
  json,
  offerIn,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  type Step,
  step,
} from './recipe.ts';

/** `Call.CalledAddress` is our own number. */
const PLACES = { caller: ['call.ani'], callId: ['conversationid', 'call.conversationid'] };

export const genesysCloud: PhoneSystem = {
  id: 'genesys-cloud',
  name: 'Genesys Cloud',
  isMine: (fields) => hasAt(fields, 'call.ani'),
  read: (fields, now) => readPlaces(fields, PLACES, happenedIn(fields), now),
  recipe: (order) => ({
    kind: 'recipe',
    system: 'genesys-cloud',
    name: 'Genesys Cloud',
    how: 'A web services data action calls the address out of an Architect flow or a workflow.',
    steps: [
      step(
        'Under Integrations, add and activate a Web Services Data Actions integration. It needs no credentials.',
      ),
      step('Under Actions, import this file as a new action, and publish it.', {
        title: 'offhook.custom.json',
        language: 'json',
        text: actionFile(order),
      }),
      ...(order.useCase === 'call-to-text' ? keySteps(order) : hangUpSteps()),
    ],
    youShouldSee: 'The action succeeds with the result "texting", and a new row appears in the inbox.',
    advice: adviceFor(order.useCase),
    unconfirmed: [
      'The exact form in which your version imports an action; the fields can also be typed in by hand.',
      ...(order.useCase === 'abandoned-call'
        ? ['The name of the trigger’s topic, and that its event carries the caller’s number as ani.']
        : []),
    ],
    sample: json(
      {
        'Call.Ani': `tel:+1${SAMPLE_CALLER}`,
        conversationId: `7e3f1a52-6d0c-4b1f-9a52-0000${SAMPLE_CALL}`,
        event: eventOf(order.useCase),
      },
      true,
    ),
  }),
};

function actionFile({ url, useCase }: RecipeOrder): string {
  const text = { type: 'string' };
  const requestTemplate = `{"Call.Ani": "\${input.ANI}", "conversationId": "\${input.CONVERSATION_ID}", "event": "${eventOf(useCase)}"}`;
  const action = {
    name: `Offhook ${useCase}`,
    integrationType: 'custom-rest-actions',
    actionType: 'custom',
    contract: {
      input: {
        inputSchema: {
          type: 'object',
          required: ['ANI', 'CONVERSATION_ID'],
          properties: { ANI: text, CONVERSATION_ID: text },
        },
      },
      output: { successSchema: { type: 'object', properties: { result: text, reason: text } } },
    },
    config: {
      request: {
        requestUrlTemplate: plainUrl(url),
        requestType: 'POST',
        headers: { 'Content-Type': 'application/json' },
        requestTemplate,
      },
      response: { translationMap: {}, translationMapDefaults: {}, successTemplate: `\${rawResult}` },
    },
    secure: false,
  };
  return JSON.stringify(action, null, 2);
}

function keySteps(order: RecipeOrder): Step[] {
  return [
    step(
      'In Architect, open the in-queue call flow of your queue and add a menu or Collect Input for the digit 5.',
      {
        title: 'Prompt',
        language: 'text',
        text: offerIn(order.language, order.practiceName),
      },
    ),
    step(
      'Behind the digit, add a Call Data Action: choose the action, ANI = Call.Ani, CONVERSATION_ID = Call.ConversationId, timeout 5 seconds.',
    ),
    step('Behind the action, on success and on failure alike, play a goodbye and disconnect.'),
    step('Publish the flow, call from a mobile phone, press 5.'),
  ];
}

function hangUpSteps(): Step[] {
  return [
    step(
      'In Architect, make a workflow with a Call Data Action that uses the action, with ANI and CONVERSATION_ID as inputs of the workflow.',
    ),
    step(
      'Under Admin, Triggers, add a trigger for the end of the customer’s part in a queue, limited to calls that no agent took part in.',
      {
        title: 'Topic and condition',
        language: 'text',
        text: 'v2.detail.events.conversation.{id}.acd.end\nmediaType = VOICE, disconnectType = PEER, without a connected agent',
      },
    ),
    step('Start the workflow with the event’s ani and conversationId as its inputs.'),
    step('Call from a mobile phone and hang up in the queue.'),
  ];
}
