/** Five9: the Query module of an IVR script, or a web connector, sends call variables under the names they have there. */
import { hasAt, readPlaces } from './exact-places.ts';
import type { PhoneSystem } from './phone-system.ts';
import { plainUrl } from './quoting.ts';
import type { Field } from './reading.ts';
import { happenedIn } from './reading-anything.ts';
import { adviceFor, eventOf, form, offerIn, SAMPLE_CALL, SAMPLE_CALLER, step } from './recipe.ts';

/** `Call.DNIS` is our own number, `Agent.…` are those who work there. */
const PLACES = {
  caller: ['call.ani'],
  callId: ['call.sessionid', 'call.callid'],
  waited: ['call.queuetime'],
};

export const five9: PhoneSystem = {
  id: 'five9',
  name: 'Five9',
  isMine,
  read: (fields, now) => readPlaces(fields, PLACES, happenedIn(fields), now),
  recipe: (order) => ({
    kind: 'recipe',
    system: 'five9',
    name: 'Five9',
    how: 'The Query module of an IVR script calls the address.',
    steps: [
      step('In the VCC Administrator, open the IVR script of your inbound campaign.'),
      ...(order.useCase === 'call-to-text'
        ? [
            step('Before or while the call waits for the skill, add a Menu module that takes the digit 5.', {
              title: 'Prompt',
              language: 'text' as const,
              text: offerIn(order.language, order.practiceName),
            }),
            step('On the branch of the digit 5, add a Query module: method POST, with this URL.', {
              title: 'URL',
              language: 'text' as const,
              text: plainUrl(order.url),
            }),
          ]
        : [
            step(
              'On the part of the script that runs when a caller hangs up, add a Query module: method POST, with this URL.',
              {
                title: 'URL',
                language: 'text' as const,
                text: plainUrl(order.url),
              },
            ),
          ]),
      step('Add these parameters: the name as it stands here, and the variable of the call as its value.', {
        title: 'Parameters',
        language: 'text',
        text: `Call.ANI          Call.ANI\nCall.session_id   Call.session_id\nevent             ${eventOf(order.useCase)}`,
      }),
      step('Save the script, and call the campaign from a mobile phone.'),
    ],
    youShouldSee: 'A new row in the inbox within seconds, and the text on the phone that called.',
    advice: adviceFor(order.useCase),
    unconfirmed: [
      'The names and settings of the modules: Five9’s own documentation could not be read. Call.ANI and Call.session_id are the variables that its partners’ guides use.',
      'That a script goes on after a caller hangs up, and knows then that no agent had answered.',
    ],
    sample: form(
      {
        'Call.ANI': SAMPLE_CALLER,
        'Call.session_id': `5F9A${SAMPLE_CALL}`,
        event: eventOf(order.useCase),
      },
      true,
    ),
  }),
};

/** Genesys Cloud has a `Call.Ani` too, but no session. */
function isMine(fields: readonly Field[]): boolean {
  return hasAt(fields, 'call.ani') && hasAt(fields, 'call.sessionid', 'call.callid', 'call.dnis');
}
