/** RingCentral: a subscription posts each change of a telephony session, with one or more parties in it. */
import { groupsIn, readPlaces, textAt } from './exact-places.ts';
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

/** `to` is the called side. `from.extensionNumber` and `from.extensionId` are those of people who work there. */
const CALLER = 'body.parties.from.phonenumber';
const REST = {
  callId: ['body.telephonysessionid', 'body.sessionid'],
  time: ['body.eventtime', 'timestamp'],
};

const NAME = 'RingCentral';
const PARTY = /^body\.parties(?:\[\d+\]|(?=\.))/i;

export const ringcentral: PhoneSystem = {
  id: 'ringcentral',
  name: NAME,
  isMine,
  read,
  recipe: (order) => (order.useCase === 'abandoned-call' ? hangUpRecipe(order) : NO_KEY),
  takesOnly200: true,
};

/**
 * What RingCentral wants to get back in the same header before it subscribes an address; null where it does not
 * ask, or asks for something that is no header. It may send the header with its events, too.
 */
export function validationToken(headers: Headers, fields: readonly Field[]): string | null {
  const token = headers.get('Validation-Token') ?? '';
  return /^[\w.~+/=-]{1,200}$/.test(token) && textAt(fields, 'event') === '' ? token : null;
}

function isMine(fields: readonly Field[]): boolean {
  return (
    textAt(fields, 'event').startsWith('/restapi/') ||
    fields.some(({ path }) => path[0] === 'body' && path[1] === 'parties')
  );
}

function read(fields: readonly Field[], now: number) {
  const parties = groupsIn(fields, PARTY);
  const caller = parties.find(isCaller);
  if (caller === undefined) return readPlaces(fields, { caller: [], ...REST }, 'other', now);
  const others = fields.filter(({ name }) => !PARTY.test(name));
  return readPlaces([...others, ...caller], { caller: [CALLER], ...REST }, happened(caller), now);
}

/** Of a call that staff placed, `from` is whoever placed it; so is it of a call from desk to desk. */
function isCaller(party: readonly Field[]): boolean {
  const isInbound = /^inbound$/i.test(textAt(party, 'body.parties.direction'));
  return isInbound && textAt(party, 'body.parties.from.extensionid') === '';
}

function happened(party: readonly Field[]): Happening | null {
  if (textAt(party, 'body.parties.missedcall') === 'true') return 'abandoned';
  const code = textAt(party, 'body.parties.status.code');
  switch (code.toLowerCase()) {
    case '':
      return null;
    case 'answered':
      return 'answered';
    case 'disconnected':
    case 'gone':
      return 'ended';
    default:
      return 'other';
  }
}

const NO_KEY: Recipe = {
  kind: 'not-possible',
  system: 'ringcentral',
  name: NAME,
  why: 'RingCentral reports calls, not the keys that callers press in a queue or a menu. Set up abandoned calls, and tell callers on hold that they may hang up and will get a text.',
  unconfirmed: ['That your RingCentral plan has no other way to call an address from a menu.'],
};

function hangUpRecipe({ url }: RecipeOrder): Recipe {
  const subscription = {
    eventFilters: [
      '/restapi/v1.0/account/~/extension/QUEUE_ID/telephony/sessions?direction=Inbound&missedCall=true',
    ],
    deliveryMode: { transportType: 'WebHook', address: plainUrl(url) },
    expiresIn: 315_360_000,
  };
  return {
    kind: 'recipe',
    system: 'ringcentral',
    name: NAME,
    how: 'A subscription of RingCentral posts each missed call of a queue to the address.',
    steps: [
      step(
        'In the RingCentral developer console, register an app of the type REST API with the permissions Read Accounts, Call Control and Webhook Subscriptions.',
      ),
      step('Get an access token for it, and the id of your queue’s extension.'),
      step(
        'Subscribe: put the token for ACCESS_TOKEN and the id for QUEUE_ID. Offhook answers the check that RingCentral makes meanwhile.',
        {
          title: 'Shell',
          language: 'shell',
          text: `curl -X POST https://platform.ringcentral.com/restapi/v1.0/subscription \\
  -H 'Authorization: Bearer ACCESS_TOKEN' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(subscription)}'`,
        },
      ),
      step('Call the queue from a mobile phone and hang up before anybody answers.'),
    ],
    youShouldSee:
      'The answer to the subscription has "status":"Active"; after the call, a new row appears in the inbox.',
    advice: [
      ...HANG_UP_ADVICE,
      'Subscribe to one queue, not to the account: else calls to every desk that nobody takes would be texted.',
      'RingCentral ends a subscription for good if its address fails too often. Look at its status once a month.',
    ],
    unconfirmed: [
      'The longest time that a subscription may last in your account: ask for less, and subscribe again, if it is refused.',
      'That missedCall is set for callers who hang up in a queue, as it is for those whom nobody answered.',
    ],
    sample: json(
      {
        uuid: '5794185320012345678',
        event: '/restapi/v1.0/account/400131426008/extension/400131426009/telephony/sessions',
        subscriptionId: 'c0dc8e2c-5d0e-4a77-9d0b-4d1a3a8b7a10',
        body: {
          sequence: 7,
          sessionId: '8862741004',
          telephonySessionId: `s-a0d15f2c8e17z18c0000${SAMPLE_CALL}`,
          parties: [
            {
              accountId: '400131426008',
              extensionId: '400131426009',
              id: 'p-a0d15f2c8e17-2',
              direction: 'Inbound',
              to: { phoneNumber: '+12065550100', extensionId: '400131426009' },
              from: { phoneNumber: `+1${SAMPLE_CALLER}`, name: 'SEATTLE WA' },
              status: { code: 'Disconnected', rcc: false },
              missedCall: true,
            },
          ],
        },
      },
      true,
    ),
  };
}
