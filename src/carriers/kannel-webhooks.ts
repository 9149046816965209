/** What Kannel tells us: GET requests to addresses that are ours to choose, known by the token in them. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import type { DeliveryReport } from './carrier.ts';
import { REPORT_BITS } from './kannel.ts';
import { textInQuery } from './kannel-text.ts';
import { reportedText } from './status-address.ts';
import type { CarriedText, CarrierWebhooks, Reading } from './webhooks.ts';

const carriedText = z.object({
  from: z.string().min(1).max(50),
  to: z.string().transform(e164Of).pipe(z.string()),
  /** Of Kannel's own making, and the same when it asks again. */
  id: z.string().max(100).default(''),
  /** When the centre handed it over, in seconds. */
  at: z
    .string()
    .regex(/^\d{0,11}$/)
    .default(''),
});

const kindOfReport = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number);

export const kannelWebhooks: CarrierWebhooks = {
  method: 'GET',
  mediaType: null,

  async isGenuine(env, { url }) {
    const token = env.KANNEL_CALLBACK_TOKEN;
    return Boolean(token) && isSame(`${token}`, url.searchParams.get('token') ?? '');
  },

  /** The token is all the signature there is. A report carries none of the numbers. */
  claimedLine({ url }) {
    return url.searchParams.get('token') ? e164Of(url.searchParams.get('to') ?? '') : null;
  },

  readText({ url }): Reading<CarriedText> {
    const { data } = carriedText.safeParse(Object.fromEntries(url.searchParams));
    const body = textInQuery(url.search);
    // Without an id and a time, a text that comes twice is no different from the same words sent twice.
    if (data === undefined || body === null || data.id + data.at === '') return { kind: 'unreadable' };
    const from = e164Of(data.from);
    // Short codes and names: nobody can answer them. And an empty text says nothing.
    if (from === null || body === '') return { kind: 'ignored' };
    const { to, at } = data;
    const messageId = data.id || bytesToHex(sha256(utf8ToBytes(JSON.stringify([from, to, body, at]))));
    const value = { messageId, from, to, body, media: [], at: at === '' ? Date.now() : Number(at) * 1000 };
    return { kind: 'read', value };
  },

  readReport({ url }): Reading<DeliveryReport> {
    const text = reportedText(url);
    const { data: kind } = kindOfReport.safeParse(url.searchParams.get('type'));
    if (text === null || kind === undefined) return { kind: 'unreadable' };
    const reported = statusOf(kind);
    return reported === null ? { kind: 'ignored' } : { kind: 'read', value: { ...text, ...reported } };
  },

  /** Kannel repeats what is answered with anything but 200 or 202, and texts an answer's body to the caller. */
  acknowledgement: () => new Response('', { headers: { 'Content-Type': 'text/plain' } }),

  calls: null,
};

/** Null for what is on its way still. Kannel does not say why a text failed. */
function statusOf(bits: number): Pick<DeliveryReport, 'status' | 'reason'> | null {
  if (bits & REPORT_BITS.delivered) return { status: 'delivered', reason: null };
  if (bits & REPORT_BITS.failed) return { status: 'undelivered', reason: 'unreachable' };
  if (bits & REPORT_BITS.rejected) return { status: 'failed', reason: 'refused' };
  if (bits & REPORT_BITS.accepted) return { status: 'sent', reason: null };
  return null;
}

/**
 * Centres write a number as they like: with a plus (which may arrive as a space), with 00 or 011, with the
 * country code alone, or as ten digits. Null for what is no number, such as a short code or a name.
 */
function e164Of(written: string): string | null {
  const [, international] = /^[+ ]([1-9]\d{6,14})$/.exec(written) ?? [];
  const [, national] = /^([2-9]\d{9})$/.exec(written) ?? [];
  const [, prefixed] = /^(?:011|00)?([1-9]\d{10,14})$/.exec(written) ?? [];
  if (national !== undefined) return `+1${national}`;
  const digits = international ?? prefixed;
  return digits === undefined ? null : `+${digits}`;
}

/** In a time that does not depend on how much of it is right. */
async function isSame(token: string, given: string): Promise<boolean> {
  const [expected, actual] = await Promise.all([token, given].map(digest));
  return expected !== undefined && actual !== undefined && crypto.subtle.timingSafeEqual(expected, actual);
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
}
