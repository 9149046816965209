import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { vi } from 'vitest';
import { type Carrier, carrierOf, type TextOut } from '../../src/carriers/carrier.ts';
import { SIGNATURE_HEADER, sign } from '../../src/carriers/simulator-signature.ts';
import { statusAddress } from '../../src/carriers/status-address.ts';
import type { CarrierName } from '../../src/domain/calls/firing.ts';
import { TelnyxSigner } from '../telnyx-signer.ts';
import { ORIGIN } from './staff-browser.ts';

/** The four carriers as they call us: what each has in common with the others is tested of all of them. */

export const LINE_NUMBER = '+12062020100';

const TWILIO_TOKEN = 'f00dfacef00dfacef00dfacef00dface';
const KANNEL_TOKEN = 'token of the callbacks';
const SIMULATOR_SECRET = 'only-on-this-machine';
const signer = await TelnyxSigner.withNewKey();
const stranger = await TelnyxSigner.withNewKey();

/** All that any of them needs; objects get the same bindings. */
const SETTINGS = {
  TWILIO_ACCOUNT_SID: `AC${'0123456789abcdef'.repeat(2)}`,
  TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
  TELNYX_API_KEY: 'KEY0123456789_secret',
  TELNYX_PUBLIC_KEY: signer.publicKey,
  KANNEL_SENDSMS_URL: 'http://gateway.example:13013/cgi-bin/sendsms',
  KANNEL_USERNAME: 'offhook',
  KANNEL_PASSWORD: 'secret',
  KANNEL_CALLBACK_TOKEN: KANNEL_TOKEN,
  PUBLIC_ORIGIN: ORIGIN,
};

export interface TextFromCaller {
  id: string;
  from: string;
  body: string;
}

export type Told = 'sent' | 'delivered' | 'undelivered' | 'landline';

/** How a webhook differs from a genuine one. */
export interface Forging {
  isSigned?: boolean;
  bySomebodyElse?: boolean;
  /** What was signed had these in place of the words, or the status, that are sent. */
  signedOver?: string;
  /** When it was signed; for carriers that say so. */
  at?: number;
}

/** A request as a carrier makes it, which can be made any number of times. */
export type Webhook = () => Promise<Response>;

export interface CallingCarrier {
  name: CarrierName;
  carrier: Carrier;
  /** Refuses what was signed long ago; the others are known again by the ids in them. */
  saysWhen: boolean;
  /** Signs what it sends; Kannel only has an address that nobody else knows. */
  signs: boolean;
  text(text: TextFromCaller, forging?: Forging): Promise<Webhook>;
  report(about: TextOut, told: Told, forging?: Forging): Promise<Webhook>;
}

function webhook(address: string, init: RequestInit): Webhook {
  return () => exports.default.fetch(new Request(address, init));
}

function addressOf(name: CarrierName, about: TextOut): string {
  const address = statusAddress({ ...env, ...SETTINGS }, name, about);
  if (address === null) throw new Error('the settings are not there');
  return address.href;
}

const simulator: Omit<CallingCarrier, 'carrier'> = {
  name: 'simulator',
  saysWhen: true,
  signs: true,
  text: ({ id, from, body }, forging) =>
    simulated(
      'messages',
      (words) => ({ messageId: id, from, to: LINE_NUMBER, body: words, at: 1 }),
      body,
      forging,
    ),
  report(about, told, forging) {
    const { conversationId, messageId, attempt } = about;
    const reasons = {
      sent: null,
      delivered: null,
      undelivered: 'unreachable',
      landline: 'landline',
    } as const;
    const status = told === 'landline' ? 'undelivered' : told;
    const payload = (said: string) => ({
      ...{ conversationId, messageId, attempt, status: said, reason: reasons[told] },
    });
    return simulated('status', payload, status, forging);
  },
};

async function simulated(
  door: 'messages' | 'status',
  payload: (said: string) => unknown,
  said: string,
  forging: Forging = {},
): Promise<Webhook> {
  const { isSigned = true, bySomebodyElse = false, signedOver = said, at = Date.now() } = forging;
  const path = `/carriers/simulator/${door}`;
  const secret = bySomebodyElse ? 'guessed' : SIMULATOR_SECRET;
  const signature = await sign(secret, { path, body: JSON.stringify(payload(signedOver)) }, at);
  const headers = {
    'Content-Type': 'application/json',
    ...(isSigned && { [SIGNATURE_HEADER]: signature }),
  };
  return webhook(ORIGIN + path, { method: 'POST', headers, body: JSON.stringify(payload(said)) });
}

const twilio: Omit<CallingCarrier, 'carrier'> = {
  name: 'twilio',
  saysWhen: false,
  signs: true,
  text: ({ id, from, body }, forging) =>
    twilioForm(
      `${ORIGIN}/carriers/twilio/messages`,
      (words) => ({ MessageSid: id, From: from, To: LINE_NUMBER, Body: words, NumMedia: '0' }),
      body,
      forging,
    ),
  report(about, told, forging) {
    const ErrorCode = { sent: '', delivered: '', undelivered: '30003', landline: '30006' }[told];
    const form = (status: string) => ({ MessageSid: 'SM1', MessageStatus: status, ErrorCode });
    return twilioForm(addressOf('twilio', about), form, told === 'landline' ? 'undelivered' : told, forging);
  },
};

async function twilioForm(
  address: string,
  form: (said: string) => Record<string, string>,
  said: string,
  { isSigned = true, bySomebodyElse = false, signedOver = said }: Forging = {},
): Promise<Webhook> {
  const token = bySomebodyElse ? 'guessed' : TWILIO_TOKEN;
  const signature = getExpectedTwilioSignature(token, address, form(signedOver));
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    ...(isSigned && { 'X-Twilio-Signature': signature }),
  };
  return webhook(address, { method: 'POST', headers, body: new URLSearchParams(form(said)).toString() });
}

const telnyx: Omit<CallingCarrier, 'carrier'> = {
  name: 'telnyx',
  saysWhen: true,
  signs: true,
  text: ({ id, from, body }, forging) =>
    telnyxEvent(
      `${ORIGIN}/carriers/telnyx/messages`,
      (text) => ({
        event_type: 'message.received',
        payload: { id, from: { phone_number: from }, to: [{ phone_number: LINE_NUMBER }], text },
      }),
      body,
      forging,
    ),
  report(about, told, forging) {
    const code = { sent: null, delivered: null, undelivered: '40008', landline: '40001' }[told];
    const status = code === null ? told : 'delivery_failed';
    const errors = code === null ? [] : [{ code }];
    const event = (said: string) => ({
      event_type: said === 'sent' ? 'message.sent' : 'message.finalized',
      payload: { to: [{ status: said }], errors },
    });
    return telnyxEvent(addressOf('telnyx', about), event, status, forging);
  },
};

async function telnyxEvent(
  address: string,
  event: (said: string) => unknown,
  said: string,
  forging: Forging = {},
): Promise<Webhook> {
  const { isSigned = true, bySomebodyElse = false, signedOver = said, at = Date.now() } = forging;
  const bodyOf = (words: string) => JSON.stringify({ data: event(words) });
  const headers = isSigned
    ? await (bySomebodyElse ? stranger : signer).headers(bodyOf(signedOver), at)
    : new Headers();
  headers.set('Content-Type', 'application/json');
  return webhook(address, { method: 'POST', headers, body: bodyOf(said) });
}

const kannel: Omit<CallingCarrier, 'carrier'> = {
  name: 'kannel',
  saysWhen: false,
  signs: false,
  async text({ id, from, body }, forging) {
    const query = { from, to: LINE_NUMBER, text: body, id, at: '1', coding: '0', charset: 'UTF-8' };
    return kannelCall(new URL(`${ORIGIN}/carriers/kannel/messages?${new URLSearchParams(query)}`), forging);
  },
  async report(about, told, forging) {
    // Kannel does not say that it is a landline: rejected is what comes nearest.
    const type = { sent: '8', delivered: '1', undelivered: '2', landline: '16' }[told];
    const address = new URL(addressOf('kannel', about));
    address.searchParams.set('type', type);
    return kannelCall(address, forging);
  },
};

function kannelCall(address: URL, { isSigned = true, bySomebodyElse = false }: Forging = {}): Webhook {
  if (isSigned) address.searchParams.set('token', bySomebodyElse ? 'guessed' : KANNEL_TOKEN);
  else address.searchParams.delete('token');
  return webhook(address.href, {});
}

export const EVERY_CARRIER: readonly CallingCarrier[] = [simulator, twilio, telnyx, kannel].map((one) => ({
  ...one,
  carrier: carrierOf(one.name),
}));

/** Lines of this carrier, and everything set that it needs. */
export async function use({ name }: CallingCarrier): Promise<void> {
  Object.assign(env, SETTINGS);
  await env.DB.prepare('UPDATE lines SET carrier = ?, segments_per_second = 1000').bind(name).run();
}

export function unset(): void {
  for (const name of Object.keys(SETTINGS)) delete (env as unknown as Record<string, unknown>)[name];
}

/** What is handed to the carrier, which takes all of it. */
export function taking({ carrier }: CallingCarrier): TextOut[] {
  const taken: TextOut[] = [];
  vi.spyOn(carrier, 'send').mockImplementation(async (_, text) => {
    taken.push(text);
    return { outcome: 'accepted', carrierId: `c-${taken.length}` };
  });
  return taken;
}

/** Also on a machine that is busy with other things. */
export function eventually(holds: () => unknown): Promise<unknown> {
  return vi.waitFor(holds, { timeout: 10_000, interval: 25 });
}
