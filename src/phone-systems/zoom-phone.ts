/** Zoom Phone: posts events of calls, up to 85 minutes late, to an app of the customer's, which passes them on. */
import { readPlaces, textAt } from './exact-places.ts';
import type { PhoneSystem } from './phone-system.ts';
import { literal, plainUrl } from './quoting.ts';
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

/** `callee`, `forwarded_by` and the `…_did_number`s are our side. */
const CALLER = ['payload.object.caller.phonenumber', 'payload.object.callernumber'];
const REST = { callId: ['payload.object.callid'], time: ['eventts'] };

const NAME = 'Zoom Phone';

export const zoomPhone: PhoneSystem = {
  id: 'zoom-phone',
  name: NAME,
  isMine,
  read,
  recipe: (order) => (order.useCase === 'abandoned-call' ? hangUpRecipe(order) : NO_KEY),
};

function isMine(fields: readonly Field[]): boolean {
  return (
    textAt(fields, 'event').startsWith('phone.') &&
    fields.some(({ path }) => path[0] === 'payload' && path[1] === 'object')
  );
}

function read(fields: readonly Field[], now: number) {
  return isFromOutside(fields)
    ? readPlaces(fields, { caller: CALLER, ...REST }, happened(fields), now)
    : readPlaces(fields, { caller: [], ...REST }, 'other', now);
}

/** A colleague, a queue or a menu that passes a call on stands there as the caller as well, with our own number. */
function isFromOutside(fields: readonly Field[]): boolean {
  const type = textAt(fields, 'payload.object.caller.extensiontype', 'payload.object.callernumbertype');
  const user = textAt(fields, 'payload.object.caller.userid');
  return user === '' && /^(?:|pstn|external|2|3)$/i.test(type);
}

function happened(fields: readonly Field[]): Happening | null {
  const event = textAt(fields, 'event');
  switch (event) {
    case 'phone.callee_missed':
      return 'abandoned';
    case 'phone.callee_answered':
      return 'answered';
    case 'phone.callee_ended':
      return textAt(fields, 'payload.object.answerstarttime') === '' ? 'ended' : 'answered';
    default:
      return 'other';
  }
}

const NO_KEY: Recipe = {
  kind: 'not-possible',
  system: 'zoom-phone',
  name: NAME,
  why: 'Zoom Phone reports calls, not the keys that callers press in a queue or a menu. Set up abandoned calls, and tell callers on hold that they may hang up and will get a text.',
  unconfirmed: ['That Zoom Contact Center, which has flows of its own, cannot do more in your plan.'],
};

function hangUpRecipe({ url }: RecipeOrder): Recipe {
  return {
    kind: 'recipe',
    system: 'zoom-phone',
    name: NAME,
    how: 'An app of yours receives the missed calls of Zoom Phone, checks that they come from Zoom, and passes them on.',
    steps: [
      step(
        'In the Zoom App Marketplace, build a webhook-only or server-to-server app. Copy its secret token.',
      ),
      step(
        'Put this small relay online, for instance as a Cloudflare Worker, with the secret token as ZOOM_SECRET_TOKEN. Zoom wants its secret proved, and Offhook does not keep it.',
        {
          title: 'relay.js',
          language: 'javascript',
          text: relay(url),
        },
      ),
      step('In the app, add an event subscription with the address of the relay, and press Validate.'),
      step(
        'Add the events “Callee missed a call” and “Callee answered a call”, then save and activate the app.',
      ),
      step('Call from a mobile phone and hang up before anybody answers.'),
    ],
    youShouldSee: 'Zoom shows the address as validated; after the call, a new row in the inbox.',
    advice: [
      ...HANG_UP_ADVICE,
      'Zoom tries again after 5, 20 and 60 minutes. A report that is more than an hour old leads to no text.',
      'In a queue Zoom reports each phone that stopped ringing. The same call is texted once, but it may be texted while another phone still rings.',
    ],
    unconfirmed: [
      'That a caller who hangs up while hearing hold music, with no phone ringing, is reported at all.',
      'Which caller types your account sends: calls that a menu passes on may show the menu as their caller, and are left out.',
    ],
    sample: json(
      {
        event: 'phone.callee_missed',
        payload: {
          account_id: 'n5cVNRk3RkqNkYfGmEY5dA',
          object: {
            call_id: `7121000000${SAMPLE_CALL}`,
            caller: {
              extension_type: 'pstn',
              phone_number: `+1${SAMPLE_CALLER}`,
              connection_type: 'pstn_off_net',
            },
            callee: {
              extension_type: 'callQueue',
              extension_number: 801,
              phone_number: '+12065550100',
              user_id: 'z8yCxjabcdEFGHfp8uQ',
            },
            handup_result: 'Call Cancel',
          },
        },
      },
      true,
    ),
  };
}

function relay(url: string): string {
  return `const offhook = ${literal(plainUrl(url))};

export default {
  async fetch(request, { ZOOM_SECRET_TOKEN }) {
    const body = await request.text();
    const { event, payload } = JSON.parse(body);
    if (event === 'endpoint.url_validation') {
      const { plainToken } = payload;
      return Response.json({ plainToken, encryptedToken: await hmac(ZOOM_SECRET_TOKEN, plainToken) });
    }
    const timestamp = request.headers.get('x-zm-request-timestamp');
    const expected = 'v0=' + (await hmac(ZOOM_SECRET_TOKEN, 'v0:' + timestamp + ':' + body));
    if (request.headers.get('x-zm-signature') !== expected) return new Response(null, { status: 403 });
    return fetch(offhook, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  },
};

async function hmac(secret, text) {
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, bytes.encode(text));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('');
}`;
}
