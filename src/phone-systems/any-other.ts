/** Any phone system that can ask for a web address: what it sends is read by the usual names, wherever they stand. */
import type { PhoneSystem } from './phone-system.ts';
import { plainUrl } from './quoting.ts';
import { readAnything } from './reading-anything.ts';
import { adviceFor, eventOf, form, SAMPLE_CALL, SAMPLE_CALLER, step } from './recipe.ts';

/** What the rest call the caller and the call; all of it is read. */
const NAMES_ELSEWHERE = [
  '46elks     from, callid',
  'Vodia      from, callid',
  'Kazoo      caller_id_number, call_id',
  'Talkdesk   contact_phone_number, interaction_id',
  'NICE       ani, contactId',
].join('\n');

/** To be replaced by who pastes it; as it stands it is refused. */
const YOUR_NUMBER = 'YOUR-TEN-DIGITS';

export const anyOther: PhoneSystem = {
  id: 'any-other',
  name: 'Any other',
  isMine: () => false,
  read: readAnything,
  recipe: (order) => ({
    kind: 'recipe',
    system: 'any-other',
    name: 'Any other',
    how: 'Anything that can make a web request calls the address, with the caller’s number.',
    steps: [
      step(
        order.useCase === 'call-to-text'
          ? 'In the phone system, find the step that can make a web request when a caller who waits presses a key.'
          : 'In the phone system, find the step that can make a web request when a caller hangs up before anybody answers.',
      ),
      step('Let it call this address with POST. GET works too.', {
        title: 'Address',
        language: 'text',
        text: plainUrl(order.url),
      }),
      step(
        'Let it send these fields as a form, as JSON, or in the address; XML is not read. Only the first is needed.',
        {
          title: 'Fields',
          language: 'text',
          text: `CALLER_ID_NUMBER   the number of the caller
call_id            the phone system’s own id of the call: one call, one text
waited_seconds     how long the caller waited
event              ${eventOf(order.useCase)}`,
        },
      ),
      step('If the names are fixed, leave them. These are known, and so are most others.', {
        title: 'Names elsewhere',
        language: 'text',
        text: NAMES_ELSEWHERE,
      }),
      step(
        'Try it without a phone. With dry_run nobody is texted, and the answer says what would have happened.',
        {
          title: 'Shell',
          language: 'shell',
          text: `curl -X POST '${plainUrl(order.url)}' -d 'CALLER_ID_NUMBER=${SAMPLE_CALLER}&dry_run=1'`,
        },
      ),
      step('Then with the number of a phone in your hand: it is texted, and the inbox has its first row.', {
        title: 'Shell',
        language: 'shell',
        text: `curl -X POST '${plainUrl(order.url)}' -d 'CALLER_ID_NUMBER=${YOUR_NUMBER}'`,
      }),
    ],
    youShouldSee: 'The answer has the status 200 and "result":"texting"; a new row appears in the inbox.',
    advice: [
      ...adviceFor(order.useCase),
      'Send “event=answered” with the same call_id when somebody answers after all, if the phone system can.',
    ],
    unconfirmed: ['The names that Vodia, Talkdesk and NICE use, which differ with their versions.'],
    sample: form(
      {
        CALLER_ID_NUMBER: SAMPLE_CALLER,
        call_id: `call-${SAMPLE_CALL}`,
        waited_seconds: '94',
        event: eventOf(order.useCase),
      },
      true,
    ),
  }),
};
