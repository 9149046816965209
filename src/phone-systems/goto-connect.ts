/** GoTo Connect (before that, Jive): a webhook of the dial plan, or notifications about the calls of an account. */
import { hasAt, readPlaces, textAt } from './exact-places.ts';
import { isPlacedByStaff } from './happening-words.ts';
import type { PhoneSystem } from './phone-system.ts';
import { plainUrl } from './quoting.ts';
import type { Field, Happening } from './reading.ts';
import { adviceFor, json, offerIn, type RecipeOrder, SAMPLE_CALLER, step } from './recipe.ts';

/** Of a notification. `callee` and `ownerPhoneNumber` are our side; `duration` is in milliseconds. */
const PLACES = {
  caller: ['data.content.caller.number', 'content.caller.number'],
  callId: ['data.content.conversationspaceid', 'content.conversationspaceid'],
  time: ['data.content.callended', 'content.callended', 'data.timestamp', 'timestamp'],
};

export const gotoConnect: PhoneSystem = {
  id: 'goto-connect',
  name: 'GoTo Connect',
  isMine: isNotification,
  read: (fields, now) => readPlaces(fields, PLACES, happened(fields), now),
  recipe: (order) => ({
    kind: 'recipe',
    system: 'goto-connect',
    name: 'GoTo Connect',
    how: 'A webhook in the dial plan posts the caller’s number to the address.',
    steps: [
      step('In GoTo Admin, open Phone system, Dial plans, and the dial plan of your queue.'),
      ...(order.useCase === 'call-to-text'
        ? [
            step(
              'While callers wait, play an announcement every 30 seconds, and let the key 5 leave the queue.',
              {
                title: 'Announcement',
                language: 'text' as const,
                text: offerIn(order.language, order.practiceName),
              },
            ),
            step('Behind the key 5, add a webhook with this address.', webhook(order)),
          ]
        : [
            step(
              'Where callers leave the queue by hanging up, add a webhook with this address.',
              webhook(order),
            ),
          ]),
      step('Let it send JSON with POST, and the caller’s number as CALLER_ID_NUMBER.'),
      step('Save the dial plan, and call from a mobile phone.'),
    ],
    youShouldSee: 'A new row in the inbox within seconds, and the text on the phone that called.',
    advice: adviceFor(order.useCase),
    unconfirmed: [
      'Where your dial plan editor has the webhook, and whether your plan includes it: ask GoTo’s support for “dial plan webhook”.',
      'That the number comes as CALLER_ID_NUMBER with 10 digits. Any other usual name and form is read as well.',
      ...(order.useCase === 'abandoned-call'
        ? ['That a dial plan goes on to a webhook after the caller has hung up.']
        : []),
    ],
    sample: json({ CALLER_ID_NUMBER: SAMPLE_CALLER }, false),
  }),
};

function webhook({ url }: RecipeOrder) {
  return { title: 'Webhook URL', language: 'text' as const, text: plainUrl(url) };
}

function isNotification(fields: readonly Field[]): boolean {
  return textAt(fields, 'data.source', 'source').startsWith('call-events') && hasAt(fields, ...PLACES.callId);
}

function happened(fields: readonly Field[]): Happening | null {
  if (isPlacedByStaff(textAt(fields, 'data.content.direction', 'content.direction'))) return 'other';
  if (textAt(fields, 'data.content.answertime', 'content.answertime') !== '') return 'answered';
  const type = textAt(fields, 'data.type', 'type').toUpperCase();
  return type === 'ENDING' || type === 'REPORT_SUMMARY' ? 'ended' : 'other';
}
