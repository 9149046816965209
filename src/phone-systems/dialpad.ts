/** Dialpad: a call event subscription posts each change of a call as JSON, once for each leg of it. */
import { hasAt, readPlaces, textAt } from './exact-places.ts';
import { isPlacedByStaff } from './happening-words.ts';
import type { PhoneSystem } from './phone-system.ts';
import { plainUrl } from './quoting.ts';
import type { Field, Happening } from './reading.ts';
import {
  HANG_UP_ADVICE,
  json,
  type Recipe,
  type RecipeOrder,
  SAMPLE_CALL,
  SAMPLE_CALLER,
  step,
} from './recipe.ts';

/**
 * `internal_number`, `target` and `entry_point_target` are our side, and `contact` is who the address book
 * thinks it is. The legs of one call share the entry point. `duration` is in milliseconds, and of the talk.
 */
const PLACES = {
  caller: ['externalnumber'],
  callId: ['entrypointcallid', 'mastercallid', 'callid'],
  time: ['eventtimestamp'],
};

const NAME = 'Dialpad';

export const dialpad: PhoneSystem = {
  id: 'dialpad',
  name: NAME,
  isMine,
  read: (fields, now) => readPlaces(fields, PLACES, happened(fields), now),
  recipe: (order) => (order.useCase === 'abandoned-call' ? hangUpRecipe(order) : NO_KEY),
};

/** Any of these, so that an event without its caller is not searched for somebody else. */
function isMine(fields: readonly Field[]): boolean {
  return (
    hasAt(fields, 'internalnumber', 'entrypointcallid', 'mastercallid', 'dateconnected') ||
    (hasAt(fields, 'externalnumber') && hasAt(fields, 'callid'))
  );
}

function happened(fields: readonly Field[]): Happening | null {
  if (isPlacedByStaff(textAt(fields, 'direction')) || textAt(fields, 'isinternal') === 'true') return 'other';
  const isAnswered = textAt(fields, 'dateconnected') !== '';
  const state = textAt(fields, 'state').toLowerCase();
  switch (state) {
    case '':
      return null;
    case 'connected':
      return 'answered';
    case 'hangup':
    case 'missed':
    case 'abandoned':
      return isAnswered ? 'answered' : 'abandoned';
    default:
      return 'other';
  }
}

const NO_KEY: Recipe = {
  kind: 'not-possible',
  system: 'dialpad',
  name: NAME,
  why: 'Dialpad reports calls, not the keys that callers press while they wait. Set up abandoned calls, and tell callers on hold that they may hang up and will get a text.',
  unconfirmed: ['That the menus of a Dialpad contact center cannot call an address in your plan.'],
};

function hangUpRecipe({ url }: RecipeOrder): Recipe {
  const shell = (path: string, body: object) => `curl -X POST https://dialpad.com/api/v2/${path} \\
  -H 'Authorization: Bearer API_KEY' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body)}'`;
  return {
    kind: 'recipe',
    system: 'dialpad',
    name: NAME,
    how: 'A call event subscription posts the end of each call of a contact center to the address.',
    steps: [
      step('In the Dialpad admin portal, make an API key.'),
      step(
        'Make a webhook: put the key for API_KEY. Give no secret, because Offhook reads JSON and no tokens.',
        {
          title: 'Shell',
          language: 'shell',
          text: shell('webhooks', { hook_url: plainUrl(url) }),
        },
      ),
      step(
        'Subscribe: put the id from the answer for "WEBHOOK_ID" and the id of your contact center for "CENTER_ID", both without the quotes.',
        {
          title: 'Shell',
          language: 'shell',
          text: shell('subscriptions/call', {
            webhook_id: 'WEBHOOK_ID',
            call_states: ['connected', 'hangup'],
            target_type: 'callcenter',
            target_id: 'CENTER_ID',
            enabled: true,
          }),
        },
      ),
      step('Call from a mobile phone and hang up before anybody answers.'),
    ],
    youShouldSee: 'Both answers of Dialpad have an id; after the call, a new row in the inbox.',
    advice: [
      ...HANG_UP_ADVICE,
      'Subscribe to one contact center, not to the company: else calls to every desk that nobody takes would be texted.',
    ],
    unconfirmed: [
      'That external_number is the caller in every event: it is in the events that were seen.',
      'That date_connected stays empty in every leg of a call that nobody answered.',
      'Which answers Dialpad tries again.',
    ],
    sample: json(
      {
        call_id: 5_121_000_002,
        entry_point_call_id: `51210000${SAMPLE_CALL}`,
        master_call_id: null,
        direction: 'inbound',
        state: 'hangup',
        external_number: `+1${SAMPLE_CALLER}`,
        internal_number: '+12065550100',
        date_connected: null,
        duration: 0,
        contact: { id: 'shared_contact_1', name: '', phone: '+12065550111' },
        target: { id: 5_171_365_938, type: 'callcenter', phone: '+12065550100', name: 'Front desk' },
        entry_point_target: {},
        is_transferred: false,
      },
      true,
    ),
  };
}
